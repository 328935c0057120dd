// Given 180 practices. When the ICB sets online form off, with approval. Then every page
// shows it and one practice with a different form marks itself an exception in 2 taps.
import { PHONE, Person } from './people.mjs'
import { practices } from './places.mjs'
import { FIXTURES, until } from './signpost.mjs'

export const title = 'ICB switches off forms'
export const at = '2024-07-19T07:15:00Z'

export async function scenario(signpost, check) {
  const { codes, rows } = practices(180, 'QZ9')
  await signpost.prepare({ organisations: [`${FIXTURES}/icb.csv`, signpost.file('practices.csv', rows)], systems: [] })
  await signpost.serve()
  const board = await signpost.token('QZ9', 'viewer')
  const director = await Person.staff(signpost, 'QZ9', 'publisher', 'Digital Director')
  const second = await Person.staff(signpost, 'QZ9', 'approver', 'Medical Director')
  await director.main.getByText('Phones down, form off').click()
  await director.main.locator('#lines-online_form').selectOption('off')
  check((await director.main.locator('form[action="/desk/lines"]').locator('..').innerText()).includes('180 pages'), 'the form says how many pages it changes')
  await director.press('Save and ask a second person')
  check((await director.words()).includes('no page shows it yet'), 'it says that it waits')
  check(/\/desk\/approvals\//.test(director.page.url()), 'the board asks for a second person', director.page.url())
  check(!(await signpost.line(codes[0], 'online_form')), 'nothing shows before that')
  await second.go('/desk/approvals')
  await second.press(second.main.locator('a[href^="/desk/approvals/"]').first())
  const seen = await second.words()
  check(seen.includes('180 pages') && /Online form[^.]*Off/i.test(seen), 'the second person sees the line and the 180 pages', seen.slice(0, 500))
  await second.press('Approve and publish now')
  const off = async () => {
    const all = await Promise.all(codes.map(async (code) => [code, await signpost.line(code, 'online_form')]))
    return all.filter(([, line]) => line?.state === 'off' && line.said_by.code === 'QZ9').map(([code]) => code)
  }
  const shown = await until('180 pages to show it', 60, async () => { const all = await off(); return all.length === 180 && all }).catch(off)
  check(shown.length === 180, 'every page shows it, and who said it', shown.length)

  const [exception, other] = codes
  const manager = await Person.staff(signpost, exception, 'publisher', 'Practice Manager', PHONE)
  manager.taps = 0
  // As the desk offers it: the details, the line, the button. A native list opens with one tap and takes the choice with another.
  const open = manager.main.getByText('Phones down, form off')
  const direct = manager.main.getByRole('button', { name: /form.*as usual here/i })
  if (await direct.count()) {
    await manager.tap(direct.first())
  } else {
    await manager.tap(open, false)
    manager.taps += 2
    await manager.main.locator('#lines-online_form').selectOption('on')
    await manager.tap('Save and show on your page')
  }
  const line = await until('the exception to show', 5, async () => { const it = await signpost.line(exception, 'online_form'); return (it?.state ?? 'on') === 'on' && (it ?? {}) }).catch(() => null)
  check(line !== null, 'its page says that its form is on', line)
  check(manager.taps <= 2, 'the practice marks itself an exception in 2 taps', `${manager.taps} taps: the details, the list, its answer, the button`)
  check((await signpost.line(other, 'online_form'))?.state === 'off', 'the other pages stay as they were')
  const patient = await Person.open(signpost.base, PHONE)
  await patient.go(`/${exception}`)
  check(!/online form is (off|switched off)/i.test(await patient.words()), 'a patient there is not told that the form is off', (await patient.words()).slice(0, 400))
  check((await signpost.api(board, 'GET', '/api/v1/board?scope=QZ9')).counts.organisations === 180, 'the board counts 180 places')
}

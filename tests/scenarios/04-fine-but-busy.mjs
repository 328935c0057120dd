// Given a SystmOne surgery in an EMIS incident. When it posts "not affected, busier". Then
// it leaves the affected count, keeps booking links, and shows its own check time.
import { PHONE, Person } from './people.mjs'
import { until } from './signpost.mjs'

export const title = 'Fine but busy'
export const at = '2024-07-19T07:00:00Z'

export async function scenario(signpost, check) {
  await signpost.prepare()
  await signpost.serve()
  const board = await signpost.token('QZ8', 'coordinator')
  // The board names all its surgeries, among them Z80041, which uses SystmOne.
  const names = ['Z80001', 'Z80002', 'Z80005', 'Z80041']
  const declared = await signpost.api(board, 'POST', '/api/v1/incidents', { title: 'EMIS Web is not working', organisations: names, lines: { attend: 'come_unless_contacted', booking: 'urgent_only' } })
  const counts = async () => (await signpost.api(board, 'GET', '/api/v1/board?scope=QZ8')).counts
  await signpost.api(board, 'PUT', `/api/v1/incidents/${declared.id}/responses/Z80041`, { answer: 'affected' })
  const before = await counts()
  // The pages follow the answer of the API within a moment, not before it.
  const stood = await until('the page to say it', 5, async () => (await signpost.line('Z80041', 'booking'))?.state === 'urgent_only').catch(() => false)
  check(stood, 'given it stands among the affected', before)

  // Two boards are open: every place as a table, and a map of the affected.
  const table = await Person.staff(signpost, 'QZ8', 'viewer', 'Board Officer')
  await table.go('/board?scope=QZ8&view=table')
  const answers = table.main.locator('[data-live] a[href$="/answers"]').first()
  await answers.focus()
  const map = await Person.staff(signpost, 'QZ8', 'viewer', 'Map Officer')
  await map.go('/board?scope=QZ8&state=affected')
  check((await map.main.locator('#places').innerText()) === '1 place', 'the map of the affected has 1 place')

  await map.page.setViewportSize({ width: 360, height: 740 })
  check(await map.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the filters fit a phone, however long a title is')

  signpost.later(25)
  const manager = await Person.staff(signpost, 'Z80041', 'publisher', 'Surgery Manager', PHONE)
  manager.taps = 0
  await manager.tap(manager.main.getByText('Change your answer'), false)
  await manager.tap(/busy|busier/i)
  check(manager.taps <= 2, 'it takes at most 2 taps', manager.taps)

  const row = table.main.locator('[aria-label=Places] tbody tr', { has: table.page.locator('a[href="/Z80041"]') })
  const changed = await until('the row to change', 10, async () => /Not affected, busy/.test(await row.innerText())).catch(() => false)
  check(changed, 'the row of an open table changes by itself', await row.innerText())
  check(await answers.evaluate((it) => it === document.activeElement), 'the link with the focus keeps it, and the counts move')
  const moved = await until('the map to change', 10, async () => (await map.main.locator('#places').innerText()) === '0 places').catch(() => false)
  check(moved && (await map.main.locator('#tiles i').count()) === 0, 'a filtered map shows the places that fit, and no others', await map.main.locator('#places').innerText())

  const status = await until('the page to say it', 5, async () => { const it = await signpost.status('Z80041'); return it.incidents[0]?.confirmation === 'not_affected' && it })
  const after = await counts()
  check(after.affected === before.affected - 1 && after.busy === before.busy + 1, 'it leaves the affected count and is counted as busy', { before, after })
  const booking = status.lines.find((it) => it.line === 'booking')
  check((booking?.state ?? 'normal') === 'normal', 'booking stays open there', booking)
  check(status.headline.state === 'busy', 'its headline is "busy", not "serious"', status.headline)
  const patient = await Person.open(signpost.base, PHONE)
  await patient.go('/Z80041')
  const page = await patient.words()
  check(/8:2[56]am/.test(page), 'the page shows when the surgery itself said so', page.slice(0, 600))
  check(!/urgent problems only|only urgent/i.test(page.split('Problems elsewhere')[0].split('What happened')[0]), 'nothing tells patients not to book', page.slice(0, 500))
  const others = await signpost.line('Z80001', 'booking')
  check(others?.state === 'urgent_only', 'the EMIS surgeries stay as they were', others)
}

// Given EMIS returns for essential work until Tuesday. When the ICB moves the incident to
// limited, then catching up. Then pages ask people to order repeats only when needed, linked
// pharmacies show slower service, and nothing says "normal" before each site or the ICB confirms.
import { Person } from './people.mjs'
import { until, words } from './signpost.mjs'

export const title = 'Recovery'
export const at = '2024-07-22T06:00:00Z'

export async function scenario(signpost, check) {
  await signpost.prepare()
  // Half of the links come in by file, the others are said by the surgery.
  await signpost.cli('import', 'pharmacy-links', signpost.file('links.csv', ['practice,pharmacy,items', 'Z80004,FZ104,812', 'Z80008,FZ104,40']))
  await signpost.serve()
  const board = await signpost.token('Z1Q9Z', 'coordinator')
  const surgeries = ['Z80004', 'Z80008', 'Z80012', 'Z80016', 'Z80020', 'Z80024', 'Z80028', 'Z80032', 'Z80036', 'Z80040']
  const pharmacy = 'FZ104'
  const other = 'FZ108'
  const its = await signpost.token('Z80012', 'publisher')
  await signpost.api(its, 'PUT', '/api/v1/organisations/Z80012/pharmacies', { pharmacies: [other] })
  const declared = await signpost.api(board, 'POST', '/api/v1/incidents', { system: 'emis-web', scope: 'Z1Q9Z' })
  check(declared.reach.organisations >= surgeries.length, 'given the surgeries of one board', declared.reach)
  const all = () => Promise.all([...surgeries, pharmacy].map(async (code) => [code, await signpost.status(code)]))
  const stage = (state) => until(`the pages to say ${state}`, 10, async () => { const found = await all(); return found.filter(([code]) => code !== pharmacy).every(([, it]) => it.incidents[0]?.state === state) && found })
  await stage('identified')

  const director = await Person.staff(signpost, 'Z1Q9Z', 'coordinator', 'Digital Director')
  const move = async (state, change) => {
    await director.go(`/desk/incidents/${declared.id}/update`)
    await director.main.locator(`input[name=state][value=${state}]`).check()
    await director.main.locator('#next_update_by').selectOption('end_of_day')
    await change?.()
    await director.press('Preview')
    await director.press(/^Publish /)
  }
  await move('limited')
  let found = await stage('limited')
  const calm = (pages) => pages.filter(([code, it]) => code !== pharmacy && it.headline.state === 'normal').map(([code]) => code)
  check(calm(found).length === 0, 'limited: no page says "normal"', calm(found))

  signpost.later(60 * 26)
  await move('catching_up', async () => {
    // The stage alone is chosen; the preview shows what follows from it.
  })
  found = await stage('catching_up')
  check(calm(found).length === 0, 'catching up: no page says "normal"', calm(found))
  const repeats = found.filter(([code, it]) => code !== pharmacy && it.lines.find((line) => line.line === 'prescriptions')?.state !== 'order_only_if_needed').map(([code]) => code)
  check(repeats.length === 0, 'every surgery asks to order repeats only when needed', repeats.length)
  const page = words(await signpost.text('/Z80004'))
  check(/only (order|when|if)|order .{0,40}only|run out/i.test(page), 'a patient reads it', page.slice(0, 500))
  const slower = found.find(([code]) => code === pharmacy)[1]
  const isSlower = (it) => ['dispensing', 'collection'].every((line) => it.lines.find((found) => found.line === line)?.state === 'delayed')
  const linked = [slower, await signpost.status(other)]
  check(linked.every((it) => isSlower(it) && it.headline.state !== 'normal' && it.linked?.[0]?.incident === declared.id), 'the pharmacies linked to them show slower service by themselves', linked.map(({ headline, lines }) => ({ headline, lines })))
  check(/GP surgeries that send prescriptions here have a problem/.test(words(await signpost.text(`/${pharmacy}`))), 'and say why, to whoever reads their page', words(await signpost.text(`/${pharmacy}`)).slice(0, 500))
  check((await signpost.status('FZ101')).headline.state === 'normal', 'a pharmacy that nothing links is as usual')
  const pharmacist = await Person.staff(signpost, other, 'publisher', 'Pharmacist')
  const asked = await pharmacist.words()
  check(asked.includes('for surgeries whose prescriptions you make up'), 'a pharmacist reads at the desk why', asked.slice(0, 900))
  await pharmacist.press('No, we are as usual')
  const asUsual = await until('the page to follow the pharmacist', 5, async () => !(await signpost.status(other)).linked).catch(() => false)
  check(asUsual && isSlower(await signpost.status(pharmacy)), 'a pharmacist who is as usual says so, for that pharmacy alone')
  await pharmacist.main.getByText('Change your answer').click()
  await pharmacist.press('Yes, we are slower')
  check(await until('the page to follow once more', 5, async () => isSlower(await signpost.status(other))).catch(() => false), 'and may change their mind')
  const expiries = found.flatMap(([, it]) => it.lines.filter((line) => line.state !== 'normal' && !line.expires_at)).length
  check(expiries === 0, 'everything that is said has an end', expiries)

  // One site says that it is back; the others do not follow it.
  const one = await signpost.token('Z80004', 'publisher')
  await signpost.api(one, 'PUT', `/api/v1/incidents/${declared.id}/responses/Z80004`, { answer: 'recovered' })
  const back = await until('its page to be normal', 5, async () => { const it = await signpost.status('Z80004'); return it.headline.state === 'normal' && it }).catch(() => null)
  check(back, 'a site that confirms is back to normal', (await signpost.status('Z80004')).headline)
  check(isSlower(await signpost.status(pharmacy)), 'its pharmacy waits for the other surgery')
  await signpost.api(its, 'PUT', `/api/v1/incidents/${declared.id}/responses/Z80012`, { answer: 'recovered' })
  const otherBack = await until('the pharmacy of the second to be normal', 5, async () => { const it = await signpost.status(other); return it.headline.state === 'normal' && !it.linked && it }).catch(() => null)
  check(otherBack, 'a pharmacy of which every surgery is back is as usual', (await signpost.status(other)).headline)
  found = await all()
  check(found.filter(([code, it]) => !['Z80004', 'Z80012'].includes(code) && code !== pharmacy && it.headline.state === 'normal').length === 0, 'the others wait for their own word or the board\'s')
  await signpost.api(board, 'POST', `/api/v1/incidents/${declared.id}/updates`, { state: 'resolved', lines: { attend: 'come', booking: 'normal', prescriptions: 'normal', records: 'normal', test_results: 'normal' } })
  const over = await until('the pages to be normal', 10, async () => { const it = await all(); return calm(it).length === surgeries.length && it }).catch(() => null)
  check(over, 'when the board confirms, all are', calm(await all()).length)
  check((await signpost.status(pharmacy)).headline.state === 'normal', 'the pharmacies as well')

  // What the nation declares and ends stays open at each place, until it or its board confirms.
  const nation = await signpost.token('X24', 'coordinator')
  const theirs = await signpost.api(nation, 'POST', '/api/v1/incidents', { title: 'Phones are down', organisations: surgeries, lines: { phones: 'limited' } })
  await until('the pages to tell it', 10, async () => (await all()).filter(([, it]) => it.incidents.some((known) => known.id === theirs.id)).length >= surgeries.length).catch(() => null)
  await signpost.api(nation, 'POST', `/api/v1/incidents/${theirs.id}/updates`, { state: 'resolved', lines: { phones: 'working' } })
  const awaited = await until('the pages to say that it is not confirmed', 10, async () => { const it = await all(); return calm(it).length === 0 && it }).catch(() => null)
  check(awaited, 'when the nation ends it, no page says "normal"', calm(await all()))
  const told = words(await signpost.text('/Z80008'))
  check(told.includes('has not confirmed that the problem is over'), 'a patient reads who has not confirmed', told.slice(0, 500))
  await director.go(`/desk/incidents/${theirs.id}/answers`)
  await director.main.getByText('Say for all of them that they are back to normal').click()
  await director.press(/back to normal$/)
  const confirmed = await until('the pages to be normal', 10, async () => { const it = await all(); return calm(it).length === surgeries.length && it }).catch(() => null)
  check(confirmed, 'the board says it once for all, and they are', calm(await all()))
}

// Given an update due at 11am. The practice is reminded by text before it. When 11am passes,
// then one hour more. Then the page says overdue, then "we do not know", the practice gets
// a text, and the region sees it listed.
import { Person } from './people.mjs'
import { texts } from './farside.mjs'
import { until } from './signpost.mjs'

export const title = 'Going stale'
export const at = '2024-07-19T08:00:00Z'

export async function scenario(signpost, check) {
  const sent = await texts(signpost)
  await signpost.prepare()
  await signpost.cli('import', 'contacts', signpost.file('contacts.csv', ['organisation,channel,contact,label', 'Z80001,sms,07700900021,Front desk mobile']))
  await signpost.serve()
  const practice = await signpost.token('Z80001', 'publisher')
  const region = await signpost.token('Y91', 'viewer')
  const declared = await signpost.api(practice, 'POST', '/api/v1/incidents', { system: 'emis-web', message: 'We are on paper.', next_update_by: '2024-07-19T10:00:00Z' })
  await until('the page', 5, async () => (await signpost.status('Z80001')).incidents.length)
  const patient = await Person.open(signpost.base)
  const officer = await Person.staff(signpost, 'Y91', 'viewer', 'Regional Officer')

  signpost.setClock('2024-07-19T09:58:30Z')
  const early = await until('10:58am', 65, async () => { const it = await signpost.status('Z80001'); return it.checked_at >= '2024-07-19T09:58' && it })
  check(early.freshness === 'current' && early.next_update_by.startsWith('2024-07-19T10:00'), 'at 10:58am it is current, and promised for 11am', early.freshness)
  const isLate = (it) => /late|was due/i.test(it.body)
  const reminder = await until('the reminder', 30, () => sent().find((it) => it.to === '+447700900021')).catch(() => null)
  check(reminder && /promised an update by 11am/.test(reminder.body), 'the practice is reminded by text', reminder?.body)
  check(!sent().some(isLate) && (await signpost.api(region, 'GET', '/api/v1/board?scope=Y91')).counts.overdue === 0, 'nobody is told that it is late, and the region sees nothing late')

  signpost.setClock('2024-07-19T10:01:10Z')
  const late = await until('the page to say overdue', 65, async () => { const it = await signpost.status('Z80001'); return it.freshness !== 'current' && it })
  check(late.freshness === 'overdue', 'after 11am it is overdue', late.freshness)
  await patient.go('/Z80001')
  check(/(late|overdue|due at 11am|11am)/i.test(await patient.words()) && /update/i.test(await patient.words()), 'the page says that the update is overdue', (await patient.words()).slice(0, 400))
  check(late.headline.state !== 'normal' && late.lines.find((it) => it.line === 'attend')?.state === 'come_unless_contacted', 'what was said still stands', late.headline)
  const text = await until('the practice to get a text', 30, () => sent().find((it) => it.to === '+447700900021' && isLate(it))).catch(() => null)
  check(text && /11am/.test(text.body) && sent().filter((it) => !isLate(it)).length === 1, 'the practice gets a text', text?.body)
  const counts = await until('the board to count it', 30, async () => { const it = (await signpost.api(region, 'GET', '/api/v1/board?scope=Y91')).counts; return it.overdue > 0 && it }).catch(() => null)
  check(counts, 'the board of the region counts it as late')
  await officer.go('/board?scope=Y91&late=1&view=table')
  check((await officer.words()).includes('Ashwick Surgery'), 'the region sees it listed', (await officer.words()).slice(0, 400))

  signpost.setClock('2024-07-19T10:59:20Z')
  await until('11:59am', 65, async () => (await signpost.status('Z80001')).checked_at >= '2024-07-19T10:59')
  check((await signpost.status('Z80001')).freshness === 'overdue', 'for the whole hour it is overdue')
  signpost.setClock('2024-07-19T11:01:10Z')
  const gone = await until('the page to expire', 65, async () => { const it = await signpost.status('Z80001'); return it.freshness === 'expired' && it })
  check(gone.headline.state === 'unknown', 'one hour later it is "we do not know", never "normal"', gone.headline)
  await patient.go('/Z80001')
  check(/we do not know/i.test(await patient.words()), 'a patient reads "we do not know"', (await patient.words()).slice(0, 300))
  check(sent().filter(isLate).length === 1 && sent().length === 2, 'the practice was reminded once and told once', sent().length)
  await officer.go('/board?scope=Y91&late=1&view=table')
  check((await officer.words()).includes('Ashwick Surgery'), 'the region still sees it')

  await signpost.api(practice, 'POST', `/api/v1/incidents/${declared.id}/updates`, { message: 'We are still on paper.' })
  const again = await until('the new word to count', 5, async () => { const it = await signpost.status('Z80001'); return it.freshness === 'current' && it }).catch(() => null)
  check(again?.headline.state !== 'unknown', 'a new word makes it current at once', again?.headline)
}

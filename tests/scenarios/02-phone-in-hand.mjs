// Given every Windows PC is down and Microsoft sign-in fails. When a practice manager
// opens the saved link, picks the system preset and publishes. Then it is live in 3 taps
// and 30 seconds, with "come unless we contact you", a next-update time, and a log entry.
import { PHONE, Person } from './people.mjs'
import { until } from './signpost.mjs'

export const title = 'Phone in hand'
export const at = '2024-07-19T06:40:00Z'

export async function scenario(signpost, check) {
  await signpost.prepare()
  await signpost.serve()
  const token = await signpost.token('X24', 'coordinator')
  const manager = await Person.staff(signpost, 'Z80001', 'publisher', 'Practice Manager', PHONE)
  check(manager.foreign.length === 0, 'signing in asked nobody else, so not Microsoft', manager.foreign)
  // Mobile data: 1.6 Mbit/s down, 0.75 up, 150 ms.
  const network = await manager.context.newCDPSession(manager.page)
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 })

  // From here on the phone does what was remembered: the session and the link.
  const began = Date.now()
  await manager.go('/desk')
  await manager.tap(/^EMIS Web/)
  await manager.tap('Preview')
  const preview = await manager.words()
  await manager.tap('Publish now')
  await until('the page to say it', 5, async () => (await signpost.status('Z80001')).incidents.length > 0)
  const seconds = (Date.now() - began) / 1000
  check(manager.taps === 3, 'it took 3 taps', manager.taps)
  check(seconds < 30, `it is live within 30 seconds on mobile data (${seconds.toFixed(1)} s; a person's reading comes on top)`, seconds)
  check(preview.includes('of 160 characters, 1 part'), 'the text message was shown before, in one part of 160 characters')

  const status = await signpost.status('Z80001')
  const attend = status.lines.find((it) => it.line === 'attend')
  check(attend?.state === 'come_unless_contacted' && status.headline.text.includes('Come to your appointment unless we contact you'), 'it says "come unless we contact you"', status.headline)
  const due = Date.parse(status.next_update_by) - signpost.now().getTime()
  check(due > 115 * 60_000 && due <= 120 * 60_000, 'the next update is promised within two hours', status.next_update_by)
  const patient = await Person.open(signpost.base, PHONE)
  await patient.go('/Z80001')
  const page = await patient.words()
  check(page.includes('Come to your appointment unless we contact you') && /by 9:4\dam/.test(page), 'a patient reads both', page.slice(0, 400))
  const { entries } = await signpost.api(token, 'GET', '/api/v1/log')
  const entry = entries.find((it) => it.action === 'declare')
  check(entry && JSON.stringify(entry).includes('Practice Manager') && entry.at?.startsWith('2024-07-19T06:4'), 'the log says who did it, and when', entry ?? entries.slice(0, 2))
}

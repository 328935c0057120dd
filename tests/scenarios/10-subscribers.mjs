// Given 50,000 confirmed contacts. When a cascade and a local post land within 5 minutes and
// the first SMS supplier fails. Then each person gets one combined message through the second
// supplier, STOP works within a minute, and no contact appears in any log.
//
// Here with 600 people; scripts/benches/delivery.sh measures 20,000.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { failingTexts, mail, notify } from './farside.mjs'
import { ACCOUNT, ROOT, SENDER, sleep, until } from './signpost.mjs'

export const title = 'Subscribers'
export const at = '2024-07-19T07:00:00Z'

const run = promisify(execFile)
const OWN = 'The door in Mill Lane is the way in today.'

/** A text from a phone, signed as Twilio signs it. */
async function inbound(signpost, from, text) {
  const url = `${signpost.base}/hooks/twilio/inbound`
  const fields = [['MessageSid', 'SM' + 'a'.repeat(32)], ['AccountSid', ACCOUNT], ['From', from], ['To', SENDER], ['Body', text], ['NumMedia', '0'], ['NumSegments', '1'], ['ApiVersion', '2010-04-01']]
  const code = 'import json, sys; sys.path.insert(0, sys.argv[1]); from twilio_sign import sign; print(sign(sys.argv[2], sys.argv[3], [tuple(f) for f in json.loads(sys.argv[4])]))'
  const { stdout } = await run('python3', ['-c', code, path.join(ROOT, 'scripts/tools'), signpost.settings.SIGNPOST_SMS__TWILIO__AUTH_TOKEN, url, JSON.stringify(fields)])
  return (await fetch(url, { method: 'POST', headers: { 'X-Twilio-Signature': stdout.trim() }, body: new URLSearchParams(fields) })).status
}

export async function scenario(signpost, check) {
  // The first supplier answers every request with 500 and has taken nothing.
  const first = await failingTexts(signpost, { http_500: 1 })
  const second = await notify(signpost)
  signpost.settings.SIGNPOST_SMS__PROVIDER = 'twilio notify'
  const letters = mail(signpost)
  await signpost.prepare()
  const practices = Array.from({ length: 40 }, (_, n) => `Z800${String(n + 1).padStart(2, '0')}`)
  const numbers = Array.from({ length: 300 }, (_, n) => `+447700900${String(n + 100).padStart(3, '0')}`)
  const addresses = Array.from({ length: 300 }, (_, n) => `reader${n}.${signpost.mark}@example.org`)
  const people = [...numbers, ...addresses]
  const home = new Map(people.map((person, n) => [person, practices[n % practices.length]]))
  await signpost.subscribe(people.map((person) => [person, person.includes('@') ? 'email' : 'sms', 'en', home.get(person)]))
  await signpost.serve()
  const nation = await signpost.token('X24', 'coordinator')
  const approver = await signpost.token('X24', 'approver')

  // A local post, and three minutes later the cascade.
  await signpost.api(nation, 'PUT', '/api/v1/organisations/Z80001/lines', { lines: { check_in: 'at_the_desk' }, message: OWN })
  signpost.later(3)
  const declared = await signpost.api(nation, 'POST', '/api/v1/incidents', { system: 'emis-web' })
  await signpost.api(approver, 'POST', `/api/v1/updates/${declared.update.id}/approval`, {}, 200)
  // And the other way about: while the texts still look for a supplier, another surgery says something itself.
  await signpost.api(nation, 'PUT', '/api/v1/organisations/Z80002/lines', { lines: { check_in: 'at_the_desk', phones: 'down' }, phone: '07700 900123', message: OWN })

  // What was refused or unclear rests by the clock, so the clock goes on: for a quarter of an hour.
  const told = () => new Set([...second().map((it) => it.to), ...first.taken().map((it) => it.to)])
  await until('the first texts', 10, () => told().size > 250).catch(() => {})
  for (let minute = 0; minute < 15 && !numbers.every((number) => told().has(number)); minute++) {
    signpost.later(1)
    await sleep(1100)
  }
  const got = (person) => second().filter((it) => it.to === person)
  const struck = await first.counts()
  check(struck.http_500 > 0 && first.taken().length === 0, 'the first supplier was asked, failed, and took nothing', struck)
  const missed = numbers.filter((number) => got(number).length === 0)
  check(missed.length === 0, 'everybody is told through the second supplier within a quarter of an hour', `${missed.length} were not`)
  const twice = numbers.filter((number) => got(number).length > 1)
  check(twice.length === 0, 'nobody by text gets two messages', twice.slice(0, 3).map((number) => got(number)))
  const mails = await until('the emails', 20, async () => { const all = await letters(); return all.length >= addresses.length && all })
  check(mails.length === addresses.length && new Set(mails.map((it) => it.to)).size === addresses.length, 'everybody by email gets one message', mails.length)
  const combined = mails.filter((it) => home.get(it.to) === 'Z80001')
  check(combined.length > 0 && combined.every((it) => /computer system/i.test(it.plain) && /check-in screens are off/i.test(it.plain)), 'the email at the surgery with its own post says both', combined[0]?.plain)
  check(combined.every((it) => it.plain.includes(OWN)), 'with the surgery\'s own words', combined[0]?.plain)
  const texts = numbers.filter((number) => home.get(number) === 'Z80001').flatMap(got)
  check(texts.length > 0 && texts.every((it) => /computer system/i.test(it.body) && /\/Z80001 To stop: \S+$/.test(it.body)), 'the text there names the problem and leads to the page with both, and out, for one supplier takes no replies', texts[0])

  // STOP: nothing more after it.
  const [stopper] = numbers
  const stopped = Date.now()
  check([200, 204].includes(await inbound(signpost, stopper, 'STOP')), 'STOP by text is taken')
  const seconds = (Date.now() - stopped) / 1000
  const sentBefore = second().length
  const again = await signpost.api(nation, 'POST', `/api/v1/incidents/${declared.id}/updates`, { message: 'EMIS Web is still not working.' })
  await signpost.api(approver, 'POST', `/api/v1/updates/${again.update.id}/approval`, {}, 200)
  await until('the next update', 10, () => second().length - sentBefore >= numbers.length - 2).catch(() => {})
  // One is the trial of the first supplier, and rests by the clock before it goes to the second.
  for (let minute = 0; minute < 5 && second().length - sentBefore < numbers.length - 1; minute++) {
    signpost.later(1)
    await sleep(1100)
  }
  await sleep(1500)
  const since = second().slice(sentBefore)
  check(!since.some((it) => it.to === stopper), `after STOP (${seconds.toFixed(1)} s) nothing more comes`, since.filter((it) => it.to === stopper))
  check(numbers.slice(1).every((number) => since.filter((it) => it.to === number).length === 1), 'the others go on, one message each', since.length)

  const contacts = [...numbers.map((it) => it.slice(3)), ...addresses]
  const log = signpost.log()
  check(log.length > 0 && !contacts.some((it) => log.includes(it)), 'no contact is in the server\'s log')
  let entries = []
  for (let before = ''; ;) {
    const page = await signpost.api(nation, 'GET', `/api/v1/log${before}`)
    entries = entries.concat(page.entries)
    if (!page.next) break
    before = `?before=${page.next}`
  }
  const audit = JSON.stringify(entries)
  check(entries.length > 5 && !contacts.some((it) => audit.includes(it)), 'no contact is in the audit log')
  const { items } = await signpost.api(nation, 'GET', `/api/v1/updates/${declared.update.id}/deliveries`)
  check(items.length > 0 && !contacts.some((it) => JSON.stringify(items).includes(it)), 'staff see contacts in part only', items[0])
}

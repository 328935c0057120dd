// Given a Level 3 incident flagged Exercise. When the report falls due at 4pm and a wrong
// message has gone to 300 sites. Then the report builds itself from live data, the message is
// withdrawn with a correction, the log shows who decided and why, and every output says
// Exercise.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { Person } from './people.mjs'
import { practices } from './places.mjs'
import { ACCOUNT, AUTH_TOKEN, FIXTURES, SENDER, until, words } from './signpost.mjs'
import { texts } from './farside.mjs'

export const title = "Region's day"
export const at = '2024-07-19T12:00:00Z'

const run = promisify(execFile)
const WRONG = 'Close your surgery and send everybody home.'
const RIGHT = 'Stay open. See patients on paper.'
/** Exercises have their own account, so real messages would be seen apart. */
const EXERCISE = 'AC' + '6'.repeat(32)

export async function scenario(signpost, check) {
  const sent = await texts(signpost)
  const base = signpost.settings.SIGNPOST_SMS__TWILIO__BASE_URL
  Object.assign(signpost.settings, { SIGNPOST_EXERCISE__SMS__TWILIO__BASE_URL: base, SIGNPOST_EXERCISE__SMS__TWILIO__ACCOUNT_SID: EXERCISE, SIGNPOST_EXERCISE__SMS__TWILIO__AUTH_TOKEN: AUTH_TOKEN, SIGNPOST_EXERCISE__SMS__TWILIO__FROM: '+447700900998' })
  const { codes, rows } = practices(300)
  await signpost.prepare({ organisations: [`${FIXTURES}/icb.csv`, signpost.file('practices.csv', rows)], systems: [signpost.file('systems.csv', ['ods_code,system', ...codes.map((code) => `${code},emis-web`)])] })
  // Staff of each site on duty; and patients, who must hear nothing.
  const duty = (n) => `+447700900${String(n).padStart(3, '0')}`
  await signpost.cli('import', 'contacts', signpost.file('contacts.csv', ['organisation,channel,contact,label', ...codes.map((code, n) => `${code},sms,${duty(n)},Front desk mobile`)]))
  await signpost.subscribe(codes.slice(0, 50).map((code, n) => [duty(500 + n), 'sms', 'en', code]))
  await signpost.serve()
  const region = await signpost.token('Y91', 'coordinator')
  const officer = await Person.staff(signpost, 'Y91', 'coordinator', 'Regional Officer')

  const declared = await signpost.api(region, 'POST', '/api/v1/incidents', { system: 'emis-web', kind: 'exercise', level: 3, next_update_by: '2024-07-19T16:00:00Z' })
  check(declared.publication === 'published', 'an exercise needs no second person', declared)
  await signpost.api(region, 'PUT', `/api/v1/incidents/${declared.id}/rhythm`, { hours: [9, 16] })
  await until('300 sites to be asked', 60, () => new Set(sent().map((it) => it.to)).size >= 300).catch(() => {})
  signpost.later(20)
  const wrong = await signpost.api(region, 'POST', `/api/v1/incidents/${declared.id}/updates`, { message: WRONG, next_update_by: '2024-07-19T16:00:00Z' })
  const of = (text) => sent().filter((it) => it.body.includes(text))
  const sites = (all) => new Set(all.map((it) => it.to)).size
  // Whoever is told of an update of an exercise is told a minute later.
  signpost.later(3)
  await until('300 sites to be told', 60, () => sites(of('Close your surgery')) >= 300).catch(() => {})
  check(sites(of('Close your surgery')) === 300, 'given the wrong message has gone to 300 sites', sites(of('Close your surgery')))
  const all = sent()
  check(all.every((it) => it.body.startsWith('EXERCISE.')), 'every text says Exercise', all.find((it) => !it.body.startsWith('EXERCISE.')))
  check(all.every((it) => it.path.includes(EXERCISE) && !it.path.includes(ACCOUNT)), 'they leave by the account of exercises alone', [...new Set(all.map((it) => it.path))])
  check(!all.some((it) => it.to >= duty(500)), 'no patient is told')
  const status = await signpost.status(codes[0])
  check(status.headline.state === 'normal' && status.incidents.length === 0, 'no page for patients changes', status.headline)

  // Some answer, and what they answer has to be in the report.
  for (const [n, code] of codes.slice(0, 12).entries()) await signpost.api(region, 'PUT', `/api/v1/incidents/${declared.id}/responses/${code}`, { answer: n < 7 ? 'affected' : 'not_affected' })

  await officer.go(`/desk/incidents/${declared.id}/update`)
  check(/exercise/i.test(await officer.words()), 'the screen of the update says Exercise', (await officer.words()).slice(0, 300))

  // Taken back with a correction, which everybody gets.
  await officer.go(`/desk/updates/${wrong.update.id}/withdraw`)
  const asks = await officer.words()
  check(/exercise/i.test(asks), 'the screen that takes it back says Exercise', asks.slice(0, 500))
  check(/300 (people|sites|places)/.test(asks), 'it says to how many the correction goes', asks.match(/Everybody[^:]*: [^.]*/)?.[0])
  await officer.main.locator('#correction').fill(RIGHT)
  await officer.press('Take it back and send this')
  signpost.later(3)
  await until('the correction to reach 300 sites', 60, () => sites(of('Stay open')) >= 300).catch(() => {})
  const corrections = of('Stay open')
  check(sites(corrections) === 300, 'the correction reaches the 300 sites', sites(corrections))
  check(corrections.length > 0 && corrections.every((it) => it.body.startsWith('EXERCISE.')), 'and says Exercise', corrections[0])
  const incident = await signpost.api(region, 'GET', `/api/v1/incidents/${declared.id}`)
  const updates = incident.updates ?? incident.incident?.updates ?? []
  check(updates.some((it) => it.withdrawn === true || it.withdrawn_at), 'the wrong message is marked as withdrawn', updates)

  await officer.go('/desk/log/new')
  await officer.main.locator('#incident').selectOption(declared.id)
  await officer.main.locator('#decision').fill('Take back the message to close.')
  await officer.main.locator('#reason').fill('It was meant for one site with a fire alarm.')
  await officer.main.locator('#refused').fill('Wait for the next report: sites act at once')
  await officer.main.locator('#decided_by').fill('Sam, duty director')
  await officer.press('Continue')
  await officer.press(/enter|save|put/i)
  await officer.go(`/desk/log?whose=below&incident=${declared.id}`)
  const log = await officer.words()
  check(/Take back the message/.test(log) && /Sam, duty director/.test(log), 'the log shows who decided', log.slice(0, 500))
  check(/exercise/i.test(log), 'the log says Exercise', log.slice(0, 500))
  await officer.press(/^Entry 1/)
  const entry = await officer.words()
  check(/fire alarm/.test(entry) && /sites act at once/.test(entry), 'and why, and what was refused', entry.slice(0, 600))
  const { entries } = await signpost.api(region, 'GET', '/api/v1/log')
  check(entries.some((it) => it.action === 'withdraw' && /Regional Officer/.test(it.actor)), 'the audit log says who took it back', entries.slice(0, 4).map((it) => it.action))

  // 4pm in London.
  const list = async () => (await signpost.api(region, 'GET', `/api/v1/incidents/${declared.id}/reports`))
  check((await list()).reports.length === 0, 'before 4pm there is no report', await list())
  signpost.setClock('2024-07-19T15:00:20Z')
  const made = await until('the report of 4pm', 30, async () => (await list()).reports[0]).catch(() => null)
  check(made, 'at 4pm the report is there by itself')
  if (!made) return
  await officer.go('/desk')
  await officer.press(officer.main.locator('a[href^="/desk/reports/"]').first())
  const report = await officer.words()
  check(/Affected 7\b/.test(report) && /Not affected 5\b/.test(report) && /288/.test(report), 'it counts what the sites have answered: 7, 5 and 288 silent', report.slice(0, 900))
  check(/level 3/i.test(report), 'it says level 3', report.slice(0, 700))
  check(/exercise/i.test(report), 'the report says Exercise', report.slice(0, 200))
  check(report.includes('Stay open') && !report.includes(WRONG), 'it quotes the correction as the last word, not what was wrong', report.match(/.{0,200}told last.{300}/i)?.[0])
  await officer.main.locator('#summary').fill('All sites work on paper.')
  await officer.press('Sign off this report')
  check(/signed off/i.test(await officer.words()), 'a person signs it off', (await officer.words()).slice(0, 200))

  // Every output says Exercise.
  const cookies = (await officer.context.cookies()).map((it) => `${it.name}=${it.value}`).join('; ')
  const take = async (address) => Buffer.from(await (await fetch(signpost.base + address, { headers: { Cookie: cookies } })).arrayBuffer())
  for (const form of ['print', 'report.csv', 'report.json']) check(/exercise/i.test((await take(`/desk/reports/${made.id}/${form}`)).toString()), `the report as ${form} says Exercise`)
  const pdf = path.join(signpost.work, 'report.pdf')
  writeFileSync(pdf, await take(`/desk/reports/${made.id}/report.pdf`))
  check(/exercise/i.test((await run('pdftotext', ['-layout', pdf, '-'])).stdout), 'the report as PDF says Exercise')
  for (const [name, address] of Object.entries({
    'the board': '/board?scope=Y91', 'the desk': '/desk', 'the record': `/desk/incidents/${declared.id}/record`, 'the list of reports': `/desk/incidents/${declared.id}/reports`,
    'the list of answers': `/desk/incidents/${declared.id}/answers`, 'recovery': `/desk/incidents/${declared.id}/recovery`, 'the printed log': `/desk/log/print?whose=below&incident=${declared.id}`,
    'who has been told': `/desk/updates/${wrong.update.id}`, 'the page of the exercise': `/${codes[0]}/exercise`, 'its CAP': `/${codes[0]}/exercise/cap.xml`, 'the whole record as a file': `/desk/incidents/${declared.id}/record.json`,
  })) check(/exercise/i.test(words((await take(address)).toString())), `${name} says Exercise`, words((await take(address)).toString()).slice(0, 200))
}

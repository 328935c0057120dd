// Given 111 software fails in one region. When two people change that region's 111 line, and
// later the national 999 line. Then every page, feed and queued message uses the new words;
// one person alone is refused; break-glass is logged and chased.
import { Person } from './people.mjs'
import { mail } from './farside.mjs'
import { freePort, until, words } from './signpost.mjs'

export const title = '111 and 999 lines'
export const at = '2024-07-19T09:00:00Z'

const NEW_111 = 'NHS 111 by phone is slow today. Go to 111.nhs.uk first.'
const NEW_999 = 'Call 112 in an emergency today. 999 may not connect.'
const INSIDE = ['Z80001', 'Z80041', 'FZ101', 'RZ5', 'Z80003']
const OUTSIDE = ['Z80004', 'FZ104']

export async function scenario(signpost, check) {
  const letters = mail(signpost)
  const relay = signpost.settings.SIGNPOST_EMAIL__URL
  // The relay is away at first, so that messages wait.
  signpost.settings.SIGNPOST_EMAIL__URL = `smtp://127.0.0.1:${await freePort()}?tls=none`
  await signpost.prepare()
  await signpost.subscribe([[`waits.${signpost.mark}@example.org`, 'email', 'en', 'Z80001']])
  await signpost.serve()
  const viewer = await signpost.token('X24', 'viewer')
  const practice = await signpost.token('Z80001', 'publisher')
  const queued = await signpost.api(practice, 'POST', '/api/v1/incidents', { system: 'emis-web' })
  const forms = ['', '/status.json', '/feed.atom', '/feed.rss', '/cap.xml', '/poster', '/screen', '/voice.xml', '/widget.js', '/history']
  const say = (who, line, said) => signpost.call(who, 'PUT', line === 'nhs_111' ? '/api/v1/organisations/Y91/lines' : '/api/v1/organisations/X24/lines', { lines: { [line]: { state: 'changed', words: said } }, expires_at: signpost.in(24 * 60) })

  // A practice may not say it at all, and one person of the region may not say it alone.
  const own = await signpost.call(practice, 'PUT', '/api/v1/organisations/Z80001/lines', { lines: { nhs_111: { state: 'changed', words: 'Do not call 111.' } } })
  check([403, 422].includes(own.status), 'a practice is refused', own)
  const writer = await signpost.token('Y91', 'coordinator', 'first of the region')
  const second = await signpost.token('Y91', 'approver', 'second of the region')
  const asked = await say(writer, 'nhs_111', NEW_111)
  check(asked.answer.publication === 'awaiting_approval', 'one person alone only proposes it', asked)
  const alone = await signpost.call(writer, 'POST', `/api/v1/updates/${asked.answer.update.id}/approval`, {})
  check(alone.status === 403, 'its author may not approve it', alone)
  check(!words(await signpost.text('/Z80001')).includes(NEW_111), 'no page has the words yet')
  await signpost.api(second, 'POST', `/api/v1/updates/${asked.answer.update.id}/approval`, {}, 200)

  const pages = async (said, codes) => {
    const missing = []
    for (const code of codes) for (const form of ['', '/status.json', '/poster', '/cy', '/ar']) if (!words(await signpost.text(`/${code}${form}`)).includes(said)) missing.push(`${code}${form}`)
    return missing
  }
  const shown = await until('the pages of the region', 10, async () => (await pages(NEW_111, ['Z80001'])).length === 0).catch(() => false)
  check(shown, 'the page has the new words about 111')
  check((await pages(NEW_111, INSIDE)).length === 0, 'every page of the region has them: page, poster, machine form, other languages', await pages(NEW_111, INSIDE))
  check((await pages(NEW_111, OUTSIDE)).length === OUTSIDE.length * 5, 'no page of another region has them')
  const page = words(await signpost.text('/Z80001'))
  check(!/Use 111 if|Go to NHS 111 online or call 111/i.test(page), 'the old words about 111 are gone there', page.match(/.{60}(Use 111 if|or call 111).{60}/i)?.[0])
  for (const form of forms.slice(2)) {
    const text = words(await signpost.text(`/Z80001${form}`))
    check(!/or call 111|call 111\b/i.test(text.replaceAll(NEW_111, '')), `${form.slice(1)} does not have the old words about 111`, text.match(/.{0,60}call 111.{0,60}/i)?.[0])
  }

  // Later the nation's 999 line.
  signpost.later(40)
  const nation = await signpost.token('X24', 'coordinator', 'first of the nation')
  const nation2 = await signpost.token('X24', 'approver', 'second of the nation')
  const wrong = await signpost.call(writer, 'PUT', '/api/v1/organisations/Y91/lines', { lines: { emergency_999: { state: 'changed', words: 'x' } } })
  check([403, 422].includes(wrong.status), 'a region may not say anything about 999', wrong)
  const national = await say(nation, 'emergency_999', NEW_999)
  check(national.answer.publication === 'awaiting_approval', 'one person alone only proposes it for 999 either', national)
  await signpost.api(nation2, 'POST', `/api/v1/updates/${national.answer.update.id}/approval`, {}, 200)
  await until('the pages of the nation', 10, async () => (await pages(NEW_999, ['Z80004'])).length === 0).catch(() => {})
  const without = await pages(NEW_999, [...INSIDE, ...OUTSIDE])
  check(without.length === 0, 'every page of the country has the new words about 999', without)
  const both = words(await signpost.text('/Z80001'))
  check(both.includes(NEW_111), 'and the region keeps its words about 111', both.slice(-700))
  check(!/Call 999 if/i.test(both), 'the old words about 999 are gone', both.match(/.{40}Call 999 if.{60}/i)?.[0])
  for (const form of ['feed.atom', 'feed.rss', 'cap.xml']) {
    // As it is: RSS has its texts in CDATA, which is no markup.
    const text = await signpost.text(`/Z80001/${form}`)
    check(text.includes(NEW_111) && text.includes(NEW_999), `${form} has the new words`, text.slice(0, 500))
  }

  // The relay is back: what waited says what is true now.
  const { counts } = await signpost.api(viewer, 'GET', `/api/v1/updates/${queued.update.id}/deliveries`)
  check((counts.email?.queued ?? 0) + (counts.email?.unknown ?? 0) === 1, 'the email of 10am still waits', counts)
  await signpost.halt()
  signpost.settings.SIGNPOST_EMAIL__URL = relay
  signpost.later(3)
  await signpost.serve()
  const letter = await until('the letter', 45, async () => { const all = await letters(); if (all.length === 0) signpost.later(2); return all[0] }).catch(() => null)
  check(letter, 'the email leaves')
  check(letter?.plain.includes(NEW_111) && letter?.plain.includes(NEW_999), 'the queued message uses the new words', letter?.plain)
  check(letter && !/or call 111|call 999/i.test(letter.plain.replaceAll(NEW_111, '').replaceAll(NEW_999, '')), 'and not the old ones beside them', letter?.plain)

  // Break-glass: one person alone, from built-in words.
  const administrator = await Person.staff(signpost, 'X24', 'administrator', 'National Administrator')
  const lone = await Person.staff(signpost, 'Y91', 'coordinator', 'Lone Coordinator')
  await lone.press(/^EMIS Web/)
  await lone.press('Preview')
  await lone.press(/^Publish /)
  check(/\/desk\/approvals\//.test(lone.page.url()), 'a post for the whole region waits for a second person', lone.page.url())
  const waiting = lone.page.url()
  await lone.main.getByText('Nobody else is there: publish it alone').click()
  await lone.main.locator('#alone').fill('The second officer cannot be reached.')
  await lone.press('Publish alone')
  const broken = await until('the page', 10, async () => (await signpost.status('Z80005')).incidents.length > 0).catch(() => false)
  check(broken, 'break-glass publishes it')
  const { entries } = await signpost.api(viewer, 'GET', '/api/v1/log')
  check(entries.some((it) => it.action === 'break_glass' && /Lone Coordinator/.test(it.actor) && JSON.stringify(it.detail).includes('cannot be reached')), 'it is logged, with who and why', entries.slice(0, 3))
  const alarmed = await until('the alarm', 30, async () => (await letters()).find((it) => it.to.includes('national.administrator') && /alone/i.test(it.subject + it.plain))).catch(() => null)
  check(alarmed, 'all administrators are told at once', (await letters()).map((it) => [it.to, it.subject]))
  await administrator.go('/desk')
  check(/alone/.test(await administrator.words()), 'it stands on their desks', (await administrator.words()).slice(0, 400))
  const alarms = async () => (await letters()).filter((it) => it.to.includes('national.administrator')).length
  const before = await alarms()
  signpost.later(62)
  await administrator.go('/desk/approvals')
  check(/Nobody has\./.test(await administrator.words()), 'after the hour the list says that nobody has looked', (await administrator.words()).slice(0, 400))
  const chased = await until('somebody to be told again', 8, async () => (await alarms()) > before).catch(() => false)
  check(chased, 'after the hour administrators are told again: it is chased', `${before} letters before, ${await alarms()} after`)
  await administrator.go(waiting)
  await administrator.press('I have looked at it')
  await administrator.go('/desk/approvals')
  check(!/Look at these now/.test(await administrator.words()), 'looked at, it is off the list', (await administrator.words()).slice(0, 300))
}

// Given national advice to phone for urgent help. When a surgery marks phones down and
// gives a mobile number. Then page, poster, SMS and social show that number only, and the
// national sentence about phoning is replaced, not repeated.
import { Person } from './people.mjs'
import { mail, texts } from './farside.mjs'
import { until, words } from './signpost.mjs'

export const title = 'Phones dead'
export const at = '2024-07-19T07:00:00Z'

const USUAL = '01632 960600'
const MOBILE = '07700 900123'
const digits = (text) => text.replaceAll(/[\s\u00a0\u2066-\u2069]/g, '')

export async function scenario(signpost, check) {
  const sent = await texts(signpost)
  const letters = mail(signpost)
  signpost.settings.SIGNPOST_WEBHOOKS__ALLOW_NETWORKS = '127.0.0.0/8'
  await signpost.prepare()
  await signpost.subscribe([['+447700900001', 'sms', 'en', 'Z80001'], [`reader.${signpost.mark}@example.org`, 'email', 'en', 'Z80001'], ['+447700900002', 'sms', 'en', 'Z80002']])
  await signpost.serve()
  const nation = await signpost.token('X24', 'coordinator')
  const approver = await signpost.token('X24', 'approver')
  const mastodon = process.env.SIGNPOST_TEST_MASTODON
  await signpost.api(nation, 'PUT', '/api/v1/organisations/Z80001/channels/mastodon', { base_url: mastodon, access_token: 'mock_token' })
  const read = async (address) => (await fetch(mastodon + address, { headers: { Authorization: 'Bearer mock_token' } })).json()
  const account = (await read('/api/v1/accounts/verify_credentials')).id
  // Newest first; the mock is shared, so those with this server's address.
  const toots = async () => (await read(`/api/v1/accounts/${account}/statuses?limit=40`)).filter((it) => it.content.includes(`:${signpost.port}/`))

  const declared = await signpost.api(nation, 'POST', '/api/v1/incidents', { system: 'emis-web', lines: { attend: 'come_unless_contacted', booking: 'urgent_only', phones: 'limited' }, message: 'Phone your GP surgery if it is urgent.' })
  await signpost.api(approver, 'POST', `/api/v1/updates/${declared.update.id}/approval`, {}, 200)
  await signpost.sent(nation, declared.update.id)
  check(words(await signpost.text('/Z80001')).includes(USUAL), 'before, the page gives the usual number')

  const manager = await Person.staff(signpost, 'Z80001', 'publisher', 'Practice Manager')
  await manager.main.getByText('Phones down, form off').click()
  await manager.main.locator('#lines-phones').selectOption('down')
  await manager.main.locator('#phone').fill(MOBILE)
  await manager.press('Save and show on your page')
  const line = await until('the page to say it', 5, async () => { const it = await signpost.line('Z80001', 'phones'); return it?.state === 'down' && it })
  check(line.said_by.code === 'Z80001', 'the surgery says so itself', line)

  for (const [form, address] of Object.entries({ page: '/Z80001', poster: '/Z80001/poster', 'waiting-room screen': '/Z80001/screen', answerphone: '/Z80001/voice.xml', widget: '/Z80001/widget.js', feed: '/Z80001/feed.atom', 'Welsh page': '/Z80001/cy' })) {
    const text = digits(words(await signpost.text(address)))
    check(!text.includes(digits(USUAL)), `the ${form} does not give the dead number`)
    if (['page', 'poster', 'waiting-room screen', 'Welsh page'].includes(form)) check(text.includes(digits(MOBILE)), `the ${form} gives the mobile number`, text.slice(0, 300))
  }
  const page = words(await signpost.text('/Z80001'))
  check(!page.includes('hard to get through') && (await signpost.line('Z80002', 'phones'))?.state === 'limited', 'the national line about phones is replaced on its page, and stays on others', page.slice(0, 600))
  check(!page.includes('Phone your GP surgery if it is urgent'), 'the national sentence about phoning is not on its page any more', page.match(/.{80}Phone your GP surgery.{60}/)?.[0])
  check(words(await signpost.text('/Z80002')).includes('Phone your GP surgery if it is urgent'), 'on the page of another surgery it stays')

  // What leaves from now on: the region's next word, told in the surgery's name.
  const update = await signpost.api(nation, 'POST', `/api/v1/incidents/${declared.id}/updates`, { message: 'EMIS Web is still not working. Phone your GP surgery if it is urgent.' })
  await signpost.api(approver, 'POST', `/api/v1/updates/${update.update.id}/approval`, {}, 200)
  await signpost.sent(nation, update.update.id)
  const text = sent().filter((it) => it.to === '+447700900001').at(-1).body
  const letter = (await letters()).at(-1).plain
  const toot = await until('the post on Mastodon', 20, async () => { const all = await toots(); return all.length > 1 && words(all[0].content) })
  for (const [form, said] of Object.entries({ 'text message': text, email: letter, 'social post': toot })) {
    check(!digits(said).includes(digits(USUAL)), `the ${form} does not give the dead number`, said)
    check(digits(said).includes(digits(MOBILE)), `the ${form} gives the mobile number`, said)
    check(!/phone your gp surgery/i.test(said), `the ${form} does not repeat the national sentence about phoning`, said)
  }
  check(text.length <= 160, 'the text message is at most 160 characters', text.length)
}

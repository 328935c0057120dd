// Given a trust cancels the morning list. When it restores the afternoon at midday. Then
// subscribers to that service get one update, morning stays cancelled in history, and "may
// run into next week" has an expiry.
import { Person } from './people.mjs'
import { mail, texts } from './farside.mjs'
import { until, words } from './signpost.mjs'

export const title = 'Radiotherapy'
export const at = '2024-07-19T07:30:00Z'

export async function scenario(signpost, check) {
  const sent = await texts(signpost)
  const letters = mail(signpost)
  await signpost.prepare()
  const page = await Person.open(signpost.base)
  await signpost.subscribe([['+447700900011', 'sms', 'en', 'RZ6'], [`patient.${signpost.mark}@example.org`, 'email', 'en', 'RZ6'], ['+447700900012', 'sms', 'en', 'RZ5']])
  await signpost.serve()
  const trust = await signpost.token('RZ6', 'publisher')
  await page.go('/RZ6/subscribe')
  const asked = await page.words()
  check(/radiotherapy/i.test(asked), 'a patient can subscribe to radiotherapy alone', asked.slice(0, 300))

  const declared = await signpost.api(trust, 'POST', '/api/v1/incidents', {
    title: 'A treatment machine does not start', organisations: ['RZ6'],
    lines: { attend: 'come_unless_contacted', radiotherapy: { state: 'cancelled', session: 'morning', day: '2024-07-19' } },
    message: 'We will contact you with a new time.', next_update_by: '2024-07-19T11:30:00Z',
  })
  await signpost.sent(trust, declared.update.id)
  const line = await until('the page to say it', 5, async () => { const it = await signpost.line('RZ6', 'radiotherapy'); return it?.state === 'cancelled' && it }).catch(() => null)
  check(line?.state === 'cancelled' && /morning/i.test(JSON.stringify(line)), 'the morning list is cancelled, and only the morning', line)
  const told = () => sent().filter((it) => it.to === '+447700900011').length

  signpost.setClock('2024-07-19T11:00:00Z')
  const before = [told(), (await letters()).length]
  // "May run into next week": said until Wednesday, and not for ever.
  const restored = await signpost.api(trust, 'POST', `/api/v1/incidents/${declared.id}/updates`, {
    state: 'limited', lines: { attend: 'come_unless_contacted', radiotherapy: { state: 'delayed', session: 'afternoon', day: '2024-07-19' } },
    message: 'Radiotherapy is running again this afternoon. Delays may run into next week.', next_update_by: '2024-07-24T08:00:00Z',
  })
  await signpost.sent(trust, restored.update.id)
  check(told() - before[0] === 1 && (await letters()).length - before[1] === 1, 'each subscriber gets one update', [told() - before[0], (await letters()).length - before[1]])
  check(!sent().some((it) => it.to === '+447700900012'), 'nobody of another trust is told')

  const now = await until('the page to say it', 5, async () => { const it = await signpost.status('RZ6'); return it.incidents[0]?.state === 'limited' && it })
  const afternoon = now.lines.find((it) => it.line === 'radiotherapy')
  check(afternoon?.state === 'delayed' && /afternoon/i.test(JSON.stringify(afternoon)), 'the afternoon is back, with delays', now.lines)
  const history = words(await signpost.text('/RZ6/history'))
  const incident = words(await signpost.text(`/RZ6/incidents/${declared.id}`))
  check(history.includes('A treatment machine does not start'), 'history has it', history.slice(0, 400))
  check(/radiotherapy: cancelled\. this is for the morning of/i.test(incident), 'history says that radiotherapy was cancelled in the morning', incident.slice(0, 900))
  check(afternoon?.expires_at && Date.parse(afternoon.expires_at) <= Date.parse('2024-07-25T00:00:00Z'), '"may run into next week" has an expiry', afternoon)

  signpost.setClock('2024-07-24T09:05:00Z')
  const late = await until('the expiry to come true', 65, async () => { const it = await signpost.status('RZ6'); return it.freshness === 'expired' && it })
  check(late.headline.state === 'unknown', 'after that the page says that we do not know, and not "delayed"', late.headline)
}

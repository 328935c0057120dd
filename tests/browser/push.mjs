// Notifications in Chromium, as far as that goes without Google's server: what
// the browser would get from there is made here, with real keys, and messages
// are handed to the service worker by the debugger.
//
//   node tests/browser/push.mjs BASE_URL CODE
//
// Screenshots go to .tools/shots/.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [base, code] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname, '../..')
const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(root, '.tools/npm/node_modules')
const require = createRequire(path.join(modules, 'from-here.js'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = path.join(root, '.tools/shots')
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
mkdirSync(shots, { recursive: true })

const check = (what, problems) => {
  const list = [problems].flat().filter(Boolean)
  console.log(`${list.length ? 'FAIL' : 'ok'} ${what}${list.length ? `: ${list.slice(0, 5).join(' | ')}` : ''}`)
}
const same = (found, wanted) => JSON.stringify(found) !== JSON.stringify(wanted) && `${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`
const browser = await chromium.launch({ executablePath: process.env.SIGNPOST_TEST_CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
const form = `${base}/${code}/subscribe`

/** In place of the push service: a subscription with an address there and keys of its own. */
function pushService(endpoint) {
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] || '')
  PushManager.prototype.subscribe = async function (wanted) {
    // Throws when it is no key.
    const key = Uint8Array.from(atob(wanted.applicationServerKey.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
    await crypto.subtle.importKey('raw', key, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
    if (!wanted.userVisibleOnly) throw new Error('it would be silent')
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const keys = { p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: text(crypto.getRandomValues(new Uint8Array(16))) }
    return { endpoint, toJSON: () => ({ endpoint, expirationTime: null, keys }) }
  }
}

async function within(options, work) {
  const { permissions = ['notifications'], ...more } = options
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...more })
  context.setDefaultTimeout(15_000)
  await context.grantPermissions(permissions, { origin: base })
  const page = await context.newPage(), errors = []
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => { if (new URL(request.url()).origin !== base) errors.push(request.url()) })
  try { await work(page, context, errors) } finally { await context.close() }
}

async function offered() {
  const visible = async (page) => { await page.goto(form, { waitUntil: 'load' }); return page.locator('#device').isVisible() }
  await within({ javaScriptEnabled: false }, async (page) => check('without scripts nothing is offered that cannot work', await visible(page) && 'it is'))
  for (const missing of ['PushManager', 'Notification']) {
    await within({}, async (page) => {
      await page.addInitScript((name) => { delete globalThis[name] }, missing)
      check(`nor where the browser has no ${missing}`, await visible(page) && 'it is')
    })
  }
  for (const [name, viewport] of Object.entries({ 360: { width: 360, height: 740 }, 1280: { width: 1280, height: 900 } })) {
    await within({ viewport }, async (page, context, errors) => {
      check(`offered at ${name}`, !(await visible(page)) && 'it is not')
      await page.evaluate(axe)
      const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), AXE_TAGS)
      check(`at ${name}: axe finds nothing`, violations.flatMap((v) => v.nodes.map((n) => `${v.id} ${n.html.slice(0, 120)}`)))
      check(`at ${name}: no sideways scrolling`, await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth) && 'there is')
      check(`at ${name}: no error`, errors)
      await page.screenshot({ path: path.join(shots, `push-form-${name}.png`), fullPage: true })
    })
  }
}

async function refused() {
  await within({ permissions: [] }, async (page) => {
    await page.goto(form, { waitUntil: 'load' })
    await page.locator('#device button').click()
    const note = page.locator('#device [role=alert]')
    await note.filter({ hasText: /./ }).waitFor()
    check('who refuses is told what to do', same(await note.innerText(), await note.getAttribute('data-denied')))
    await page.screenshot({ path: path.join(shots, 'push-denied.png'), fullPage: true })
  })
  await within({}, async (page) => {
    await page.addInitScript(pushService, 'https://shop.example.org/basket')
    await page.goto(form, { waitUntil: 'load' })
    await page.locator('#device button').click()
    await page.waitForURL('**/subscribe/device')
    check('an address that is no push service is refused in words', [
      same(await page.locator('#device [role=alert]').innerText(), await page.locator('#device [role=alert]').getAttribute('data-failed')),
      same(await page.locator('.nhsuk-error-summary a').getAttribute('href'), '#device')])
  })
}

/** Presses the button; gives the address of one's own page. */
async function signUp(page, place = code) {
  await page.goto(`${base}/${place}/subscribe`, { waitUntil: 'load' })
  await page.locator('#device button').click()
  await page.waitForURL('**/subscribe/device')
  return page.locator('a[href*="/s/"]').getAttribute('href')
}

/** What the browser shows at the moment. */
const shown = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration('/push/')
  return (await registration.getNotifications()).map(({ title, body, lang, dir, tag, renotify, actions, data }) =>
    ({ title, body, lang, dir, tag, renotify, actions: actions.map(({ action, title }) => ({ action, title })), data }))
})

async function told() {
  const endpoint = `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`
  await within({}, async (page, context, errors) => {
    await page.addInitScript(pushService, endpoint)
    const own = await signUp(page)
    check('after the press: what will happen, and where to change it', !/\/s\/[\w-]+$/.test(own) && own)
    check('the worker comes between nobody and a page', [
      same(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map((r) => new URL(r.scope).pathname)), ['/push/']),
      await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? '')])
    await page.screenshot({ path: path.join(shots, 'push-confirmed.png'), fullPage: true })
    await page.goto(own, { waitUntil: 'load' })
    check('their own page says where, and holds no address', [!/on one device/.test(await page.locator('main').innerText()) && 'not said', /fcm/.test(await page.content()) && 'an address'])
    await page.screenshot({ path: path.join(shots, 'push-manage.png'), fullPage: true })

    // Messages, by the debugger.
    const session = await context.newCDPSession(page)
    const registered = new Promise((done) => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.forEach((r) => r.scopeURL.endsWith('/push/') && done(r.registrationId))))
    await session.send('ServiceWorker.enable')
    const registrationId = await registered
    const deliver = (message) => session.send('ServiceWorker.deliverPushMessage', { origin: base, registrationId, data: JSON.stringify(message) })
    const message = (more) => ({ title: 'Ashwick Surgery', body: 'Come to your appointment unless we contact you.', url: `${base}/${code}`, tag: 'one', lang: 'en', dir: 'ltr', manage: { url: own, title: 'Change or stop your updates' }, ...more })
    const until = async (test) => { for (let i = 0; i < 100; i++) { const all = await shown(page); if (test(all)) return all; await page.waitForTimeout(50) } return shown(page) }
    await deliver(message())
    const actions = [{ action: 'manage', title: 'Change or stop your updates' }]
    const first = { title: 'Ashwick Surgery', body: 'Come to your appointment unless we contact you.', lang: 'en', dir: 'ltr', tag: 'one', renotify: true, actions, data: { url: `${base}/${code}`, manage: own } }
    check('a message is shown', same(await until((all) => all.length === 1), [first]))
    await deliver(message({ body: 'Things are back to normal.' }))
    check('a newer one takes its place', same((await until((all) => all[0]?.body.startsWith('Things'))).map((n) => n.body), ['Things are back to normal.']))
    await deliver(message({ tag: 'two', body: 'تعال إلى موعدك', lang: 'ar', dir: 'rtl', manage: null }))
    const both = await until((all) => all.length === 2)
    check('one about something else stands beside it, in its own direction', same(both.filter((n) => n.tag === 'two').map((n) => [n.lang, n.dir, n.actions]), [['ar', 'rtl', []]]))

    // A press, which only a person can make: its event, with what it would open.
    const [worker] = context.serviceWorkers()
    const press = (action) => worker.evaluate(async (action) => {
      const [notification] = await self.registration.getNotifications({ tag: 'one' })
      const event = new NotificationEvent('notificationclick', { notification, action })
      let opened, work
      Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise } })
      self.clients.openWindow = async (url) => { opened = url }
      self.dispatchEvent(event)
      await work
      return opened ?? 'nothing'
    }, action)
    // Somewhere else: a page that is open already is only brought to the front.
    await page.goto(form, { waitUntil: 'load' })
    check('the button leads to their own page', same(await press('manage'), own))
    await deliver(message())
    await until((all) => all.some((n) => n.tag === 'one'))
    check('pressed, the page of the place opens', same(await press(''), `${base}/${code}`))

    // Another address: with what it had, and with what was kept.
    const changed = (given) => worker.evaluate(async (given) => {
      const event = new ExtendableEvent('pushsubscriptionchange')
      let work
      Object.defineProperty(event, 'waitUntil', { value: (promise) => { work = promise } })
      Object.assign(event, { newSubscription: { toJSON: () => given } })
      self.dispatchEvent(event)
      await work
      return (await (await caches.open('push')).match('/push/')).text()
    }, given)
    const keys = await page.evaluate(async () => {
      const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] || '')
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
      return { p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: text(crypto.getRandomValues(new Uint8Array(16))) }
    })
    const next = `https://updates.push.services.mozilla.com/wpush/v2/${crypto.randomUUID()}`
    check('another address is passed on and kept', same(await changed({ endpoint: next, keys }), next))
    await page.addInitScript(pushService, next)
    check('it belongs to the same person', same(await signUp(page, 'Z80017'), own))
    await page.goto(own, { waitUntil: 'load' })
    check('who follows both places', same(await page.locator('.sp-results li').count(), 2))
    check('nothing else is asked, and no error', errors)
  })
}

try {
  await offered()
  await refused()
  await told()
} catch (error) {
  console.log(`FAIL the run broke off: ${error.stack ?? error}`)
  process.exitCode = 1
} finally { await browser.close() }

// Looks at Signpost as a person does: Debian's Chromium against
// `signpost demo`. Checks each screen at 360 and 1280 pixels (axe, valid HTML,
// nothing from another host, no error in the console, no sideways scrolling),
// then signs in from the printed link and publishes in three taps.
//
//   SIGNPOST_BIN=target/release/signpost node tests/browser/run.mjs
//
// Screenshots go to .tools/shots/.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(root, '.tools/npm/node_modules')
const binary = process.env.SIGNPOST_BIN ?? path.join(root, 'target/release/signpost')
const chromiumPath = process.env.SIGNPOST_TEST_CHROMIUM || '/usr/bin/chromium'
const shots = path.join(root, '.tools/shots')

// ---- what the screens are called; the one place to change when they do ------

const WORDS = {
  // Lines that `signpost demo` prints, one address in each.
  printed: { patient: /patient/i, signIn: /sign.?in|staff/i, board: /board/i },
  // Signing in: buttons that lead onwards, in the order of preference.
  signInStep: /^(sign in|continue|set (a |your )?password|choose (a )?password|save|next|use a password)/i,
  choosePassword: /password/i,
  // The three taps, from the desk home.
  tap1: [/emis web/i, /emis/i],
  tap2: [/^continue/i, /^next/i, /preview/i],
  tap3: [/^publish/i, /post (it|update|now)/i],
}
// Addresses that do not come from the demo's own output. CODE is the patient page's.
const PLACES = { search: '/', searched: '/?q=surgery', subscribe: '/CODE/subscribe', history: '/CODE/history', places: '/places/en', placesOf: '/places/ar/s', signIn: '/sign-in', desk: '/desk' }

const WIDTHS = { 360: { width: 360, height: 740 }, 1280: { width: 1280, height: 900 } }
// The narrowest phone; 1280 pixels at 400 % zoom (WCAG 2.2, 1.4.10).
const SMALL = { '320': { width: 320, height: 640 }, '400%': { width: 320, height: 256 } }
// Staff screens that a link from the desk must lead to; the walk looks at every
// other that it finds as well.
const STAFF = ['/desk', '/board', '/desk/post', '/desk/incidents/{id}/update', '/desk/updates/{id}', '/desk/planned', '/desk/planned/{id}', '/desk/messages', '/desk/account', '/desk/channels', '/desk/contacts', '/desk/approvals', '/desk/hours', '/desk/services', '/desk/pharmacies', '/desk/centres', '/desk/centres/{code}', '/speak', '/desk/partners', '/desk/presets', '/desk/presets/new', '/desk/presets/{id}', '/desk/presets/{id}/edit',
  '/desk/log', '/desk/log/new', '/desk/log/{id}', '/desk/log/print', '/desk/incidents/{id}/record', '/desk/incidents/{id}/reports', '/desk/reports/{id}',
  '/desk/reports/{id}/print', '/desk/incidents/{id}/recovery', '/desk/organisations/Z90101/at', '/desk/organisations/Z90101/at?']
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
// The standard preset, less matters of taste in how generated HTML is laid out.
const HTML_RULES = {
  extends: ['html-validate:standard'],
  rules: Object.fromEntries(['no-trailing-whitespace', 'void-style', 'attr-quotes', 'attribute-boolean-style', 'attribute-empty-style',
    'doctype-style', 'long-title', 'tel-non-breaking', 'no-raw-characters'].map((rule) => [rule, 'off'])),
}
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
// Where the officer and the supplier come to when they sign in.
const HOMES = ['/desk', '/speak']
const PASSWORD = 'three lamps on a wet platform'

// ---- the frame ----------------------------------------------------------------

if (!existsSync(path.join(modules, 'playwright-core'))) {
  console.error('browser: run scripts/tools/setup first')
  process.exit(1)
}
const require = createRequire(path.join(modules, 'from-here.js'))
const { chromium } = require('playwright-core')
const { HtmlValidate } = require('html-validate')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const validator = new HtmlValidate({ root: true, ...HTML_RULES })
mkdirSync(shots, { recursive: true })

let passed = 0
let failed = 0
const check = (name, problems) => {
  const list = [problems].flat().filter(Boolean)
  if (list.length === 0) { passed++; return true }
  failed++
  console.log(`FAIL ${name}`)
  for (const problem of list.slice(0, 8)) console.log(`     ${problem}`)
  if (list.length > 8) console.log(`     and ${list.length - 8} more`)
  return false
}
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
async function until(what, ms, test) {
  const end = Date.now() + ms
  for (;;) {
    const found = await test()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`)
    await sleep(50)
  }
}
const freePort = () => new Promise((done, no) => {
  const server = net.createServer().once('error', no)
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)) })
})

// ---- the demo -------------------------------------------------------------------

async function startDemo() {
  const port = await freePort()
  const work = mkdtempSync(path.join(os.tmpdir(), 'signpost-browser-'))
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('SIGNPOST_')))
  const child = spawn(binary, ['demo', '--listen', `127.0.0.1:${port}`], { cwd: work, env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let ended = null
  child.stdout.on('data', (data) => { output += data })
  child.stderr.on('data', (data) => { output += data })
  child.on('error', (error) => { ended = String(error) })
  child.on('exit', (code) => { ended ??= `exit ${code}` })
  const stop = async () => {
    child.kill('SIGTERM')
    for (let i = 0; i < 50 && ended === null; i++) await sleep(100)
    if (ended === null) child.kill('SIGKILL')
    rmSync(work, { recursive: true, force: true })
  }
  try {
    const links = await until('the three addresses', 120_000, () => {
      if (ended !== null) throw new Error(`signpost demo ended (${ended}):\n${output.slice(-2000)}`)
      const found = {}
      // An address may stand on its line or on the line after the words.
      const lines = output.split('\n')
      lines.forEach((line, i) => {
        const url = line.match(/https?:\/\/[^\s"'<>]+/)?.[0]
        if (!url) return
        const words = line.replace(url, '')
        const said = /[a-z]{3}/i.test(words) ? words : lines[i - 1] ?? ''
        for (const [name, pattern] of Object.entries(WORDS.printed)) if (pattern.test(said)) found[name] ??= url.replace(/[.,)]+$/, '')
      })
      return Object.keys(WORDS.printed).every((name) => found[name]) ? found : null
    })
    const base = new URL(links.patient).origin
    await until('the server', 60_000, async () => { try { return (await fetch(`${base}/health/live`)).ok } catch { return false } })
    return { base, links, stop, port, output: () => output }
  } catch (error) {
    await stop()
    throw error
  }
}

// ---- looking at one screen --------------------------------------------------------

/** Watches a page for what must never happen on it. */
function watch(page, base) {
  const seen = { errors: [], foreign: [] }
  const host = new URL(base).host
  page.on('console', (message) => { if (message.type() === 'error') seen.errors.push(`console: ${message.text()}`) })
  page.on('pageerror', (error) => seen.errors.push(`script: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) seen.foreign.push(request.url())
  })
  return seen
}

/** Everything that holds for every screen; the page is already there. */
async function inspect(page, seen, name, width, html) {
  const label = `${name} at ${width}`
  const facts = await page.evaluate(() => ({
    h1: [...document.querySelectorAll('h1')].map((h) => h.textContent.trim()),
    lang: document.documentElement.lang,
    title: document.title.trim(),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
      .filter((e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0 && e.matches('button, summary, select') && r.height < 24 })
      .map((e) => e.outerHTML.slice(0, 80)),
  }))
  check(`${label}: one h1, a language and a title`, [
    facts.h1.length !== 1 && `${facts.h1.length} h1: ${facts.h1.join(' | ')}`, !facts.lang && 'no lang', !facts.title && 'no title'])
  check(`${label}: no sideways scrolling`, facts.wide > 0 && `${facts.wide} pixels too wide`)
  check(`${label}: nothing too small to press`, facts.small)
  check(`${label}: no error in the console`, seen.errors)
  check(`${label}: nothing from another host`, seen.foreign)

  // Evaluated through the debugger, so that the page's own policy stays in force.
  await page.evaluate(axe)
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), AXE_TAGS)
  check(`${label}: axe finds nothing`, violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 140)} (${n.failureSummary?.split('\n')[1]?.trim() ?? v.help})`)))

  if (html !== undefined) {
    const report = await validator.validateString(html)
    check(`${label}: valid HTML`, report.results.flatMap((r) => r.messages).map((m) => `${m.ruleId} at ${m.line}:${m.column}: ${m.message}`))
  }
  await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: true })
  seen.errors.length = seen.foreign.length = 0
}

async function visit(page, seen, name, width, url) {
  const answer = await page.goto(url, { waitUntil: 'load' })
  check(`${name} at ${width}: answers 200`, answer.status() !== 200 && `${answer.status()} ${url}`)
  const type = answer.headers()['content-type'] ?? ''
  await inspect(page, seen, name, width, /html/.test(type) ? await answer.text() : undefined)
  return answer
}

// ---- finding what to press -----------------------------------------------------------

/** The first visible link, button or radio label of the main part whose words fit. */
async function findToPress(page, patterns) {
  const main = (await page.locator('main').count()) ? page.locator('main').first() : page.locator('body')
  for (const pattern of patterns) {
    for (const role of ['button', 'link', 'radio', 'checkbox']) {
      const all = main.getByRole(role, { name: pattern })
      for (let i = 0; i < await all.count(); i++) if (await all.nth(i).isVisible() && await all.nth(i).isEnabled()) return all.nth(i)
    }
  }
  return null
}

/** One tap: counted, and the page that it leads to is awaited. */
async function tap(page, target, taps) {
  taps.count++
  const before = page.url()
  const loads = page.waitForEvent('load', { timeout: 10_000 }).catch(() => null)
  await target.tap()
  await Promise.race([loads, sleep(4000)]) // no load where a tap only chooses
  taps.trail.push(`${new URL(before).pathname} → ${new URL(page.url()).pathname}`)
}

async function signIn(page, link, base) {
  await page.goto(link, { waitUntil: 'load' })
  const trail = [new URL(page.url()).pathname]
  for (let step = 0; step < 6; step++) {
    if (await findToPress(page, WORDS.tap1) && !(await page.locator('input[type=password]:visible').count())) return trail
    const passwords = page.locator('input[type=password]:visible')
    const moved = page.waitForEvent('load', { timeout: 10_000 }).catch(() => null)
    if (await passwords.count()) {
      for (let i = 0; i < await passwords.count(); i++) await passwords.nth(i).fill(PASSWORD)
      await passwords.last().press('Enter')
    } else {
      const next = await findToPress(page, [WORDS.signInStep, WORDS.choosePassword])
      if (!next) break
      await next.click()
    }
    await moved
    trail.push(new URL(page.url()).pathname)
  }
  // Signed in, but left on a page that is not the desk home.
  await page.goto(base + PLACES.desk, { waitUntil: 'load' })
  return trail
}

// Sets a passkey up from a one-time link, signs out, and signs in with it:
// Chromium's own authenticator, no password anywhere.
async function usePasskey(page, context, link, base, home) {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  const desk = () => page.waitForURL((url) => url.pathname.startsWith(home), { timeout: 15_000 })
  await page.goto(link, { waitUntil: 'load' })
  await page.locator('[data-passkey=create]').click()
  await desk()
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
  check('one passkey is kept on the device', credentials.length !== 1 && `${credentials.length} are`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto(base + PLACES.desk, { waitUntil: 'load' })
  check('signed out, the desk asks to sign in', new URL(page.url()).pathname !== '/sign-in' && page.url())
  await page.locator('[data-passkey=get]').click()
  await desk()
  check('the passkey signs in', !(await page.getByRole('button', { name: 'Sign out' }).count()) && page.url())
}

/** What Tab does not come to, or where nothing shows that it has come. */
async function unreachable(page) {
  const all = await page.evaluate(() => {
    const reach = [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')].filter((e) => e.checkVisibility() && !e.disabled)
    // Of a group of radios, Tab comes to one.
    const groups = new Set()
    const kept = reach.filter((e) => e.type !== 'radio' || (!groups.has(e.name) && groups.add(e.name)))
    const look = (e) => { const of = (x, part) => { const s = getComputedStyle(x, part); return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 ? s.outlineColor + s.outlineWidth : '', s.backgroundColor, s.boxShadow, s.color, s.borderTopWidth].join() }
      // The package draws radios and boxes beside the hidden input.
      return [of(e), ...(e.nextElementSibling ? [of(e.nextElementSibling, '::before')] : [])].join() }
    globalThis.look = look
    globalThis.plain = new Map(reach.map((e) => [e, look(e)]))
    globalThis.named = (e) => e.type === 'radio' ? `radio ${e.name}` : `${e.tagName.toLowerCase()} ${e.id || e.textContent.trim().slice(0, 30)} ${e.getAttribute('href') ?? ''}`
    return kept.map(globalThis.named)
  })
  const reached = new Set(), seen = new Set()
  // A date has a stop for each of its parts.
  const dates = await page.locator('input[type^=date]').count()
  for (let i = 0; i < all.length + 4 + 7 * dates; i++) {
    await page.keyboard.press('Tab')
    const now = await page.evaluate(() => { const e = document.activeElement
      return globalThis.plain.has(e) ? { name: globalThis.named(e), changed: globalThis.look(e) !== globalThis.plain.get(e) } : null })
    if (!now) continue
    reached.add(now.name)
    // The last part of a date, its calendar, shows a ring of its own.
    if (now.changed) seen.add(now.name)
  }
  return [...all.filter((name) => !reached.has(name)).map((name) => `Tab does not come to ${name}`),
    ...[...reached].filter((name) => !seen.has(name)).map((name) => `no focus to be seen on ${name}`)]
}

/** Every staff screen that links lead to, one of each kind: from `/desk/updates/1234` the kind `/desk/updates/{id}`. */
async function walk(page, base, starts) {
  const found = new Map()
  const looked = new Set()
  const waiting = [...starts]
  while (waiting.length > 0) {
    const url = new URL(waiting.shift(), base)
    const kind = (url.pathname + (url.search ? '?' : '')).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}').replace(/(?<=^\/desk\/centres\/)\w+/, '{code}')
    // Of these the others are looked through for links as well: only one incident has reports.
    const again = /\/(record|reports)$/.test(kind) && !looked.has(url.href)
    if ((found.has(kind) && !again) || !/^\/(desk|board|speak)/.test(url.pathname) || /\.(csv|json|pdf)$/.test(url.pathname)) continue
    const answer = await page.goto(url.href, { waitUntil: 'load' })
    if (!/html/.test(answer.headers()['content-type'] ?? '')) continue
    looked.add(url.href)
    if (!found.has(kind)) found.set(kind, { url: url.href, status: answer.status() })
    waiting.push(...await page.evaluate(() => [
      ...[...document.querySelectorAll('a[href^="/"]')].map((a) => a.getAttribute('href')),
      // A form that asks is a link too, with its first answer.
      ...[...document.querySelectorAll('form[method=get]')].map((f) => `${f.getAttribute('action')}?${new URLSearchParams(new FormData(f))}`),
    ]))
  }
  return found
}

// ---- the run ------------------------------------------------------------------------------

let demo, browser
try {
  demo = await startDemo()
  const { base, links } = demo
  console.log(`patient page ${links.patient}\nstaff sign-in ${links.signIn}\nboard ${links.board}`)
  const code = new URL(links.patient).pathname.split('/')[1]
  browser = await chromium.launch({ executablePath: chromiumPath, headless: true, args: ARGUMENTS })

  const open = async (width, more = {}) => {
    const context = await browser.newContext({ viewport: WIDTHS[width], locale: 'en-GB', reducedMotion: 'reduce', ...(width === '360' ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}), ...more })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    return { context, page, seen: watch(page, base) }
  }

  // 1. What everybody sees.
  for (const width of Object.keys(WIDTHS)) {
    const { context, page, seen } = await open(width)
    await visit(page, seen, 'patient', width, links.patient)
    for (const name of ['search', 'searched', 'subscribe', 'history', 'places', 'placesOf', 'signIn']) await visit(page, seen, name, width, base + PLACES[name].replace('CODE', code))
    await context.close()
  }

  // 2. The patient page needs no script, and says the same without one.
  {
    const { context, page } = await open('360', { javaScriptEnabled: false })
    await page.goto(links.patient)
    check('patient without scripts: the headline is there', !(await page.locator('h1').first().innerText()).trim() && 'no h1')
    await context.close()
  }

  // 3. Sign in from the printed link, and publish in three taps on a phone.
  const phone = await open('360')
  const trail = await signIn(phone.page, links.signIn, base)
  const home = phone.page.url()
  const ready = check('the sign-in link leads to the desk', !(await findToPress(phone.page, WORDS.tap1)) && `no "${WORDS.tap1[0]}" at ${home} after ${trail.join(' → ')}`)
  phone.seen.errors.length = 0
  const address = `${base}/${code}/status.json`
  // The times of checking change by themselves; what is said does not.
  const said = async () => { const { headline, lines, incidents } = await (await fetch(address)).json(); return JSON.stringify({ headline, lines, incidents }) }
  const before = await said()
  const pageBefore = await (await fetch(links.patient)).text()
  if (ready) {
    await visit(phone.page, phone.seen, 'desk', '360', home)
    const taps = { count: 0, trail: [] }
    const names = ['post-1-system', 'post-2-preview', 'post-3-published']
    for (const [i, words] of [WORDS.tap1, WORDS.tap2, WORDS.tap3].entries()) {
      const target = await findToPress(phone.page, words)
      if (!check(`tap ${i + 1}: something that says ${words[0]}`, !target && `not on ${phone.page.url()}: ${(await phone.page.locator('main, body').first().innerText()).slice(0, 300).replace(/\s+/g, ' ')}`)) break
      await tap(phone.page, target, taps)
      await inspect(phone.page, phone.seen, names[i], '360')
    }
    console.log(`taps: ${taps.trail.join(', ')}`)
    check('published in three taps', taps.count !== 3 && `${taps.count} taps`)
    const began = Date.now()
    const changed = await until('the patient page to change', 5000, async () => (await said()) !== before).catch(() => false)
    check('the patient page says it within a second', !changed ? 'status.json did not change' : Date.now() - began > 1000 && `${Date.now() - began} ms`)
    check('the page itself changed', (await (await fetch(links.patient)).text()) === pageBefore && 'the same bytes as before')
    const { context, page, seen } = await open('360')
    await visit(page, seen, 'patient-after', '360', links.patient)
    await context.close()
  }

  // 4. The staff screens on a large one, with the same session.
  const state = await phone.context.storageState()
  for (const width of Object.keys(WIDTHS)) {
    const { context, page, seen } = await open(width, { storageState: state })
    await visit(page, seen, 'board', width, links.board)
    if (width !== '360' && ready) {
      await visit(page, seen, 'desk', width, home)
      const target = await findToPress(page, WORDS.tap1)
      if (target) {
        const moved = page.waitForEvent('load', { timeout: 10_000 }).catch(() => null)
        await target.click()
        await moved
        await inspect(page, seen, 'post-1-system', width)
      }
    }
    await context.close()
  }
  await phone.context.close()
  const states = [state]

  // 5. A regional officer and a supplier, by passkey: the other one-time links that are printed.
  const others = [...demo.output().matchAll(/http\S+\/sign-in\/[\w-]+/g)].map((m) => m[0]).filter((link) => link !== links.signIn)
  check('two more sign-in links are printed', others.length !== 2 && others)
  for (const [at, link] of others.entries()) {
    const { context, page } = await open('1280')
    await usePasskey(page, context, link, base, HOMES[at])
    states.push(await context.storageState())
    await context.close()
  }
  // 6. Every staff screen on the narrowest phone and at 400 %, with colours forced, and by keyboard.
  const seenKinds = new Set()
  for (const [at, storageState] of states.entries()) {
    const walked = await open('1280', { storageState })
    // The last of them is the supplier, who has a screen of its own and no other.
    const found = await walk(walked.page, base, at === states.length - 1 ? ['/speak'] : ['/desk', '/board'])
    await walked.context.close()
    for (const kind of seenKinds) found.delete(kind)
    for (const kind of found.keys()) seenKinds.add(kind)
    for (const [width, viewport] of Object.entries(SMALL)) {
      const { context, page, seen } = await open('1280', { storageState, viewport, deviceScaleFactor: width === '400%' ? 4 : 1 })
      for (const [kind, { url }] of found) await visit(page, seen, `staff${kind.replaceAll(/\W+/g, '-')}`, width, url)
      await context.close()
    }
    const forced = await open('1280', { storageState, forcedColors: 'active' })
    for (const [kind, { url }] of found) {
      await forced.page.goto(url, { waitUntil: 'load' })
      check(`${kind} in forced colours: all that can be pressed can be reached, and the focus seen`, await unreachable(forced.page))
      await forced.page.screenshot({ path: path.join(shots, `staff${kind.replaceAll(/\W+/g, '-')}-forced.png`), fullPage: true })
    }
    await forced.context.close()
  }
  console.log(`staff screens: ${[...seenKinds].join(' ')}`)
  check('the walk finds the staff screens', STAFF.filter((kind) => !seenKinds.has(kind)))
} catch (error) {
  failed++
  console.log(`FAIL the run broke off: ${error.stack ?? error}`)
  if (demo) console.log(demo.output().slice(-2000))
} finally {
  await browser?.close()
  await demo?.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

// The other forms of a page in Chromium, as strangers meet them: embedded under
// a strict policy, on a waiting-room screen, on paper, by keyboard, in three
// languages, magnified, without scripts; and how heavy a first visit is.
//
//   node tests/browser/forms.mjs BASE_URL BUSY CALM PRINTED PID [copy]
//
// BUSY is a page on a bad day, CALM one with nothing wrong. Posters are printed
// into the folder PRINTED. PID is the server's: it is paused near the end, to
// see what the screen says when nothing answers. With `copy`, BASE_URL is a plain
// server of the static copy: what only Signpost itself has is left out. Screenshots
// go to .tools/shots/.
import { mkdirSync, readFileSync } from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const [base, busy, calm, printed, pid, of] = process.argv.slice(2)
const isCopy = of === 'copy'
const root = path.resolve(import.meta.dirname, '../..')
const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(root, '.tools/npm/node_modules')
const require = createRequire(path.join(modules, 'from-here.js'))
const { chromium } = require('playwright-core')
const { HtmlValidate } = require('html-validate')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = path.join(root, '.tools/shots')
const LOCALES = ['en', 'cy', 'pl', 'ro', 'pa', 'ur', 'bn', 'gu', 'pt', 'ar']
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'],
  rules: Object.fromEntries(['no-trailing-whitespace', 'void-style', 'attr-quotes', 'attribute-boolean-style', 'attribute-empty-style',
    'doctype-style', 'long-title', 'tel-non-breaking', 'no-raw-characters'].map((rule) => [rule, 'off'])) })
mkdirSync(shots, { recursive: true })
mkdirSync(printed, { recursive: true })

const check = (what, problems) => {
  const list = [problems].flat().filter(Boolean)
  console.log(`${list.length ? 'FAIL' : 'ok'} ${what}${list.length ? `: ${list.slice(0, 5).join(' | ')}` : ''}`)
}
const at = (code, locale, leaf = '') => [`${base}/${code}`, locale === 'en' ? '' : locale, leaf].filter(Boolean).join('/')
const browser = await chromium.launch({ executablePath: process.env.SIGNPOST_TEST_CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })

async function within(options, work) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(15_000)
  try { await work(await context.newPage(), context) } finally { await context.close() }
}

// ---- on the website of a surgery, which trusts nobody ---------------------------

async function embedded() {
  const embed = (code) => `<!DOCTYPE html><html lang="en"><head><title>A surgery</title></head><body><h1>A surgery</h1>
    <script src="${base}/${code}/widget.js" async></script><p><img src="${base}/${code}/badge.svg" alt="${code}"></p></body></html>`
  const site = http.createServer((request, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src ${base}; img-src ${base}; style-src 'none'` })
    answer.end(embed(request.url.slice(1)))
  }).listen(0, '127.0.0.1')
  await new Promise((done) => site.once('listening', done))
  const home = `http://127.0.0.1:${site.address().port}`
  for (const [code, wanted] of [[busy, 1], [calm, 0]]) {
    await within({}, async (page, context) => {
      const errors = [], asked = []
      page.on('console', (message) => { if (message.type() === 'error' && !/favicon/.test(message.location().url)) errors.push(message.text()) })
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('request', (request) => { if (!request.url().startsWith(home)) asked.push(new URL(request.url()).pathname) })
      await page.goto(`${home}/${code}`, { waitUntil: 'load' })
      const seen = await page.evaluate(() => {
        const notices = [...document.querySelectorAll('section')]
        const img = document.querySelector('img')
        return { notices: notices.map((n) => ({ text: n.textContent, label: n.getAttribute('aria-label'), link: n.querySelector('a')?.href,
          border: getComputedStyle(n).borderTopWidth, background: getComputedStyle(n).backgroundColor, height: n.getBoundingClientRect().height })),
        frames: document.querySelectorAll('iframe, object, embed').length, cookie: document.cookie, badge: [img.complete, img.naturalWidth, img.naturalHeight],
        kept: localStorage.length + sessionStorage.length }
      })
      const what = `widget, ${code}`
      check(`${what}: ${wanted ? 'shown' : 'absent when all is normal'}`, seen.notices.length !== wanted && JSON.stringify(seen.notices))
      check(`${what}: no frame, no cookie, nothing kept`, [seen.frames && 'a frame', seen.cookie, seen.kept && 'storage', ...(await context.cookies()).map((c) => c.name)])
      check(`${what}: nothing against the policy`, errors)
      check(`${what}: it asks for nothing else`, asked.filter((one) => !/widget\.js$|badge\.svg$/.test(one)))
      check(`${what}: the badge is drawn`, !(seen.badge[0] && seen.badge[1] > 60 && seen.badge[2] === 24) && seen.badge.join())
      for (const n of seen.notices) {
        const { headline } = await (await fetch(`${base}/${code}/status.json`)).json()
        check(`${what}: says the answer, is named, leads to the page`, [!n.text.includes(headline.text) && n.text, !n.label && 'no label', n.link !== at(code, 'en') && n.link])
        check(`${what}: has its style`, (n.border !== '2px' || n.background !== 'rgb(255, 255, 255)') && `${n.border} ${n.background}`)
        await page.evaluate(axe)
        const { violations } = await page.evaluate((tags) => globalThis.axe.run('section', { runOnly: { type: 'tag', values: tags } }), AXE_TAGS)
        check(`${what}: axe finds nothing`, violations.map((v) => v.id))
        await page.screenshot({ path: path.join(shots, 'widget-embedded.png') })
      }
    })
  }
  site.close()
}

// ---- narrow in ten languages, magnified and wide in three ------------------------------

async function inLanguages() {
  const sizes = { '320': { width: 320, height: 640 }, '400%': { width: 320, height: 256 }, '1280': { width: 1280, height: 900 } }
  const month = new Date().toISOString().slice(0, 7)
  const incident = (await (await fetch(at(busy, 'en', 'status.json'))).json()).incidents[0].id
  for (const locale of LOCALES) {
    const tail = locale === 'en' ? '' : `/${locale}`
    const pages = { patient: at(busy, locale), history: at(busy, locale, 'history'), poster: at(busy, locale, 'poster'), screen: at(busy, locale, 'screen'),
      widget: at(busy, locale, 'widget'), search: `${base}${tail || '/'}?q=surgery`, subscribe: at(busy, locale, 'subscribe'), accessibility: `${base}/accessibility${tail}`,
      month: at(busy, locale, `history/${month}`), incident: at(busy, locale, `incidents/${incident}`) }
    if (isCopy) delete pages.subscribe
    for (const [size, viewport] of Object.entries(sizes)) {
      if (size !== '320' && !['en', 'ar', 'cy'].includes(locale)) continue
      await within({ viewport, deviceScaleFactor: size === '400%' ? 4 : 1 }, async (page) => {
        for (const [name, url] of Object.entries(pages)) {
          const what = `${name}, ${locale}, ${size}`
          const answer = await page.goto(url, { waitUntil: 'load' })
          if (answer.status() !== 200) { check(`${what}: is there`, `${answer.status()} ${url}`); continue }
          const facts = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            lang: document.documentElement.lang, dir: document.documentElement.dir || 'ltr' }))
          check(`${what}: no sideways scrolling`, facts.wide > 0 && `${facts.wide} pixels`)
          check(`${what}: its language and direction`, (facts.lang !== locale || facts.dir !== (['ar', 'ur'].includes(locale) ? 'rtl' : 'ltr')) && `${facts.lang} ${facts.dir}`)
          await page.evaluate(axe)
          const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), AXE_TAGS)
          check(`${what}: axe finds nothing`, violations.flatMap((v) => v.nodes.map((n) => `${v.id} ${n.html.slice(0, 120)}`)))
          if (size === '320') {
            const report = await validator.validateString(await answer.text())
            check(`${what}: valid HTML`, report.results.flatMap((r) => r.messages).map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`))
          }
          if (size !== '400%' && ['en', 'ar', 'cy'].includes(locale)) await page.screenshot({ path: path.join(shots, `form-${name}-${locale}-${size}.png`), fullPage: true })
        }
      })
    }
  }
  // Digits run from left to right in Arabic: the groups of a number stand in their order.
  await within({}, async (page) => {
    await page.goto(at(busy, 'ar'))
    const wrong = await page.evaluate(() => [...document.querySelectorAll('a[href^="tel:"], time bdi')].flatMap((element) => {
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = []
      for (let node; (node = walk.nextNode());) for (const match of node.data.matchAll(/\d+(?::\d+)?/g)) {
        const range = document.createRange()
        const edges = [0, match[0].length - 1].map((i) => { range.setStart(node, match.index + i); range.setEnd(node, match.index + i + 1); return range.getBoundingClientRect() })
        if (edges[0].top === edges[1].top && edges[0].left > edges[1].left) found.push(match[0])
        if (element.matches('a')) found.groups = [...(found.groups ?? []), edges[0]]
      }
      const groups = found.groups ?? []
      groups.forEach((group, i) => { if (i && group.top === groups[i - 1].top && group.left < groups[i - 1].left) found.push(element.textContent) })
      return [...found]
    }))
    check('Arabic: phone numbers and times run from left to right', wrong)
    // "19:55, Tuesday 24 November 2026": each part stands to the left of the one before.
    const parts = await page.evaluate(() => {
      const node = document.createTreeWalker(document.querySelector('.sp-answer__checked time'), NodeFilter.SHOW_TEXT).nextNode()
      const range = document.createRange()
      return [...node.data.matchAll(/[\p{L}\d:]+/gu)].map((m) => { range.setStart(node, m.index); range.setEnd(node, m.index + m[0].length); return [m[0], range.getBoundingClientRect().left] })
    })
    check('Arabic: the parts of a date stand in their order', parts.some((part, i) => i && part[1] > parts[i - 1][1]) && JSON.stringify(parts))
    check('Arabic: there are numbers to look at', (await page.locator('a[href^="tel:"]').count()) === 0 && 'none')
  })
}

// ---- by keyboard, in forced colours, without scripts -----------------------------------

async function byKeyboard() {
  for (const options of [{}, { forcedColors: 'active' }]) {
    await within(options, async (page) => {
      const what = options.forcedColors ? 'keyboard, forced colours' : 'keyboard'
      await page.goto(at(busy, 'en'))
      const all = await page.evaluate(() => {
        const reach = [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')].filter((e) => e.checkVisibility())
        reach.forEach((e, i) => { e.dataset.reach = i })
        const look = (e) => { const s = getComputedStyle(e); return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 ? s.outlineColor + s.outlineWidth : '', s.backgroundColor, s.boxShadow, s.color].join() }
        globalThis.look = look
        globalThis.plain = reach.map(look)
        return reach.length
      })
      const reached = new Set(), unseen = []
      let first
      for (let i = 0; i < all + 2; i++) {
        await page.keyboard.press('Tab')
        const now = await page.evaluate(() => { const e = document.activeElement; const n = e?.dataset?.reach
          return n === undefined ? null : { n: Number(n), text: e.textContent.trim().slice(0, 40), href: e.getAttribute('href'), changed: globalThis.look(e) !== globalThis.plain[n], box: e.getBoundingClientRect().width } })
        if (!now) continue
        first ??= now
        reached.add(now.n)
        if (!now.changed || now.box === 0) unseen.push(now.text)
      }
      check(`${what}: Tab comes to the skip link first`, first?.href !== '#maincontent' && first?.text)
      check(`${what}: Tab reaches all ${all}`, reached.size !== all && `${reached.size}`)
      check(`${what}: the focus can be seen`, unseen)
      await page.screenshot({ path: path.join(shots, `${what.replaceAll(/\W+/g, '-')}.png`), fullPage: true })
    })
  }
  await within({ javaScriptEnabled: false }, async (page) => {
    for (const leaf of ['', 'history', 'poster', 'screen', 'widget']) {
      await page.goto(at(busy, 'en', leaf))
      check(`without scripts: ${leaf || 'patient'}`, !(await page.locator('h1').first().innerText()).trim() && 'no h1')
    }
  })
}

// ---- how heavy -----------------------------------------------------------------------

const ask = (url, headers) => new Promise((done, no) => {
  http.get(url, { headers }, (answer) => {
    let body = 0
    answer.on('data', (data) => { body += data.length })
    answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body, head: 'HTTP/1.1 200 OK'.length + 4 + answer.rawHeaders.reduce((n, h) => n + h.length + 2, 0) }))
  }).on('error', no)
})

async function weight() {
  // How a copy is compressed is for its server; that what did not change is not sent again, too, but we look.
  if (isCopy) {
    const { headers } = await ask(`${at(busy, 'en')}/`, {})
    const again = await ask(`${at(busy, 'en')}/`, { 'if-none-match': headers.etag })
    return check('second visit: 304', again.status !== 304 && `${again.status}`)
  }
  for (const locale of LOCALES) {
    const first = await ask(at(busy, locale), { 'accept-encoding': 'br' })
    const total = first.body + first.head
    check(`first visit, ${locale}: ${total} bytes, at most 14336`, [total > 14336 && 'too heavy', first.headers['content-encoding'] !== 'br' && 'not compressed'])
    // The page says the minute at which it was checked, so a new minute is a new page.
    const secondVisit = async () => {
      const { headers } = await ask(at(busy, locale), { 'accept-encoding': 'br' })
      return ask(at(busy, locale), { 'accept-encoding': 'br', 'if-none-match': headers.etag })
    }
    let again = await secondVisit()
    if (again.status !== 304) again = await secondVisit()
    check(`second visit, ${locale}: 304`, (again.status !== 304 || again.body > 0) && `${again.status}, ${again.body} bytes`)
  }
}

// ---- on paper, and on the wall ----------------------------------------------------------

async function onPaper() {
  if (isCopy) return
  await within({}, async (page) => {
    for (const [locale, second] of [...LOCALES.map((locale) => [locale]), ['en', 'cy'], ['en', 'pl'], ['en', 'ar'], ['ur', 'ro'], ['en', 'bn'], ['pa', 'gu']]) {
      await page.goto(at(busy, locale, second ? `poster/${second}` : 'poster'))
      const file = path.join(printed, `${[busy, locale, second].filter(Boolean).join('-')}.pdf`)
      await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true, printBackground: true })
    }
  })
}

async function onTheWall() {
  for (const colorScheme of ['light', 'dark']) {
    await within({ colorScheme, viewport: { width: 1920, height: 1080 } }, async (page) => {
      await page.goto(at(busy, 'en', 'screen') + '?every=2')
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      check(`screen, ${colorScheme}: its colours`, (colorScheme === 'light') !== (paper === 'rgb(255, 255, 255)') && paper)
      await page.evaluate(axe)
      const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }), AXE_TAGS)
      check(`screen, ${colorScheme}: axe finds nothing`, violations.map((v) => v.id))
      const tall = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
      check(`screen, ${colorScheme}: fits without scrolling`, tall > 0 && `${tall} pixels too tall`)
      check(`screen, ${colorScheme}: says nothing of its age while all is well`, await page.locator('#age').innerText())
      await page.screenshot({ path: path.join(shots, `screen-${colorScheme}.png`) })
      if (colorScheme === 'light') return
      const answer = await page.locator('h1').innerText()
      process.kill(Number(pid), 'SIGSTOP')
      try {
        await page.waitForFunction(() => document.getElementById('age').textContent !== '', null, { timeout: 30_000 })
        const said = await page.locator('#age').innerText()
        check('screen, server stopped: says that it is offline, and how old it is', [!said.includes(await page.locator('#age').getAttribute('data-offline')) && said, !/minute/.test(said) && said])
        check('screen, server stopped: keeps the answer', (await page.locator('h1').innerText()) !== answer && 'gone')
        await page.screenshot({ path: path.join(shots, 'screen-offline.png') })
      } finally { process.kill(Number(pid), 'SIGCONT') }
      await page.waitForFunction(() => document.getElementById('age').textContent === '', null, { timeout: 30_000 })
      check('screen, server back: says nothing of its age again')
    })
  }
}

/** The server is gone altogether: nobody answers at its address. */
async function goneFromTheWall() {
  const sockets = new Set()
  const way = net.createServer((near) => {
    const far = net.connect(Number(new URL(base).port), '127.0.0.1')
    for (const socket of [near, far]) { sockets.add(socket); socket.on('error', () => {}).on('close', () => sockets.delete(socket)) }
    near.pipe(far).pipe(near)
  })
  await new Promise((done) => way.listen(0, '127.0.0.1', done))
  await within({ viewport: { width: 1920, height: 1080 } }, async (page) => {
    await page.goto(`http://127.0.0.1:${way.address().port}/${busy}/screen?every=2`)
    const answer = await page.locator('h1').innerText()
    way.close()
    for (const socket of sockets) socket.destroy()
    await page.waitForFunction(() => document.getElementById('age').textContent !== '', null, { timeout: 30_000 })
    const said = await page.locator('#age').innerText()
    check('screen, server gone: says that it is offline, and how old it is', [!said.includes(await page.locator('#age').getAttribute('data-offline')) && said, !/minute/.test(said) && said])
    check('screen, server gone: keeps the answer', (await page.locator('h1').innerText()) !== answer && 'gone')
  })
}

try {
  await embedded()
  await weight()
  await onPaper()
  await byKeyboard()
  await inLanguages()
  await onTheWall()
  await goneFromTheWall()
} catch (error) {
  console.log(`FAIL the run broke off: ${error.stack ?? error}`)
  process.exitCode = 1
} finally { await browser.close() }

// People at a screen: Debian's Chromium, one context each.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ROOT } from './signpost.mjs'

const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(ROOT, '.tools/npm/node_modules')
if (!existsSync(path.join(modules, 'playwright-core'))) {
  console.error('scenarios: run scripts/tools/setup first')
  process.exit(1)
}
const require = createRequire(path.join(modules, 'from-here.js'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const PASSWORD = 'three lamps on a wet platform'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
export const DESKTOP = { viewport: { width: 1280, height: 900 } }

let browser
export const openBrowser = async () => { browser = await chromium.launch({ executablePath: process.env.SIGNPOST_TEST_CHROMIUM || '/usr/bin/chromium', headless: true, args: ARGUMENTS }) }
export const closeBrowser = () => browser?.close()

const open = new Set()
/** Pictures of every open page of this server, to see what went wrong. */
export async function pictures(signpost) {
  for (const [n, person] of [...open].filter((it) => it.base === signpost.base).entries()) {
    await person.page.screenshot({ path: path.join(signpost.work, `screen-${n}.png`), fullPage: true }).catch(() => {})
    await person.close()
  }
}

/** Somebody who looks, signed in or not. `options` are those of a browser context. */
export class Person {
  static async open(base, options = DESKTOP) {
    const person = new Person()
    person.base = base
    person.context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce', ...options })
    open.add(person)
    person.context.setDefaultTimeout(15_000)
    person.page = await person.context.newPage()
    person.foreign = []
    person.page.on('request', (request) => { if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) person.foreign.push(request.url()) })
    return person
  }

  /** A member of staff: the command line makes the account, the printed link lets them in. */
  static async staff(signpost, organisation, role, name, options = DESKTOP) {
    const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}.${signpost.mark}@example.org`
    const said = await signpost.cli('user', 'add', '--email', email, '--name', name, '--organisation', organisation, '--role', role)
    const person = await Person.open(signpost.base, options)
    person.email = email
    await person.page.goto(said.match(/http\S+\/sign-in\/\S+/)[0])
    for (const field of await person.page.locator('input[type=password]').all()) await field.fill(PASSWORD)
    await person.press('Save and sign in')
    return person
  }

  close() { open.delete(this); return this.context.close() }

  async go(address) {
    const answer = await this.page.goto(address.startsWith('http') ? address : this.base + address)
    return answer
  }

  get main() { return this.page.locator('main').first() }

  async words() { return (await this.main.innerText()).replaceAll(/\s+/g, ' ') }

  /** The button or link that says this, in the main part of the page. */
  target(name) {
    const wanted = typeof name === 'string' ? { name, exact: true } : { name }
    return this.main.getByRole('button', wanted).or(this.main.getByRole('link', wanted)).filter({ visible: true }).first()
  }

  /** Presses it and waits for the page that follows. */
  async press(name) {
    await Promise.all([this.page.waitForEvent('load'), (typeof name === 'object' && name.click ? name : this.target(name)).click()])
  }

  /** One tap with a finger; `loads` says whether another page follows. */
  async tap(target, loads = true) {
    this.taps = (this.taps ?? 0) + 1
    const found = typeof target === 'string' || target instanceof RegExp ? this.target(target) : target
    await Promise.all([loads ? this.page.waitForEvent('load') : null, found.tap()])
  }

  /** WCAG 2.2 AA, as far as a program can tell. */
  async axe() {
    await this.page.evaluate(axe)
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }))
    return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.html.slice(0, 140)}`))
  }
}

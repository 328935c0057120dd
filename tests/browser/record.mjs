// Prints a decision log and a situation report as staff do, in Chromium.
//
//   node tests/browser/record.mjs SIGN_IN_LINK REPORT_PATH PRINTED
//
// SIGN_IN_LINK is a one-time link; the PDFs go to the folder PRINTED, with a
// picture of each screen at two widths in .tools/shots/.
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [link, report, printed] = process.argv.slice(2)
const root = path.resolve(import.meta.dirname, '../..')
const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(root, '.tools/npm/node_modules')
const require = createRequire(path.join(modules, 'from-here.js'))
const { chromium } = require('playwright-core')
const shots = path.join(root, '.tools/shots')
const PASSWORD = 'three lamps on a wet platform'
mkdirSync(shots, { recursive: true })
mkdirSync(printed, { recursive: true })

const browser = await chromium.launch({ executablePath: process.env.SIGNPOST_TEST_CHROMIUM || '/usr/bin/chromium', headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
try {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const base = new URL(link).origin
  await page.goto(link)
  const passwords = page.locator('input[type=password]')
  for (let i = 0; i < await passwords.count(); i++) await passwords.nth(i).fill(PASSWORD)
  await Promise.all([page.waitForURL(/\/desk/), passwords.last().press('Enter')])
  for (const [name, address] of [['log', '/desk/log/print'], ['report', `${report}/print`]]) {
    await page.goto(base + address)
    await page.pdf({ path: path.join(printed, `${name}.pdf`), preferCSSPageSize: true, printBackground: true })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    console.log(`${wide > 0 ? 'FAIL' : 'ok'} ${name}: no sideways scrolling${wide > 0 ? `: ${wide} pixels` : ''}`)
    await page.screenshot({ path: path.join(shots, `print-${name}.png`), fullPage: true })
  }
} finally {
  await browser.close()
}

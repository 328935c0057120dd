// Starts the demonstration, goes through it as its people do, and writes what they
// see into docs/pictures: at 360 pixels as on a phone, at 1280 as on a desk.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { enter, startDemo } from '../../tests/scenarios/articles.mjs'
import { Person, closeBrowser, openBrowser } from '../../tests/scenarios/people.mjs'
import { ROOT } from '../../tests/scenarios/signpost.mjs'

const modules = process.env.SIGNPOST_TEST_NODE_MODULES ?? path.join(ROOT, '.tools/npm/node_modules')
const sharp = createRequire(path.join(modules, 'from-here.js'))('sharp')
const folder = path.join(ROOT, 'docs/pictures')

/** Width, and the height at which a long page is cut. */
const SIZES = { 360: { width: 360, height: 740, most: 2200 }, 1280: { width: 1280, height: 900, most: 1500 } }

/** What is shown, in order: its name, and what it is. */
const SAID = []

/** What was taken; it is compressed afterwards, for the story goes on meanwhile. */
const taken = new Map()

/** `from` is where a picture begins that is not of the top of the page. */
async function take(person, name, what, from) {
  SAID.push([name, what])
  for (const [width, size] of Object.entries(SIZES)) {
    await person.page.setViewportSize({ width: size.width, height: size.height })
    const top = from ? Math.floor(await person.page.locator(from).evaluate((it) => it.getBoundingClientRect().top + scrollY)) - 16 : 0
    const height = Math.min(size.most, await person.page.evaluate(() => document.documentElement.scrollHeight) - top)
    taken.set(`${name}-${width}`, await person.page.screenshot({ fullPage: true, clip: { x: 0, y: top, width: size.width, height } }))
  }
}

async function show(demo) {
  const [managers, officers] = demo.links()
  const manager = await enter(await Person.open(demo.base), managers)
  const officer = await enter(await Person.open(demo.base), officers)
  const patient = await Person.open(demo.base)
  await demo.reaches('9:30am')

  await patient.go('/Z90101')
  await take(patient, 'patient', 'What a patient of Copperwick Street Surgery reads')
  await patient.go('/Z90101/ar')
  await take(patient, 'patient-arabic', 'The same page in Arabic')

  await manager.go('/desk')
  await take(manager, 'post-1-desk', 'Posting, step 1: the desk of a practice manager. One press on what is not working')
  await manager.go('/desk/post?system=gp-phone')
  await take(manager, 'post-2-questions', 'Step 2: what patients should do, with the usual answer chosen')
  await manager.press('Preview')
  await take(manager, 'post-3-preview', 'Step 3: the exact words for each channel, and how many it reaches')
  await manager.press(/^Publish /)
  await take(manager, 'post-4-published', 'Step 4: published, and who is told')

  await officer.go('/desk/post?system=spine')
  await officer.press('Preview')
  await officer.press(/^Publish /)
  await officer.page.locator('main').waitFor()
  await take(officer, 'approval', 'A post for the whole region waits for a second person: what changes, whom it reaches, the exact words')

  await officer.go('/board')
  await take(officer, 'board', 'The board of the region, as it is at this moment')
  await take(officer, 'board-map', 'Further down on it, the map: a tile for each place', '#places')
  // The report of 9am is signed by now; another is drafted at any time.
  await officer.go('/desk')
  const record = officer.main.locator('a[href$="/record"]', { hasText: 'GP surgery computer system' })
  const incident = (await record.first().getAttribute('href')).split('/')[3]
  await officer.go(`/desk/incidents/${incident}/reports`)
  await officer.press('Draft a report now')
  await take(officer, 'report-draft', 'A person adds what the figures do not say, and signs the report off')
  await officer.go(`${officer.page.url()}/print`)
  await take(officer, 'report', 'The situation report, made from live data, as it is printed')
}

mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith('.png')) rmSync(path.join(folder, name))
await openBrowser()
const demo = await startDemo(4)
try { await show(demo) } finally { demo.stop(); await closeBrowser() }
for (const [name, picture] of taken) writeFileSync(path.join(folder, `${name}.png`), await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toBuffer())

const bytes = readdirSync(folder).filter((name) => name.endsWith('.png')).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)
writeFileSync(path.join(folder, 'README.md'), `# Pictures

Made by \`scripts/pictures\` from the demonstration, at 360 and 1280 pixels wide; long pages are cut.
Every place and person in them is invented.

| Picture | At 360 | At 1280 |
|---|---|---|
${SAID.map(([name, what]) => `| ${what} | [${name}-360.png](${name}-360.png) | [${name}-1280.png](${name}-1280.png) |`).join('\n')}
`)
console.log(`pictures: ${SAID.length * 2} pictures, ${(bytes / 1e6).toFixed(2)} MB, in docs/pictures`)

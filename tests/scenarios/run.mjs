// The twelve scenarios of the NHS facts (reference/nhs-domain.md, part 8), end to
// end: the real binary, through the browser and the API, on both databases, with a
// clock that the scenario sets; and the articles' rows in the demonstration.
//
//   SIGNPOST_BIN=target/release/signpost node tests/scenarios/run.mjs [NUMBER…] [articles] [--sqlite|--postgres] [--keep]
//
// The far sides are those of scripts/counterparts, which must run. One line for each
// check; exit 1 when one does not hold.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { Signpost } from './signpost.mjs'
import { closeBrowser, openBrowser, pictures } from './people.mjs'

const given = process.argv.slice(2)
const keep = given.includes('--keep')
const kinds = ['sqlite', 'postgres'].filter((kind) => given.includes(`--${kind}`))
if (kinds.length === 0) kinds.push('sqlite', 'postgres')
const asked = given.filter((word) => !word.startsWith('--'))
for (const name of ['POSTGRES', 'SMTP', 'MAILDIR', 'TWILIO']) {
  if (!process.env[`SIGNPOST_TEST_${name}`]) {
    console.error('scenarios: the far sides are missing; run  eval "$(scripts/counterparts start)"  first')
    process.exit(1)
  }
}

/** `NN-name.mjs` exports `title`, `at` (when it begins) and `scenario(signpost, check)`. */
const files = readdirSync(import.meta.dirname).filter((name) => /^\d\d-.*\.mjs$/.test(name)).sort()
const scenarios = await Promise.all(files.map(async (file) => ({ number: String(parseInt(file, 10)), ...await import(path.join(import.meta.dirname, file)) })))
const chosen = scenarios.filter((it) => asked.length === 0 || asked.includes(it.number))

const failures = []
const open = []
let passed = 0
/** `check(holds, what)`; `check.open` for what the product cannot do yet: listed at the end, and counted apart. */
const checks = (label) => {
  const told = (into, mark) => (holds, what, detail = '') => {
    if (holds) passed++
    else into.push(`${label} ${what}`)
    const shown = typeof detail === 'string' ? detail : JSON.stringify(detail)
    console.log(`${holds ? 'ok  ' : mark} ${label} ${what}${holds || !shown ? '' : `: ${shown.replaceAll(/\s+/g, ' ').slice(0, 500)}`}`)
    return Boolean(holds)
  }
  return Object.assign(told(failures, 'FAIL'), { open: told(open, 'OPEN') })
}

async function play(scenario, kind) {
  const label = `${scenario.number.padStart(2)} ${kind.padEnd(8)}`
  const check = checks(label)
  const began = Date.now()
  const signpost = new Signpost(kind, scenario.number, scenario.at)
  try {
    await scenario.scenario(signpost, check)
    await signpost.cli('audit', 'verify')
  } catch (error) {
    check(false, 'the scenario goes to its end', `${error.stack ?? error}`.split('\n').slice(0, 6).join(' | '))
  } finally {
    const kept = keep || failures.some((it) => it.startsWith(label))
    await pictures(signpost)
    await signpost.stop(kept)
    console.log(`     ${label} ${scenario.title}: ${((Date.now() - began) / 1000).toFixed(1)} s${kept ? `; kept in ${signpost.work}` : ''}`)
  }
}

await openBrowser()
const began = Date.now()
try {
  await Promise.all([
    ...kinds.map(async (kind) => { for (const scenario of chosen) await play(scenario, kind) }),
    // The demonstration mostly waits, so it runs beside them.
    ...(asked.length === 0 || asked.includes('articles') ? [import('./articles.mjs').then(({ articles }) => articles(checks('articles  ')))] : []),
  ])
} finally {
  await closeBrowser()
}
for (const it of open) console.log(`not built yet: ${it}`)
for (const failure of failures) console.log(`not so: ${failure}`)
console.log(`scenarios: ${passed} held, ${failures.length} did not, ${open.length} not built yet, ${((Date.now() - began) / 1000).toFixed(0)} s`)
process.exit(failures.length > 0 || passed === 0 ? 1 : 0)

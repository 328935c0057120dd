// Given 6,220 practices, 3,606 on EMIS, 40 with their own posts. When two national
// officers approve "EMIS Web down". Then all 3,606 pages show it within 60 seconds; the
// 40 keep their local lines above it; TPP pages do not change; unknown-supplier pages
// say "not confirmed".
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Person } from './people.mjs'
import { FIXTURES, FIXTURE_FILES, ROOT, sleep } from './signpost.mjs'

export const title = 'National cascade'
export const at = '2024-07-19T06:30:00Z'

const REAL = path.join(ROOT, '../shared/data/ods')

/** The rows of a CSV file whose cells hold no line ends. */
const csv = (file) => readFileSync(file, 'utf8').replace(/^\ufeff/, '').split(/\r?\n/).filter(Boolean)
  .map((line) => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map((m) => m[2] ?? m[1]))

function country() {
  const real = existsSync(REAL)
  const named = ['epraccur_2025-11', 'edispensary_2025-04', 'etr_2026-07', 'icb_2026-04', 'ebranchs_2017-08']
  const files = real ? named.map((name) => path.join(REAL, `${name}.csv`)) : FIXTURE_FILES
  const suppliers = path.join(real ? REAL : FIXTURES, real ? 'gp_system_supplier_by_practice_c2021.csv' : 'suppliers.csv')
  const [head, ...rows] = csv(suppliers)
  const [code, supplier] = [/^ods_?code$/i, /^(supplier|system)$/i].map((name) => head.findIndex((cell) => name.test(cell.trim())))
  const uses = new Map(rows.map((row) => [row[code].trim(), { EMIS: 'emis-web', TPP: 'systmone' }[row[supplier].trim().toUpperCase()] ?? row[supplier].trim()]))
  // Active GP practices of England: status A, prescribing setting 4, a region of England.
  const active = csv(files[0]).filter((row) => row[12] === 'A' && row[25] === '4' && row[2].startsWith('Y')).map((row) => row[0])
  const on = (system) => active.filter((it) => uses.get(it) === system)
  return { real, files, uses, active, emis: on('emis-web'), tpp: on('systmone'), unknown: active.filter((it) => !uses.has(it)) }
}

/** Reads many pages, eight at a time. */
async function readAll(codes, read) {
  const out = new Map()
  const waiting = [...codes]
  await Promise.all(Array.from({ length: 8 }, async () => { for (let code; (code = waiting.pop());) out.set(code, await read(code)) }))
  return out
}

export async function scenario(signpost, check) {
  const { real, files, uses, active, emis, tpp, unknown } = country()
  const systems = signpost.file('systems.csv', ['ods_code,system', ...uses])
  await signpost.prepare({ organisations: files, systems: [systems] })
  await signpost.serve()
  const token = await signpost.token('X24', 'coordinator')
  check(real ? active.length === 6220 && emis.length === 3606 : emis.length === 39, `given ${active.length} practices, ${emis.length} of them on EMIS Web${real ? '' : ' (the invented ones: ../shared/data/ods is not here)'}`)

  // Forty with their own posts; the last of them says something that the cascade contradicts.
  const own = emis.filter((_, n) => n % Math.max(1, Math.floor(emis.length / 40)) === 0).slice(0, 40)
  for (const [n, code] of own.entries()) {
    const lines = n % 2 === 0 ? { phones: 'down' } : { attend: 'come', booking: 'normal' }
    await signpost.api(token, 'PUT', `/api/v1/organisations/${code}/lines`, { lines, message: `We say this ourselves, number ${n}.`, phone: n % 2 === 0 ? '07700 900123' : undefined })
  }
  // Of the invented ones fewer use it.
  check(own.length === Math.min(40, emis.length), `given ${own.length} with their own posts`)
  await sleep(300)
  const before = await readAll([...tpp, ...unknown], (code) => signpost.status(code))

  const writer = await Person.staff(signpost, 'X24', 'coordinator', 'First National Officer')
  const second = await Person.staff(signpost, 'X24', 'approver', 'Second National Officer')
  await writer.press(/^EMIS Web/)
  await writer.press('Preview')
  const promised = await writer.words()
  // Surgeries that are no GP practices by the file use it as well, so there may be a few more.
  const counted = Number(promised.match(/It changes ([\d,]+) pages/)?.[1].replace(',', ''))
  check(counted >= emis.length && counted < emis.length * 1.1, 'the preview counts the pages', promised.slice(0, 200))
  await writer.press(/^Publish /)
  check(/\/desk\/approvals\//.test(writer.page.url()) && (await writer.words()).includes('Somebody else has to approve it'), 'one officer alone does not publish it', writer.page.url())
  const quiet = await signpost.status(emis.at(-1))
  check(quiet.incidents.length === 0, 'nothing shows before the second officer agrees', quiet.headline)

  await second.go('/desk/approvals')
  check((await second.words()).includes('EMIS Web is not working'), 'the list of approvals calls it what it is called', (await second.words()).slice(-120))
  await second.press(second.main.locator('a[href^="/desk/approvals/"]').first())
  const seen = await second.words()
  check(/A whole region|whole region/.test(seen) && seen.includes(counted.toLocaleString('en-GB')), 'the second officer sees why it needs two, and the count', seen.slice(0, 300))
  const published = Date.now()
  await second.press('Approve and publish now')

  // Every page, again and again, until it shows it.
  const waiting = new Set(emis)
  while (waiting.size > 0 && Date.now() - published < 60_000) {
    const found = await readAll(waiting, (code) => signpost.status(code))
    for (const [code, status] of found) if (status.incidents.some((it) => it.system === 'emis-web')) waiting.delete(code)
  }
  const took = ((Date.now() - published) / 1000).toFixed(1)
  check(waiting.size === 0, `all ${emis.length} pages show it within 60 seconds (${took} s)`, [...waiting].slice(0, 5))

  const kept = await readAll(own, (code) => signpost.status(code))
  const lost = own.filter((code, n) => {
    const line = (name) => kept.get(code).lines.find((it) => it.line === name)
    const mine = n % 2 === 0 ? [['phones', 'down']] : [['attend', 'come'], ['booking', 'normal']]
    // What is as usual may go unsaid.
    return !mine.every(([name, state]) => (line(name)?.state ?? 'normal') === state && (line(name)?.said_by.code ?? code) === code)
      || !kept.get(code).lines.some((it) => it.line === 'prescriptions' && it.state === 'urgent_on_paper' && it.said_by.code === 'X24')
  })
  check(lost.length === 0, 'the 40 keep their local lines; the other lines are the national ones', lost.slice(0, 2).map((code) => kept.get(code).lines))
  const patient = await Person.open(signpost.base)
  for (const code of [own[0], own[1], own.at(-1)]) {
    await patient.go(`/${code}`)
    const text = await patient.words()
    const [local, national] = [text.indexOf('We say this ourselves'), text.indexOf('EMIS Web is not working')]
    check(local > 0 && national > local, `${code} has its own words above the national ones`, { local, national, text: text.slice(0, 300) })
  }

  const after = await readAll([...tpp, ...unknown], (code) => signpost.status(code))
  const said = (status) => JSON.stringify([status.headline, status.lines, status.incidents])
  const moved = tpp.filter((code) => said(before.get(code)) !== said(after.get(code)))
  check(tpp.length > 0 && moved.length === 0, `the ${tpp.length} TPP pages do not change`, moved.slice(0, 3))
  const sure = unknown.filter((code) => after.get(code).headline.state !== 'not_confirmed')
  check(unknown.length > 0 && sure.length === 0, `the ${unknown.length} pages of unknown suppliers say "not confirmed"`, sure.slice(0, 3))
  await patient.go(`/${unknown[0]}`)
  check(/not confirmed/i.test(await patient.words()), 'a patient reads "not confirmed" there', (await patient.words()).slice(0, 300))
  }

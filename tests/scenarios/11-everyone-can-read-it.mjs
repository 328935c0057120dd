// Given a Welsh practice and an Arabic reader on a basic phone without JavaScript. When the
// cascade lands. Then Welsh and English are both complete, Arabic runs right to left with
// numbers intact, axe finds no violations, the page stays under 60 kB, and colour carries no
// meaning alone.
import http from 'node:http'
import { PHONE, Person } from './people.mjs'
import { until } from './signpost.mjs'

export const title = 'Everyone can read it'
export const at = '2024-07-19T07:00:00Z'

/** Everything that one visit loads, in bytes on the wire (compressed, as a phone asks). */
function weigh(address) {
  return new Promise((done, no) => http.get(address, { headers: { 'accept-encoding': 'gzip, br' } }, (answer) => {
    let size = 0
    answer.on('data', (part) => { size += part.length }).on('end', () => done(size))
  }).on('error', no))
}

export async function scenario(signpost, check) {
  await signpost.prepare()
  await signpost.cli('import', 'systems', signpost.file('welsh.csv', ['ods_code,system', 'W99001,emis-web', 'W99002,emis-web']))
  await signpost.serve()
  const health = await signpost.token('7Z9', 'coordinator')
  const lines = { attend: 'come_unless_contacted', phones: 'down', booking: 'urgent_only', prescriptions: 'urgent_on_paper', records: 'on_paper', test_results: 'delayed' }
  const english = 'The heating in the waiting room works.'
  const welsh = "Mae'r gwres yn yr ystafell aros yn gweithio."
  const half = await signpost.call(health, 'POST', '/api/v1/incidents', { system: 'emis-web', lines, message: english })
  check(half.status === 422 && JSON.stringify(half.answer).includes('message'), 'in Wales English alone is refused', half)
  await signpost.api(health, 'POST', '/api/v1/incidents', { system: 'emis-web', lines, message: english, message_in: { cy: welsh } })
  await signpost.api(health, 'PUT', '/api/v1/organisations/W99001/lines', { lines: { phones: 'down' }, phone: '07700 900123' })
  await until('the cascade', 10, async () => (await signpost.line('W99001', 'booking'))?.state === 'urgent_only' && (await signpost.line('W99001', 'phones'))?.said_by.code === 'W99001')

  const reader = await Person.open(signpost.base, { ...PHONE, javaScriptEnabled: false })
  const looker = await Person.open(signpost.base, PHONE)
  const facts = {}
  for (const locale of ['en', 'cy', 'ar']) {
    const address = `/W99001${locale === 'en' ? '' : `/${locale}`}`
    await reader.go(address)
    const outside = await reader.page.evaluate(() => ({
      lang: document.documentElement.lang, dir: document.documentElement.dir, direction: getComputedStyle(document.body).direction,
      rows: document.querySelectorAll('.nhsuk-summary-list__row').length, tags: document.querySelectorAll('.nhsuk-tag').length,
      // A tag whose words are missing would leave its colour alone.
      silent: [...document.querySelectorAll('.nhsuk-tag, .sp-answer')].filter((it) => !it.textContent.trim()).length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      foreign: [...document.querySelectorAll('main [lang]')].map((it) => [it.lang, it.textContent.trim().slice(0, 60)]),
      number: (() => { const at = [...document.querySelectorAll('main a[href^="tel:"]')].find((it) => it.getAttribute('href').includes('7700900123') || it.textContent.includes('900123')); return at && { text: at.textContent, direction: getComputedStyle(at).direction, dir: at.closest('[dir]')?.dir } })(),
    }))
    facts[locale] = { ...outside, text: await reader.words() }
    check(outside.rows >= 6, `${locale}: without JavaScript every line is there`, outside.rows)
    check(outside.wide <= 0, `${locale}: nothing is wider than a small phone`, outside.wide)
    check(outside.tags > 0 && outside.silent === 0, `${locale}: every coloured tag has words`, outside.silent)
    await looker.go(address)
    const violations = await looker.axe()
    check(violations.length === 0, `${locale}: axe finds nothing`, violations)
    const size = await weigh(signpost.base + address)
    check(size > 2000 && size < 60_000, `${locale}: the page weighs ${(size / 1000).toFixed(1)} kB on the wire, under 60`, size)
    const plain = (await signpost.text(address)).length
    check(plain < 60_000, `${locale}: and ${(plain / 1000).toFixed(1)} kB unpacked`, plain)
  }
  check(facts.en.lang.startsWith('en') && facts.cy.lang === 'cy' && facts.ar.lang === 'ar', 'each page names its language')
  check(facts.en.rows === facts.cy.rows && facts.en.rows === facts.ar.rows, 'Welsh and Arabic have every line that English has', [facts.en.rows, facts.cy.rows, facts.ar.rows])
  check(facts.en.text.includes(english) && facts.cy.text.includes(welsh) && !facts.cy.text.includes(english), 'the free words are there in both, each in its own language', facts.cy.text.slice(0, 500))
  // English on the Welsh page: only what is marked, apart from names.
  const stray = ['Come to your appointment', 'Checked at', 'Next update', 'Not working', 'Phone:', 'What is working', 'Get updates'].filter((it) => facts.cy.text.includes(it))
  check(stray.length === 0, 'no built-in sentence of the Welsh page is English', stray)
  check(facts.ar.dir === 'rtl' && facts.ar.direction === 'rtl', 'Arabic runs from right to left', [facts.ar.dir, facts.ar.direction])
  check(/[\u0600-\u06ff]/.test(facts.ar.text) && facts.ar.text.replaceAll(/[\s\u00a0\u2066-\u2069]/g, '').includes('07700900123'), 'its phone number is whole, in its order', facts.ar.text.slice(0, 300))
  check(facts.ar.number && (facts.ar.number.direction === 'ltr' || facts.ar.number.dir === 'ltr'), 'and kept left to right', facts.ar.number)
  // Of an address that begins with its house number: where on the screen that stands, and where the street.
  await reader.go('/Z80010/ar')
  const places = await reader.page.evaluate(() => {
    const text = document.createTreeWalker(document.querySelector('.sp-address'), NodeFilter.SHOW_TEXT)
    while (text.nextNode()) {
      const found = text.currentNode.data.match(/(\d+) (Kestrelby)/i)
      if (!found) continue
      const left = (from, to) => { const range = document.createRange(); range.setStart(text.currentNode, from); range.setEnd(text.currentNode, to); return Math.round(range.getBoundingClientRect().left) }
      return { number: left(found.index, found.index + found[1].length), street: left(found.index + found[1].length + 1, found.index + found[0].length) }
    }
    return null
  })
  check(places && places.number < places.street, 'the house number stays before its street in the address', places)
  check(/8(:00)?/.test(facts.ar.text) || /\d/.test(facts.ar.text), 'times have digits')
  const poster = await signpost.text('/W99001/poster')
  check(/lang="cy"/.test(poster) && /lang="en/.test(poster), 'the poster has both languages')

  // Colour: the same page in grey says the same, for every state has a word of its own.
  const states = new Map()
  await looker.go('/W99001')
  for (const tag of await looker.main.locator('.nhsuk-tag').all()) {
    const colour = (await tag.getAttribute('class')).match(/nhsuk-tag--(\S+)/)?.[1] ?? 'blue'
    const text = (await tag.innerText()).trim()
    states.set(text, (states.get(text) ?? new Set()).add(colour))
  }
  check(states.size >= 3, 'the states of the lines differ by their words', [...states.keys()])
  await looker.page.emulateMedia({ forcedColors: 'active' })
  check((await looker.words()).length > 500 && (await looker.axe()).length === 0, 'with the colours of the system it reads the same')
}

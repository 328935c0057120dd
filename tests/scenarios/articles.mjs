// The rows of the articles, each on a page that the demonstration reaches. The story is
// told with a second between two steps; what is looked at is named by the sentence
// with which it is told.
//
// | Row | Address | From |
// |---|---|---|
// | EMIS down for most practices | /board, /Z90101 | 7:20am |
// | 999 unaffected, said explicitly | /Z90101 | 10:30am |
// | Paper records, handwritten prescriptions and phones | /Z90101 | 9:15am |
// | Two practices on social media | /desk/messages | 8:42am |
// | A pharmacy body asks for patience | /FZ901 | 10:20am |
// | The supplier acknowledges a third party's fault | /Z90101, /board | 7:20am |
// | Falcon, Windows, EMIS; Mac and Linux not | /Z90101 | 8:55am |
// | Epic sound but out of reach | /RZ101 | 8:30am |
// | Kiosks off, check-in by hand | /RZ101 | 9am |
// | A command centre | /desk/centres, /desk/log | 6:25am |
// | Outpatient sites shut, hospitals open | /RZ102, /RZ103, /RZ101 | 9:10am |
// | Counters, mobile access, weeks to restore | /RZ3 and its recovery | 9:25am |
// | A national statement that changed | /Z90102 | 10:30am, 1:28pm |
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Person } from './people.mjs'
import { BINARY, freePort, sleep, until, words } from './signpost.mjs'

/** `signpost demo` with so many seconds between two steps of its story. */
export async function startDemo(pace) {
  const port = await freePort()
  const work = mkdtempSync(path.join(os.tmpdir(), 'signpost-story-'))
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('SIGNPOST_')))
  const child = spawn(BINARY, ['demo', '--listen', `127.0.0.1:${port}`, '--pace', String(pace)], { cwd: work, env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (data) => { said += data })
  child.stderr.on('data', (data) => { said += data })
  const demo = {
    base: `http://localhost:${port}`,
    said: () => said,
    links: () => [...said.matchAll(/http\S+\/sign-in\/[\w-]+/g)].map((m) => m[0]),
    /** Waits until the story has come to the step that is told so. */
    async reaches(words, seconds = 120) {
      await until(`the story to say "${words}"`, seconds, () => {
        if (child.exitCode !== null) throw new Error(`signpost demo ended: ${said.slice(-1500)}`)
        return said.includes(words)
      })
      await sleep(350)
    },
    text: async (address) => words(await (await fetch(demo.base + address)).text()),
    status: async (code) => (await fetch(`${demo.base}/${code}/status.json`)).json(),
    stop() { child.kill('SIGTERM'); rmSync(work, { recursive: true, force: true }) },
  }
  await until('the demonstration', 60, () => said.includes('The story goes on by itself')).catch((error) => { demo.stop(); throw error })
  return demo
}

/** Signs in by a printed link. */
export async function enter(person, link) {
  await person.go(link)
  for (const field of await person.page.locator('input[type=password]').all()) await field.fill('three lamps on a wet platform')
  await person.press('Save and sign in')
  return person
}

export async function articles(check) {
  const began = Date.now()
  const demo = await startDemo(1)
  try {
    const [managers, officers] = demo.links()
    const officer = await enter(await Person.open(demo.base), officers)
    const manager = await enter(await Person.open(demo.base), managers)
    const row = async (name, test) => {
      try { const [holds, detail] = await test(); check(holds, name, detail) } catch (error) { check(false, name, `${error.message}`.slice(0, 300)) }
    }
    const line = async (code, name) => (await demo.status(code)).lines.find((it) => it.line === name)?.state
    const said = async (address, ...patterns) => { const text = await demo.text(address); return [patterns.every((it) => it.test(text)), `${address}: ${patterns.filter((it) => !it.test(text))} is not in ${text.slice(0, 900)}`] }

    // What had happened by 9:02am.
    await row('EMIS is down for most practices', async () => {
      await officer.go('/board?scope=Y90')
      const text = await officer.words()
      const codes = Array.from({ length: 12 }, (_, n) => `Z901${String(n + 1).padStart(2, '0')}`).concat(Array.from({ length: 8 }, (_, n) => `Z902${String(n + 1).padStart(2, '0')}`))
      const down = (await Promise.all(codes.map((code) => demo.status(code)))).filter((it) => it.incidents.some((one) => one.system === 'emis-web')).length
      return [down > codes.length / 2 && text.includes('GP surgery computer system is not working'), `${down} of ${codes.length}; ${text.slice(0, 300)}`]
    })
    await row('Falcon stops Windows computers, and with them EMIS; Mac and Linux are unaffected', async () => {
      const status = await demo.status('Z90101')
      const systems = status.incidents.map((it) => it.system)
      const [holds, detail] = await said('/Z90101', /Windows/, /Mac and Linux computers work/)
      return [holds && systems.includes('falcon') && systems.includes('emis-web'), `${systems}; ${detail}`]
    })
    await row('Epic is sound but out of reach', () => said('/RZ101', /Your records are safe, but most of our computers cannot reach them/))
    await row('kiosks are off and patients check in by hand', async () => [await line('RZ101', 'check_in') === 'at_the_desk', (await said('/RZ101', /The check-in screens are off. Tell reception that you have arrived/))[1]])
    await row('two practices tell their patients on social media', async () => {
      const posts = []
      for (const channel of ['mastodon', 'bluesky']) {
        await officer.go(`/desk/messages?channel=${channel}`)
        posts.push(await officer.words())
      }
      const by = (name) => posts.filter((it) => it.includes(`${name}:`)).length
      return [by('Copperwick Street Surgery') > 0 && by('Wrenmouth Family Practice') > 0 && posts.every((it) => it.includes('We can only see urgent problems today')), posts.join(' | ').slice(300)]
    })
    await row('a command centre sees every site of the region', async () => {
      await officer.go('/board?scope=Y90&view=table')
      const [board, log] = [await officer.words(), (await officer.go('/desk/log?whose=below'), await officer.words())]
      return [board.includes('Saltmere Royal Hospital') && board.includes('Lanternfield Pharmacy Saltmere') && /command centre/.test(log), log.slice(0, 400)]
    })
    // A set of organisations with a name and dates, which is no level of the tree.
    await row('the command centre is a named set of organisations', async () => {
      await officer.go('/desk/centres')
      await officer.press('Copperdale Command Centre')
      const text = await officer.words()
      await officer.press('The board of this centre')
      const board = await officer.words()
      return [['RZ1', 'RZ3', 'Z90101', 'FZ901'].every((code) => text.includes(code)) && /A command centre\./.test(board), `${text.slice(0, 400)} ${board.slice(0, 300)}`]
    })

    await demo.reaches('9:10am')
    await row('outpatient sites are shut and the hospital is open', async () => {
      const shut = await Promise.all(['RZ102', 'RZ103'].map(async (code) => await line(code, 'outpatients') === 'closed' && await line(code, 'attend') === 'do_not_come'))
      const open = await demo.status('RZ101')
      return [shut.every(Boolean) && open.headline.state !== 'closed' && (await said('/RZ102', /Saltmere Royal Hospital is open/))[0], open.headline]
    })
    await demo.reaches('9:15am')
    await row('paper records, handwritten prescriptions and phones are the fall-back', async () => {
      const [holds, detail] = await said('/Z90101', /using paper notes/i, /urgent prescriptions, on paper/i, /Phone: 01632 960101/)
      return [holds && await line('Z90101', 'records') === 'on_paper' && await line('Z90101', 'prescriptions') === 'urgent_on_paper', detail]
    })
    await demo.reaches('9:27am')
    await row('counters of servers and computers; records can be read on phones; weeks to restore', async () => {
      await officer.go('/board?scope=RZ3')
      const board = await officer.words()
      const incident = (await demo.status('RZ3')).incidents.find((it) => /computer systems are away/.test(it.title))
      await officer.go(`/desk/incidents/${incident?.id}/recovery`)
      const text = await officer.words()
      const [holds, detail] = await said('/RZ3', /read your records on their phones/, /may take weeks/)
      return [holds && /15,000/.test(text) && /150,000/.test(text) && board.length > 0, `${text.slice(0, 400)} ${detail}`]
    })
    await demo.reaches('10am. Pharmacies')
    await demo.reaches('10:20am')
    await row('a pharmacy body asks for patience', () => said('/FZ901', /The Counter Federation says/i, /be patient with your pharmacy/i))
    await demo.reaches('10:30am')
    await row('999 is unaffected, and the page says so', () => said('/Z90101', /999 are not affected/, /Call 999 now if/))
    await row('the supplier acknowledges a fault that is not its own', () => said('/Z90101', /Optum|EMIS Health|supplier says/i, /Optum said|supplier|third party/i))
    await row('the national statement stands on the page, and who said it', () => said('/Z90102', /Contact your GP surgery in the usual way/, /NHS England/))
    await demo.reaches('1:28pm')
    await row('it changes during the day, and both versions can be read with their times', () => said('/Z90102', /1:28pm[\s\S]{0,200}only if it is urgent/, /10:30am[\s\S]{0,200}in the usual way/))
    await row('what the page said before the change can be shown exactly', async () => {
      await manager.go('/desk/organisations/Z90101/at/page?time=2024-07-19T10:00:00Z')
      const text = await manager.page.locator('body').innerText()
      return [/in the usual way/.test(text) && !/only if it is urgent/.test(text), text.slice(0, 300)]
    })
    await demo.reaches('8am. The region closes')
    await demo.reaches('Pharmacies are back to normal')
    await row('in the end every page is back to normal, and says when it was checked', async () => {
      const open = await Promise.all(['Z90101', 'Z90104', 'Z90201', 'RZ101', 'RZ2', 'FZ901'].map(async (code) => [code, (await demo.status(code)).headline]))
      return [open.every(([, it]) => it.state === 'normal'), open.filter(([, it]) => it.state !== 'normal')]
    })
    check(!/stops at/.test(demo.said()), 'the story is told to its end', demo.said().slice(-300))
  } catch (error) {
    check(false, 'the rows are looked at to the end', error.message)
  } finally {
    demo.stop()
    console.log(`     articles   ${((Date.now() - began) / 1000).toFixed(1)} s`)
  }
}

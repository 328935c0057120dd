// The binary under test: a database of its own, a clock that the scenario sets,
// the command line and the API. The product knows nothing of this clock: it comes
// from libfaketime, which stands between the process and the C library.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const ROOT = path.resolve(import.meta.dirname, '../..')
export const BINARY = path.resolve(process.env.SIGNPOST_BIN ?? path.join(ROOT, 'target/release/signpost'))
export const FIXTURES = path.join(ROOT, 'tests/fixtures/ods')
export const FIXTURE_FILES = ['epraccur', 'edispensary', 'etr', 'ebranchs', 'icb'].map((name) => path.join(FIXTURES, `${name}.csv`))
/** Ofcom's drama range: nobody has this number. */
export const SENDER = '+447700900999'
export const ACCOUNT = 'AC' + '5'.repeat(32)
export const AUTH_TOKEN = 'scenarios-auth-token'

const MINUTE = 60_000
const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib') : []
const preload = folders.map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`).find((file) => existsSync(file))
if (!preload) {
  console.error('scenarios: libfaketime is missing; run scripts/tools/setup')
  process.exit(1)
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Waits until `test` gives something; the last error or answer is in the message. */
export async function until(what, seconds, test) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await test()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await sleep(60)
  }
}

export const freePort = () => new Promise((done, no) => {
  const server = net.createServer().once('error', no)
  server.listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)) })
})

const POSTGRES = process.env.SIGNPOST_TEST_POSTGRES

export class Signpost {
  /** `kind` is sqlite or postgres, `at` the moment at which it begins (RFC 3339). */
  constructor(kind, name, at) {
    this.kind = kind
    this.work = mkdtempSync(path.join(os.tmpdir(), `signpost-scenario-${name}-${kind}-`))
    this.mark = `${kind[0]}${name}${process.pid}${Math.floor(Math.random() * 1e4)}`.toLowerCase()
    this.others = []
    this.setClock(at)
    this.settings = {}
  }

  // ---- the clock ---------------------------------------------------------------

  /** From now on it is `at`, and time goes on from there. All processes share it. */
  setClock(at) {
    this.ahead = Date.parse(at) - Date.now()
    const file = path.join(this.work, 'clock')
    writeFileSync(`${file}.new`, `${this.ahead < 0 ? '' : '+'}${(this.ahead / 1000).toFixed(3)}`)
    renameSync(`${file}.new`, file)
  }

  now() { return new Date(Date.now() + this.ahead) }

  /** So many minutes later. */
  later(minutes) { this.setClock(new Date(this.now().getTime() + minutes * MINUTE).toISOString()) }

  /** `now` and so many minutes, as the API takes it. */
  in(minutes) { return new Date(this.now().getTime() + minutes * MINUTE).toISOString() }

  // ---- the processes -------------------------------------------------------------

  get environment() {
    const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('SIGNPOST_') && !key.startsWith('AWS_')))
    return {
      ...clean,
      LD_PRELOAD: preload,
      FAKETIME_TIMESTAMP_FILE: path.join(this.work, 'clock'),
      // The file is read at each look at the clock; timers, which run on the monotonic clock, are left alone.
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      SIGNPOST_DATABASE_URL: this.database,
      SIGNPOST_SECRET_KEY_FILE: path.join(this.work, 'signpost.key'),
      SIGNPOST_SNAPSHOT_FILE: path.join(this.work, 'signpost.snapshot'),
      ...(this.base ? { SIGNPOST_BASE_URL: this.base } : {}),
      ...this.settings,
    }
  }

  /** Makes the database and imports what the scenario is about. */
  async prepare({ organisations = FIXTURE_FILES, systems = [path.join(FIXTURES, 'systems.csv')] } = {}) {
    this.port = await freePort()
    this.base = `http://127.0.0.1:${this.port}`
    if (this.kind === 'sqlite') this.database = `sqlite://${path.join(this.work, 'signpost.db')}`
    else {
      this.schema = `scenario_${this.mark}`
      await this.psql(`create schema ${this.schema}`)
      this.database = `${POSTGRES}${POSTGRES.includes('?') ? '&' : '?'}options[search_path]=${this.schema}`
    }
    await this.cli('migrate')
    await this.cli('import', 'organisations', ...organisations)
    for (const file of systems) await this.cli('import', 'systems', file)
  }

  psql(statement) { return run('psql', ['-qtA', POSTGRES, '-c', statement]) }

  /** A command that ends by itself; its standard output. */
  async cli(...command) {
    try {
      return (await run(BINARY, command, { cwd: this.work, env: this.environment, maxBuffer: 1 << 26 })).stdout.trim()
    } catch (error) {
      throw new Error(`signpost ${command.slice(0, 2).join(' ')}: ${error.stderr || error.stdout || error.message}`)
    }
  }

  /** Writes a file for the command line. */
  file(name, rows) {
    const file = path.join(this.work, name)
    writeFileSync(file, `${rows.map((row) => (Array.isArray(row) ? row.join(',') : row)).join('\n')}\n`)
    return file
  }

  async subscribe(rows) {
    return this.cli('import', 'subscribers', this.file('people.csv', ['contact,channel,locale,organisation', ...rows]))
  }

  async serve() {
    const log = openSync(path.join(this.work, 'server.log'), 'a')
    this.process = spawn(BINARY, ['serve', '--listen', `127.0.0.1:${this.port}`], { cwd: this.work, env: this.environment, stdio: ['ignore', log, log] })
    await until('the server to be ready', 60, async () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.log().slice(-1500)}`)
      return fetch(`${this.base}/health/ready`).then((answer) => answer.ok, () => false)
    })
  }

  log() { return readFileSync(path.join(this.work, 'server.log'), 'utf8') }

  /** A far side of this scenario's own, which ends with it. */
  spawn(command, args, options = {}) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options })
    this.others.push(child)
    return child
  }

  async halt() {
    if (!this.process || this.process.exitCode !== null) return
    const ended = new Promise((done) => this.process.once('exit', done))
    this.process.kill('SIGTERM')
    const forced = setTimeout(() => this.process.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(forced)
  }

  async stop(keep) {
    await this.halt()
    for (const other of this.others) other.kill?.('SIGTERM')
    if (this.schema) await this.psql(`set client_min_messages = error; drop schema ${this.schema} cascade`)
    if (!keep) rmSync(this.work, { recursive: true, force: true })
  }

  // ---- the API and the pages -------------------------------------------------------

  token(organisation, role, name = role) {
    return this.cli('token', 'create', '--organisation', organisation, '--role', role, '--name', name)
  }

  /** A call; the body of the answer, or an error when the status is another. */
  async api(token, method, address, body, wanted = method === 'POST' ? 201 : 200) {
    const { status, answer } = await this.call(token, method, address, body)
    if (status !== wanted) throw new Error(`${method} ${address}: ${status} ${JSON.stringify(answer).slice(0, 600)}`)
    return answer
  }

  /** A call that may be refused. */
  async call(token, method, address, body) {
    const answer = await fetch(this.base + address, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    try { return { status: answer.status, answer: text ? JSON.parse(text) : {} } } catch { return { status: answer.status, answer: text } }
  }

  async status(code) { return (await fetch(`${this.base}/${code}/status.json`)).json() }

  async text(address) { return (await fetch(this.base + address)).text() }

  /** What a page of `code` says about one line. */
  async line(code, line) { return (await this.status(code)).lines.find((it) => it.line === line) }

  /** Waits until everything that an update sends has come to an end. */
  async sent(token, update, seconds = 60) {
    return until(`update ${update} to be sent`, seconds, async () => {
      const { counts } = await this.api(token, 'GET', `/api/v1/updates/${update}/deliveries`)
      const all = Object.values(counts)
      const waiting = all.reduce((sum, it) => sum + (it.queued ?? 0) + (it.sending ?? 0) + (it.unknown ?? 0), 0)
      return waiting === 0 && all.some((it) => Object.values(it).some((n) => n > 0)) ? counts : null
    })
  }
}

/** The plain words of HTML. */
export function words(html) {
  return html.replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/&nbsp;/g, ' ').replace(/&#39;|&#x27;|&rsquo;/g, "'").replace(/&quot;/g, '"').replace(/&amp;/g, '&')
    .replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim()
}

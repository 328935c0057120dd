// The far sides that messages go to. What nobody here wrote comes from
// scripts/counterparts; a supplier that fails is scripts/tools/sink.py.
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { ACCOUNT, AUTH_TOKEN, ROOT, SENDER, freePort, until } from './signpost.mjs'

const run = promisify(execFile)
const tools = path.join(ROOT, 'scripts/tools')

const answers = (url) => fetch(url).then((answer) => answer.status < 500, () => false)

function twilio(signpost, port) {
  Object.assign(signpost.settings, {
    SIGNPOST_SMS__PROVIDER: 'twilio', SIGNPOST_SMS__TWILIO__BASE_URL: `http://127.0.0.1:${port}`, SIGNPOST_SMS__TWILIO__ACCOUNT_SID: ACCOUNT,
    SIGNPOST_SMS__TWILIO__AUTH_TOKEN: AUTH_TOKEN, SIGNPOST_SMS__TWILIO__FROM: SENDER,
  })
}

/** What is written whole: the last line may be half there while somebody writes it. */
const lines = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1).filter(Boolean).map((line) => JSON.parse(line)) : [])

/** Text messages by Twilio's description, served by Prism; each is `{to, body}`. */
export async function texts(signpost) {
  const port = await freePort()
  const ledger = path.join(signpost.work, 'texts.jsonl')
  signpost.spawn('python3', [path.join(tools, 'record_proxy.py'), '--listen', String(port), '--mock', process.env.SIGNPOST_TEST_TWILIO, '--ledger', ledger, '--token', AUTH_TOKEN])
  await until('the recording proxy', 20, () => answers(`http://127.0.0.1:${port}/health`))
  twilio(signpost, port)
  return () => lines(ledger).filter((entry) => entry.kind === 'message' && entry.status === 201)
}

/** A Twilio that fails as `faults` say; gives how often each fault struck. */
export async function failingTexts(signpost, faults) {
  const [port, smtp] = [await freePort(), await freePort()]
  const ledger = path.join(signpost.work, 'failing.jsonl')
  signpost.spawn('python3', [path.join(tools, 'sink.py'), '--http', String(port), '--smtp', String(smtp), '--seed', '1', '--ledger', ledger, '--faults', JSON.stringify(faults)])
  await until('the failing supplier', 20, () => answers(`http://127.0.0.1:${port}/count`))
  twilio(signpost, port)
  return { taken: () => lines(ledger), counts: async () => (await fetch(`http://127.0.0.1:${port}/count`)).json() }
}

/** GOV.UK Notify, of which there is no server to install: it takes texts whose token its key signed. */
export async function notify(signpost) {
  const port = await freePort()
  const [service, secret] = ['11111111-2222-4333-8444-555555555555', '66666666-7777-4888-8999-aaaaaaaaaaaa']
  const taken = []
  const server = http.createServer(async (request, answer) => {
    let text = ''
    for await (const part of request) text += part
    const [head, claims, signature] = (request.headers.authorization ?? '').replace('Bearer ', '').split('.')
    const mine = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')
    const say = (status, body) => { answer.writeHead(status, { 'Content-Type': 'application/json' }); answer.end(JSON.stringify(body)) }
    if (signature !== mine) return say(403, { status_code: 403, errors: [{ error: 'AuthError', message: 'Invalid token: signature, api token not found' }] })
    if (request.method !== 'POST') return say(200, { notifications: taken.filter((it) => request.url.includes(it.reference)), links: {} })
    const sent = JSON.parse(text)
    const id = crypto.randomUUID()
    taken.push({ id, to: sent.phone_number ?? sent.email_address, body: sent.personalisation.message, reference: sent.reference, status: 'delivered' })
    return say(201, { id, reference: sent.reference, content: { body: sent.personalisation.message, from_number: 'GOVUK' }, uri: `/v2/notifications/${id}`, template: { id: sent.template_id, version: 1, uri: '' } })
  })
  await new Promise((done) => { server.listen(port, '127.0.0.1', done) })
  signpost.others.push({ kill: () => { server.closeAllConnections(); server.close() } })
  Object.assign(signpost.settings, { SIGNPOST_NOTIFY__BASE_URL: `http://127.0.0.1:${port}`, SIGNPOST_NOTIFY__API_KEY: `scenarios-${service}-${secret}`, SIGNPOST_NOTIFY__SMS_TEMPLATE: crypto.randomUUID(), SIGNPOST_NOTIFY__RECEIPT_TOKEN: 'scenarios-receipts' })
  return () => taken
}

/** A real mail server; each letter is `{to, subject, text, html, headers}`. */
export function mail(signpost) {
  Object.assign(signpost.settings, { SIGNPOST_EMAIL__URL: process.env.SIGNPOST_TEST_SMTP, SIGNPOST_EMAIL__FROM: 'Signpost <status@example.org>' })
  return async () => JSON.parse((await run('python3', [path.join(import.meta.dirname, 'letters.py'), process.env.SIGNPOST_TEST_MAILDIR, signpost.mark], { maxBuffer: 1 << 27 })).stdout)
}

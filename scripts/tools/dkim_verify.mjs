// The same as dkim_verify.py, with mailauth.
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(path.join(process.env.SIGNPOST_TEST_NODE_MODULES, 'from-here.js'))
const { dkimVerify } = require('mailauth/lib/dkim/verify')

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { keys, messages } = JSON.parse(Buffer.concat(chunks).toString())
const resolver = async (name) => {
  if (!keys[name]) throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' })
  return [[keys[name]]]
}

const answers = []
for (const message of messages) {
  const { results } = await dkimVerify(Buffer.from(message, 'base64'), { resolver, minBitLength: 1024 })
  answers.push(results.map((r) => [r.status.result === 'pass', (r.signingHeaders?.keys ?? '').toLowerCase()]))
}
console.log(JSON.stringify(answers))

// A real Bluesky server (PDS) with its own PLC directory, in memory, on
// loopback only.  node pds.mjs PDS_PORT PLC_PORT
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'

const modules = process.env.SIGNPOST_TEST_NODE_MODULES
  ?? path.resolve(import.meta.dirname, '../../.tools/npm/node_modules')
const require = createRequire(path.join(modules, 'from-here.js'))
const [pds, plc] = process.argv.slice(2).map(Number)

// The packages listen on every interface and offer no option: name loopback.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'number') return listen.call(this, { port: first, host: '127.0.0.1' }, ...rest.filter((r) => typeof r === 'function'))
  return listen.call(this, first, ...rest)
}

const { TestNetworkNoAppView } = require('@atproto/dev-env')
const network = await TestNetworkNoAppView.create({ pds: { port: pds }, plc: { port: plc } })
console.log(`pds is listening on http://localhost:${pds}`)

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => network.close().finally(() => process.exit(0)))
}

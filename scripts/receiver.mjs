#!/usr/bin/env node
// The reference receiver of the open endpoint, on its own: npm run receiver -- --port 8787 --dir received --secret-file
// secret.txt
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Receiver } from '../src/main/practice-cms/receiver.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    dir: { type: 'string', default: 'received' },
    'secret-file': { type: 'string' },
    key: { type: 'string', multiple: true, default: [] },
    name: { type: 'string', default: 'Reference receiver' }
  }
})

const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) stop(`--port ${values.port} is not a port number.`)
const secret = values['secret-file'] === undefined ? null : readFileSync(values['secret-file'], 'utf8').trim()
if (secret === '') stop('The secret file is empty.')
// --key NAME=FILE, once for each desk, and twice for a desk whose secret is being changed.
const keys = values.key.map((text) => {
  const [, id, file] = /^([^=\s"\\]+)=(.+)$/.exec(text) ?? stop(`--key ${text} is not NAME=FILE.`)
  return { id, secret: readFileSync(file, 'utf8').trim() }
})

const receiver = await Receiver.start({
  folder: resolve(values.dir),
  port,
  name: values.name,
  secret,
  keys,
  log: (line) => console.error(line)
}).catch((error) =>
  stop(error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with --port.` : error.message)
)
console.log(
  `Pages     ${receiver.url}/\nEndpoint  ${receiver.endpoint}${secret === null && keys.length === 0 ? '\nAnybody on this machine may publish: give --secret-file to ask for signatures.' : ''}`
)

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void receiver.stop().then(() => process.exit(0)))

function stop(message) {
  console.error(message)
  process.exit(2)
}

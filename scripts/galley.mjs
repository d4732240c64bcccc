// npm run --silent galley -- <command>: Galley's command line, built first where it is not, under a Node that can run
// it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuild } from './lib/build.mjs'
import { out, requireNode } from './lib/places.mjs'

const node = requireNode()
// Standard output is for results: whatever the build has to say goes to the other one.
const write = process.stdout.write
process.stdout.write = process.stderr.write.bind(process.stderr)
await ensureBuild(node)
process.stdout.write = write

const child = spawn(node, ['--enable-source-maps', join(out, 'main/cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit'
})
// Ctrl+C reaches the command itself; it ends in its own time, and this with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal)
  })
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

// npm run test:peers [-- --all | --only ghost] [--ghost 5] [--schedules | --matrix]: stories through a real WordPress, and a real
// Ghost with --all, with trouble at every request and the desk killed around it. What this machine cannot bring is said
// and left out.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { requireNode, root } from './lib/places.mjs'

const child = spawn(requireNode(), [join(root, 'tests/peers/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
child.on('close', (code) => {
  process.exitCode = code ?? 1
})

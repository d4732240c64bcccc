// npm run test:faults -- [quick] [SEED]: breaks libraries in every way that is known, and counts what held.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { requireNode, root } from './lib/places.mjs'

const child = spawn(requireNode(), [join(root, 'tests/faults/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
child.on('close', (code) => {
  process.exitCode = code ?? 1
})

// npm run check: what has to hold before a commit, quickest first, in about a minute. `npm test` is the whole of it.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { requireNode, root } from './lib/places.mjs'

const bin = (path) => join(root, 'node_modules', path)
const steps = [
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['lint', [bin('oxlint/bin/oxlint')]],
  ['walls', [join(root, 'scripts/check-walls.mjs')]],
  ['expressions', [join(root, 'scripts/check-expressions.mjs')]],
  ['types', [bin('typescript/bin/tsc'), '-b']],
  ['unused code and dependencies', [bin('knip/bin/knip.js')]],
  [
    'quick tests',
    [bin('vitest/vitest.mjs'), 'run', '--reporter=dot', 'tests/shared', 'tests/renderer', 'tests/walls', 'tests/words']
  ]
]

const node = requireNode()
const failed = steps.filter(([name, command]) => {
  console.log(`== ${name}`)
  return spawnSync(node, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0
})
console.log(failed.length === 0 ? 'All is well.' : `Not well: ${failed.map(([name]) => name).join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1

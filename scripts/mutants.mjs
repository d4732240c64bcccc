// npm run test:mutants: changes one thing at a time in the rules of publishing, saving and times, and looks whether a
// test notices. `-- --minutes N` (20 at most), `-- --file PART` for some files only, `-- --seed N` for another sample.
// A change that no test notices is printed with its place; the score is the share that was noticed.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseSync } from 'oxc-parser'
import { requireNode, root } from './lib/places.mjs'

/** What is changed, and the tests that must notice. */
const subjects = [
  ...['machine', 'onwards', 'look-up', 'asked'].map((part) => ({
    file: `src/main/core/publishing/outbox-${part}.ts`,
    tests: ['machine', 'machine-decisions', 'handing-over-machine'].map(
      (name) => `tests/core/publishing/${name}.test.ts`
    )
  })),
  {
    file: 'src/renderer/features/story/autosave.ts',
    tests: ['tests/renderer/autosave.test.ts', 'tests/renderer/autosave-property.test.ts']
  },
  { file: 'src/shared/formats/zoned-time.ts', tests: ['tests/shared/formats'] },
  {
    file: 'src/shared/story/status.ts',
    tests: ['tests/shared/story-model.test.ts', 'tests/core/stories/stories.test.ts']
  }
]

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    file: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' }
  }
})
const node = requireNode()
const end = Date.now() + Math.min(20, Number(values.minutes)) * 60_000
const chosen = subjects.filter(({ file }) => file.includes(values.file))
const sum = { noticed: 0, missed: 0, left: 0 }

for (const subject of chosen) {
  const path = join(root, subject.file)
  const text = readFileSync(path, 'utf8')
  if (!noticed(subject.tests, false)) {
    console.log(`${subject.file}: its tests fail without any change`)
    process.exitCode = 1
    continue
  }
  const mutants = shuffled(mutantsOf(subject.file, text), Number(values.seed))
  const share = Date.now() + (end - Date.now()) / (chosen.length - chosen.indexOf(subject))
  const here = { noticed: 0, missed: 0, left: 0 }
  try {
    for (const { start, stop, news } of mutants) {
      if (Date.now() > share) here.left += 1
      else {
        writeFileSync(path, text.slice(0, start) + news + text.slice(stop))
        if (noticed(subject.tests, true)) here.noticed += 1
        else {
          here.missed += 1
          const line = text.slice(0, start).split('\n').length
          console.log(`${subject.file}:${line}: ${text.slice(start, stop)} → ${news} is not noticed`)
        }
      }
    }
  } finally {
    writeFileSync(path, text)
  }
  console.log(`${subject.file}: ${here.noticed} noticed, ${here.missed} not, ${here.left} not tried`)
  for (const key of Object.keys(sum)) sum[key] += here[key]
}
const tried = sum.noticed + sum.missed
console.log(
  `score ${tried === 0 ? 0 : Math.round((100 * sum.noticed) / tried)} % of ${tried} changes; ${sum.left} not tried`
)

/** @returns {boolean} whether the tests fail, or, without a change, whether they pass */
function noticed(tests, changed) {
  const { status } = spawnSync(
    node,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', '--reporter=dot', ...tests],
    { cwd: root, stdio: 'ignore', timeout: changed ? 120_000 : 600_000 }
  )
  return changed ? status !== 0 : status === 0
}

/** One change each: a comparison turned, a condition negated, a number moved, a flag flipped, a call's effect dropped. */
function mutantsOf(file, text) {
  const turned = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===', '&&': '||', '||': '&&' }
  const moved = { '+': '-', '-': '+', '*': '/', '/': '*' }
  const found = []
  const add = (start, stop, news) => found.push({ start, stop, news })
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (!node || typeof node !== 'object') return
    if (node.type?.startsWith('TS')) return
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      const other = turned[node.operator] ?? moved[node.operator]
      const at = text.indexOf(node.operator, node.left.end)
      if (other && at < node.right.start) add(at, at + node.operator.length, other)
    }
    if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') {
      const { start, end } = node.test
      add(start, end, `!(${text.slice(start, end)})`)
    }
    if (node.type === 'Literal' && typeof node.value === 'number') add(node.start, node.end, String(node.value + 1))
    if (node.type === 'Literal' && typeof node.value === 'boolean') add(node.start, node.end, String(!node.value))
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child)
  }
  visit(parseSync(file, text).program)
  return found
}

function shuffled(list, seed) {
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

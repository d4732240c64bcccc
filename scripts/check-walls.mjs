// Holds every import of the source against the walls (scripts/lib/walls.mjs), and finds circles, type-only ones too.
// `node scripts/check-walls.mjs [FOLDER]`; prints a line for each violation and ends with 1 when there is one.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import { wallBetween, wallToPackage } from './lib/walls.mjs'

const folder = process.argv[2] ?? join(import.meta.dirname, '..')
const files = globSync('src/**/*.{ts,tsx}', { cwd: folder })
  .map((file) => file.replaceAll('\\', '/'))
  .sort()
/** @type {Map<string, Set<string>>} */
const graph = new Map()
/** @type {string[]} */
const found = []

for (const file of files) {
  const text = readFileSync(join(folder, file), 'utf8')
  const goals = new Set()
  for (const { name, at } of importsOf(file, text)) {
    const line = text.slice(0, at).split('\n').length
    const goal = name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), name.split('?')[0])) : null
    if (goal !== null && !/\.tsx?$/.test(goal)) continue
    const wall = goal === null ? wallToPackage(file, packageOf(name)) : wallBetween(file, goal)
    if (wall) found.push(`${file}:${line}: ${wall} (${name})`)
    if (goal !== null && existsSync(join(folder, goal))) goals.add(goal)
  }
  graph.set(file, goals)
}
for (const circle of circles()) found.push(`${circle[0]}:1: imports run in a circle: ${circle.join(' → ')}`)

for (const line of found) console.log(line)
if (found.length > 0) process.exitCode = 1

/** @returns {{ name: string, at: number }[]} */
function importsOf(file, text) {
  const { module, errors } = parseSync(file, text)
  if (errors.length > 0) return [{ name: `a file that parses (${errors[0].message})`, at: 0 }]
  return [
    ...module.staticImports.map(({ moduleRequest }) => ({ name: moduleRequest.value, at: moduleRequest.start })),
    ...module.staticExports
      .flatMap(({ entries }) => entries)
      .flatMap(({ moduleRequest }) => (moduleRequest ? [{ name: moduleRequest.value, at: moduleRequest.start }] : [])),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      name: text.slice(start + 1, end - 1),
      at: start
    })),
    // import('…') as a type.
    ...[...text.matchAll(/import\('([^']+)'\)/g)].map((match) => ({ name: match[1] ?? '', at: match.index }))
  ]
}

function packageOf(name) {
  if (name.startsWith('node:')) return name
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Tarjan's strongly connected components with more than one file. */
function circles() {
  const index = new Map()
  const low = new Map()
  const stack = []
  const result = []
  const visit = (file) => {
    index.set(file, index.size)
    low.set(file, index.get(file))
    stack.push(file)
    for (const goal of graph.get(file) ?? []) {
      if (!index.has(goal)) {
        visit(goal)
        low.set(file, Math.min(low.get(file), low.get(goal)))
      } else if (stack.includes(goal)) low.set(file, Math.min(low.get(file), index.get(goal)))
    }
    if (low.get(file) !== index.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1) result.push(circle)
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return result
}

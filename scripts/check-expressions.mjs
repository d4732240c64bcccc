// Holds every regular expression over foreign text to linear time: in pages, pasted HTML, story files, names. One that
// takes the square of its input is a page that hangs Galley. `node scripts/check-expressions.mjs [FOLDER]`; prints a
// line for each, and ends with 1 when there is one. An expression that only ever sees a short text may stand, under a
// comment that says so: "Over 300 characters at most."
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RegExpParser } from '@eslint-community/regexpp'
import { parseSync } from 'oxc-parser'
import { analyse } from 'scslre'

/** Where text that others wrote is read. */
const FOREIGN = [
  'src/shared/intake',
  'src/shared/document',
  'src/shared/formats',
  'src/shared/lib',
  'src/shared/story',
  'src/main/core/intake',
  'src/main/core/media',
  'src/renderer/editor/clipboard'
]
/** The pure ones, which can be loaded to see what they put together from parts. */
const LOADED = ['src/shared/intake', 'src/shared/document', 'src/shared/formats', 'src/shared/lib', 'src/shared/story']
const BOUNDED = /\bOver [\d,]+ characters at most\b/

const folder = process.argv[2] ?? join(import.meta.dirname, '..')
/** @type {Set<string>} */
const found = new Set()

for (const file of filesIn(FOREIGN)) {
  const text = readFileSync(join(folder, file), 'utf8')
  const lines = text.split('\n')
  for (const { start, regex } of literalsOf(parseSync(file, text).program)) {
    const line = text.slice(0, start).split('\n').length
    if (BOUNDED.test(lines.slice(Math.max(0, line - 4), line).join('\n'))) continue
    judge(`${file}:${line}`, regex.pattern, regex.flags)
  }
}
await judgeBuilt()

for (const line of found) console.log(line)
if (found.size > 0) process.exitCode = 1

/** @type {(where: string, pattern: string, flags: string) => void} */
function judge(where, pattern, flags) {
  const shown = pattern.length > 90 ? `${pattern.slice(0, 90)}…` : pattern
  const { reports } = analyse(new RegExpParser().parseLiteral(`/${pattern}/${flags}`), { maxReports: 1 })
  for (const { exponential } of reports)
    found.add(
      `${where}: /${shown}/ can take ${exponential ? 'a power of two of' : 'the square of'} the length of its text`
    )
}

/** What modules put together as they are loaded: months as alternatives, labels, agencies. */
async function judgeBuilt() {
  const built = []
  const Plain = RegExp
  globalThis.RegExp = new Proxy(Plain, {
    construct(target, [pattern, flags]) {
      const caller = new Error().stack?.split('\n').find((line) => line.includes('/src/')) ?? ''
      if (typeof pattern === 'string') built.push({ caller, pattern, flags: flags ?? '' })
      return new target(pattern, flags)
    }
  })
  for (const file of filesIn(LOADED)) await import(pathToFileURL(join(folder, file)).href)
  globalThis.RegExp = Plain
  for (const { caller, pattern, flags } of built) {
    const [, file, line] = /\/(src\/[^:]+):(\d+)/.exec(caller) ?? []
    if (file !== undefined && !isBoundedAt(file, Number(line))) judge(`${file}:${line}`, pattern, flags)
  }
}

/** @type {(file: string, line: number) => boolean} */
function isBoundedAt(file, line) {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return BOUNDED.test(lines.slice(Math.max(0, line - 4), line).join('\n'))
}

/** @type {(folders: readonly string[]) => readonly string[]} */
function filesIn(folders) {
  return globSync(
    folders.map((one) => `${one}/**/*.ts`),
    { cwd: folder }
  )
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

/** @returns {{ start: number, regex: { pattern: string, flags: string } }[]} */
function literalsOf(node) {
  if (Array.isArray(node)) return node.flatMap(literalsOf)
  if (typeof node !== 'object' || node === null) return []
  if (node.type === 'Literal' && node.regex) return [node]
  return Object.values(node).flatMap(literalsOf)
}

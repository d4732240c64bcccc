import { readFileSync, writeFileSync } from 'node:fs'
import type { Results } from '../lib/results.ts'
import { DOCS } from '../lib/paths.ts'

const BEGIN = '<!-- bench: table begins -->'
const END = '<!-- bench: table ends -->'

/** Puts the report between the marks of docs/performance.md; everything around them is left alone. */
export function writeDocs(results: Results, lines: readonly string[]): string {
  const page = readFileSync(DOCS, 'utf8')
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error('docs/performance.md has lost the marks its table goes between')
  const warning = results.options.quick ? ['> This is a quick run: a look, not a result.', ''] : []
  writeFileSync(
    DOCS,
    `${page.slice(0, begin + BEGIN.length)}\n\n${[...warning, ...lines].join('\n').trim()}\n\n${page.slice(end)}`
  )
  return DOCS
}

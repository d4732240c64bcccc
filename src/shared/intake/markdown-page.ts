import { isDividerText } from '../document/blocks/divider/divider.ts'
import { textOfRuns, type Run } from '../document/runs.ts'
import { readInline } from './markdown-inline.ts'
import { isHardWrapped, splitLines, withRules, WRAP_FROM, type LineCell, type Page, type PageLine } from './page.ts'

/** The lines of Markdown that say what they are: headings, quotes, lists, tables, code. Everything else is text. */
export function pageOfMarkdown(text: string, encoding: string): Page {
  const lines = new MarkdownLines(splitLines(text)).read()
  return { format: 'markdown', encoding, language: '', direction: '', lines: withRules(lines), meta: {} }
}

class MarkdownLines {
  readonly #texts: readonly string[]
  readonly #wrapped: boolean
  #seenTitle = false
  /** The characters that close the open code block. */
  #fence: string | null = null
  /** A fence above this line was not closed: the closing one is searched for only once. */
  #noFenceBefore = 0
  /** How many tables have started, and whether one is open. */
  #tables = 0
  #inTable = false
  /** The last number of the open list, by depth. */
  #numbers: number[] = []

  constructor(texts: readonly string[]) {
    this.#texts = texts
    this.#wrapped = isHardWrapped(texts)
  }

  read(): PageLine[] {
    return this.#texts.map((text, n) => this.#code(text, n) ?? this.#row(text, n) ?? withInline(this.#line(text, n)))
  }

  /** A fence, which is all markup, or a line between two fences. */
  #code(text: string, n: number): PageLine | null {
    const fence = /^ {0,3}(`{3,20}|~{3,20})[^`]*$/.exec(text)?.[1]
    if (this.#fence === null) {
      if (fence === undefined || n < this.#noFenceBefore) return null
      if (!this.#texts.slice(n + 1, n + MOST_CODE).some((line) => ends(line, fence))) {
        this.#noFenceBefore = n + MOST_CODE
        return null
      }
      this.#fence = fence
      return { text, markLength: text.length }
    }
    if (ends(text, this.#fence)) {
      this.#fence = null
      return { text, markLength: text.length }
    }
    const isFirst = /^ {0,3}(?:```|~~~)/.test(this.#texts[n - 1] ?? '')
    return {
      text,
      tag: 'pre',
      ...(text.trim() !== '' && { runs: [{ text, marks: ['code'] }] }),
      ...(!isFirst && { join: 'break' as const })
    }
  }

  /** A row of a table: the line above the dashes starts one, and the first line without a bar ends it. */
  #row(text: string, n: number): PageLine | null {
    const isRow = text.length <= LONGEST_ROW && text.includes('|')
    const isHead = isRow && !this.#inTable && isDashes(this.#texts[n + 1] ?? '')
    if (isHead) this.#tables += 1
    else if (!this.#inTable || !isRow) {
      this.#inTable = false
      return null
    }
    this.#inTable = true
    if (isDashes(text)) return { text, markLength: text.length }
    return rowOf(text, this.#tables, isHead)
  }

  #line(line: string, n: number): PageLine {
    const before = this.#texts[n - 1] ?? ''
    const underline = isHeadingText(before) && (this.#texts[n - 2] ?? '').trim() === '' ? levelUnder(line, before) : 0
    if (underline > 0) return { text: line, markLength: line.length }
    if (isDividerText(line)) return { text: line }
    const heading = /^ {0,3}(#{1,6})[ \t]+/.exec(line)
    if (heading) return { text: line, tag: this.#tagOf((heading[1] ?? '').length), markLength: heading[0].length }
    const level = isHeadingText(line) && before.trim() === '' ? levelUnder(this.#texts[n + 1] ?? '', line) : 0
    if (level > 0) return { text: line, tag: this.#tagOf(level) }
    const quote = /^ {0,3}>[ \t]?/.exec(line)
    if (quote) return { text: line, tag: 'blockquote', markLength: quote[0].length }
    const item = /^( *)(?:[-*+•]|(\d{1,4})[.)])[ \t]+/.exec(line)
    const depth = Math.min(8, Math.floor((item?.[1] ?? '').length / 2))
    if (item && this.#counts(item[2], depth))
      return { text: line, tag: 'li', markLength: item[0].length, ordered: item[2] !== undefined, depth }
    // Indented text continues its item.
    if (line.trim() !== '' && !/^(?: {2}|\t)/.test(line) && !this.#goesOn(before)) this.#numbers = []
    const joins =
      this.#wrapped &&
      line.trim() !== '' &&
      before.trimEnd().length >= WRAP_FROM &&
      !/^ {0,3}(#|>|[-*+•] )/.test(before)
    return { text: line, ...(joins && { join: 'wrap' as const }) }
  }

  /**
   * A list shows its numbers from one on, so an item with any other number is not one: "1911. It was a year of storms",
   * or the second of ten questions with its answers in between.
   */
  #counts(written: string | undefined, depth: number): boolean {
    const last = this.#numbers[depth] ?? 0
    const number = Number(written ?? 0)
    // 1, 1, 1 counts too: some people number items that way.
    if (written !== undefined && number !== last + 1 && !(number === 1 && last > 0)) return false
    this.#numbers = Array.from({ length: depth }, (_, at) => this.#numbers[at] ?? 0)
    this.#numbers.push(written === undefined ? 0 : last + 1)
    return true
  }

  /** The line above is part of a list: a line directly below it continues its item. */
  #goesOn(before: string): boolean {
    return this.#numbers.length > 0 && before.trim() !== ''
  }

  #tagOf(level: number): string {
    if (level > 1 || this.#seenTitle) return `h${Math.max(2, level)}`
    this.#seenTitle = true
    return 'h1'
  }
}

/** How many lines a fence may stay open before it is taken not to be one. */
const MOST_CODE = 2000
/** Characters of a table row: a longer line is not a row anybody reads, however many bars it contains. */
const LONGEST_ROW = 10_000
const MOST_COLUMNS = 100
/** Characters of a heading recognised by the line below it. */
const LONGEST_HEADING = 150

function ends(line: string, fence: string): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
  return found !== undefined && found.length >= fence.length && found[0] === fence[0]
}

/** A line that the line below may turn into a heading: words, without a mark of something else at the start. */
function isHeadingText(line: string): boolean {
  return (
    line.length <= LONGEST_HEADING && /[\p{L}\p{N}]/u.test(line) && !/^(?: {4}|\t| {0,3}(?:#|>|\||[-*+•] ))/.test(line)
  )
}

/** 1 or 2 if a line underlines the one above, else 0. Dashes below a sentence are a divider. */
function levelUnder(line: string, above: string): 0 | 1 | 2 {
  if (/^ {0,3}={3,}[ \t]*$/.test(line)) return 1
  return /^ {0,3}-{3,}[ \t]*$/.test(line) && !/[.!?؟…:;,]["”’)]?$/u.test(above.trimEnd()) ? 2 : 0
}

/** The row of dashes below the names of the columns. */
function isDashes(line: string): boolean {
  if (!line.includes('|') || !line.includes('-') || line.length > 2000) return false
  const cells = line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|')
  return cells.every((cell) => /^:?-{1,1000}:?$/.test(cell.trim()))
}

function rowOf(text: string, table: number, isHead: boolean): PageLine {
  const cells: LineCell[] = []
  const runs: Run[] = []
  const markup: { from: number; to: number }[] = []
  let length = 0
  let end = 0
  for (const { from, to } of stretchesOf(text)) {
    const words = text.slice(from, to)
    const inline = readInline(words, 0)
    const own = inline?.runs ?? (words === '' ? [] : [{ text: words }])
    if (from > end && words !== '') {
      markup.push({ from: end, to: from })
      if (runs.length > 0) {
        runs.push({ text: '\t' })
        length += 1
      }
    }
    markup.push(...(inline?.markup ?? []).map((mark) => ({ from: mark.from + from, to: mark.to + from })))
    const width = textOfRuns(own).length
    cells.push({ from: length, to: length + width, isName: false })
    runs.push(...own)
    length += width
    if (words !== '') end = to
  }
  if (end < text.length) markup.push({ from: end, to: text.length })
  return {
    text,
    runs,
    markup,
    ...(cells.length > 1 && cells.length <= MOST_COLUMNS && { row: { table, isHead, cells } })
  }
}

/** The text between the bars, trimmed. A bar after a backslash is part of the text. */
function stretchesOf(text: string): { readonly from: number; readonly to: number }[] {
  const bars = [...text.matchAll(/(?<!\\)\|/g)].map(({ index }) => index)
  const edges = [-1, ...bars, text.length]
  const found = edges.slice(1).map((end, at) => {
    const begin = (edges[at] ?? -1) + 1
    const words = text.slice(begin, end)
    const from = begin + (words.length - words.trimStart().length)
    return { from, to: Math.max(from, begin + words.trimEnd().length) }
  })
  // Bars at both ends of the line only close it.
  const first = text.trimStart().startsWith('|') ? 1 : 0
  const last = found.length > 1 && text.trimEnd().endsWith('|') ? found.length - 1 : found.length
  return found.slice(first, last)
}

/** The line with its bold, italic, code and links parsed. */
function withInline(line: PageLine): PageLine {
  if (line.markLength === line.text.length) return line
  const inline = readInline(line.text, line.markLength ?? 0)
  return inline ? { ...line, runs: inline.runs, markup: inline.markup } : line
}

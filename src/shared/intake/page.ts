import { isDividerText } from '../document/blocks/divider/divider.ts'
import type { Run } from '../document/runs.ts'

/** A page after decoding and before its lines are classified: the same for text, Markdown and HTML. */
export interface Page {
  readonly format: 'text' | 'html' | 'markdown'
  readonly encoding: string
  /** BCP 47, as declared by the page; empty if it is not. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl' | ''
  readonly lines: readonly PageLine[]
  /** What the page's metadata says about it. */
  readonly meta: PageMeta
}

export interface PageMeta {
  readonly headline?: string
  /** The page's title as shown by a browser window, including the site's name. */
  readonly title?: string
  /** Where the page is on the web. */
  readonly address?: string
  readonly description?: string
  readonly authors?: readonly string[]
  /** ISO 8601 as found, with or without an offset. */
  readonly published?: string
  readonly modified?: string
  readonly section?: string
  readonly keywords?: readonly string[]
  readonly siteName?: string
}

export interface PageLine {
  readonly text: string
  /** The line's own formatting; its text is `text`. Only for pages that have formatting. */
  readonly runs?: readonly Run[]
  /** The element the line was in: p, h1, li, figcaption, time, img (its alt text) … Empty in plain text. */
  readonly tag?: string
  /** The page's own names for the elements around the line, from class and id: " story share bar ". */
  readonly hints?: string
  /** The meaningful elements around the line: nav, footer, aside, figure, form … */
  readonly within?: ReadonlySet<string>
  /** From a time element: ISO 8601. */
  readonly datetime?: string
  /** Words of the line whose meaning the page's markup gives. */
  readonly spans?: readonly LineSpan[]
  /** The page's main heading, according to its own title. */
  readonly isHeading?: boolean
  /** The address, if the whole line is one link. */
  readonly href?: string
  /** Most of the line is links to anywhere: from the first to the last, and how many letters are outside. */
  readonly linked?: { readonly from: number; readonly to: number; readonly outside: number }
  /** Not in the element that holds most of the page's text. */
  readonly outside?: boolean
  /** How the line continues the one before it: a line break inside a paragraph, or a hard-wrapped paragraph. */
  readonly join?: 'break' | 'wrap'
  /** The line that a rule (`hr`) separates from this one. */
  readonly ruleAfter?: number
  readonly ordered?: boolean
  readonly depth?: number
  /** Of the first line of an item in a numbered list: the number readers see. */
  readonly number?: number
  /** Ranges of the line that are only markup, in formats whose lines contain it: the stars of Markdown. */
  readonly markup?: readonly { readonly from: number; readonly to: number }[]
  /** For a line that is a whole table row: the ranges of its cells in the text of its runs. */
  readonly row?: LineRow
  /** Leading characters that are markup, not words: "## ", "> ", "• ". */
  readonly markLength?: number
}

/** A row of a table that is on one line. */
export interface LineRow {
  /** Counts the tables of the page. */
  readonly table: number
  /** True if it names the columns. */
  readonly isHead: boolean
  /** One for each column; an empty one ends where it begins. */
  readonly cells: readonly LineCell[]
}

export interface LineCell {
  readonly from: number
  readonly to: number
  /** True if it names its row or its column. */
  readonly isName: boolean
}

/** A range of a line: a person's name, or a date with its machine-readable value. */
export interface LineSpan {
  readonly kind: 'author' | 'published' | 'updated' | 'time'
  readonly from: number
  readonly to: number
  readonly datetime?: string
}

/**
 * Splits at every kind of line end and keeps every character in between, so that the lines joined by line ends are the
 * page.
 */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
}

/** Text lines as page lines: bullets found, hard-wrapped paragraphs joined. */
export function pageOfText(text: string, encoding: string): Page {
  const texts = splitLines(text)
  const wrapped = isHardWrapped(texts)
  const lines = texts.map((line, n): PageLine => {
    if (isDividerText(line)) return { text: line }
    const bullet = BULLET.exec(line)?.[0].length ?? 0
    const before = texts[n - 1]
    const joins =
      wrapped &&
      bullet === 0 &&
      before !== undefined &&
      before.trim() !== '' &&
      line.trim() !== '' &&
      before.trimEnd().length >= WRAP_FROM
    return { text: line, ...(bullet > 0 && { markLength: bullet, tag: 'li' }), ...(joins && { join: 'wrap' as const }) }
  })
  return { format: 'text', encoding, language: '', direction: '', lines: withRules(lines), meta: {} }
}

/** The same lines, each with the line that a rule drawn with characters separates it from. */
export function withRules(lines: readonly PageLine[]): PageLine[] {
  let last = -1
  let rule: number | undefined
  return lines.map((line, n) => {
    if (line.markLength === undefined && isDividerText(line.text)) rule = last
    else if (line.text.trim() !== '') {
      const found = rule
      last = n
      rule = undefined
      if (found !== undefined) return { ...line, ruleAfter: found }
    }
    return line
  })
}

const BULLET = /^[ \t]*(?:[•·◦▪■●‣⁃]\s*|[*+][ \t]+|-[ \t]+(?!-))/
/** The least length, in characters, of a line whose paragraph the next one may continue. */
export const WRAP_FROM = 45
const WRAP_TO = 90

/** Agency teleprinters and mail programs wrap paragraphs at a fixed width; blank lines then separate paragraphs. */
export function isHardWrapped(lines: readonly string[]): boolean {
  let followed = 0
  let broken = 0
  for (let n = 0; n + 1 < lines.length && n < 5000; n++) {
    const line = (lines[n] ?? '').trimEnd()
    if (line.length > WRAP_TO) return false
    if (line.length < WRAP_FROM || (lines[n + 1] ?? '').trim() === '') continue
    followed += 1
    if (!/[.!?:؟…"”»)]$/.test(line)) broken += 1
  }
  return followed >= 4 && broken / followed >= 0.6
}

import type { LineRole } from '../contract/intake.ts'
import { readBylineLine } from './byline-line.ts'
import { creditLine, splitCaption } from './captions.ts'
import { readDateLine } from './date-line.ts'
import { readDate } from './dates.ts'
import { publishedLabels, updatedLabels } from './date-labels.ts'
import { keywordLabels, labelLength, relatedLabels, sectionLabels } from './labels.ts'
import type { LineRow, PageLine } from './page.ts'
import { plain } from './plain.ts'

/**
 * A kept line split into parts: `mark` only says what the line is (a bullet, "By", "Published:", a dash before a
 * credit), the others belong to the story. Joined, the texts are the line.
 */
export interface LinePart {
  readonly kind: 'mark' | 'words' | 'credit' | 'published' | 'updated'
  readonly text: string
  /** Continues the words before it, with only markup in between. */
  readonly continues?: true
}

/**
 * Splits a line as its role requires. `labelWords`: how many words at the start are the label of the rule that matched
 * it.
 */
export function partsOf(line: PageLine, role: LineRole, labelWords = 0): LinePart[] {
  const mark = line.markLength ?? 0
  const rest = line.text.slice(mark)
  const ranges =
    role === 'byline'
      ? (readBylineLine(mark === 0 ? line : { ...line, text: rest, spans: [] }, true) ?? [])
      : rangesOf(rest, role, labelWords)
  const markup = line.markup ?? (role === 'body' && line.row ? betweenCells(line.text, line.row) : [])
  const parts: LinePart[] = []
  let pushed = 0
  const push = (kind: LinePart['kind'], text: string) => {
    if (text !== '') parts.push(...withoutMarkup({ kind, text }, pushed, markup))
    pushed += text.length
  }
  push('mark', line.text.slice(0, mark))
  let at = 0
  for (const range of ranges) {
    push('mark', rest.slice(at, range.from))
    push(range.kind, rest.slice(range.from, range.to))
    at = range.to
  }
  push('mark', rest.slice(at))
  return parts
}

/** What separates the cells of a row in its line. */
function betweenCells(text: string, { cells }: LineRow): NonNullable<PageLine['markup']> {
  const between: { from: number; to: number }[] = []
  let from = 0
  for (const cell of cells) {
    if (cell.to === cell.from) continue
    if (cell.from > from) between.push({ from, to: cell.from })
    from = cell.to
  }
  return from < text.length ? [...between, { from, to: text.length }] : between
}

/** A part with the markup inside it as separate parts; `at`: its position in the line. Dates stay whole. */
function withoutMarkup(part: LinePart, at: number, markup: NonNullable<PageLine['markup']>): LinePart[] {
  if (markup.length === 0 || (part.kind !== 'words' && part.kind !== 'credit')) return [part]
  const found: LinePart[] = []
  let from = at
  const end = at + part.text.length
  const put = (to: number): void => {
    const text = part.text.slice(from - at, to - at)
    const isMore = found.some(({ kind }) => kind === part.kind)
    if (text !== '') found.push({ ...part, text, ...(isMore && { continues: true as const }) })
  }
  for (const range of markup) {
    if (range.to <= from || range.from >= end) continue
    put(Math.max(from, range.from))
    const to = Math.min(end, range.to)
    found.push({ kind: 'mark', text: part.text.slice(Math.max(from, range.from) - at, to - at) })
    from = to
  }
  put(end)
  return found
}

interface Range {
  readonly kind: 'words' | 'credit' | 'published' | 'updated'
  readonly from: number
  readonly to: number
}

function rangesOf(text: string, role: LineRole, labelWords: number): Range[] {
  switch (role) {
    case 'published':
    case 'updated': {
      if (labelWords > 0) return trimmed(text, afterWords(text, labelWords)).map((range) => ({ ...range, kind: role }))
      const dates = readDateLine(text)
      if (dates.length > 0 && hasOnlyLabels(text, dates))
        return dates.map(({ kind, from, to }) => ({ kind: dates.length === 1 ? role : kind, from, to }))
      const label = labelLength(text, dateLabels)
      return trimmed(text, readDate(text.slice(label)) ? label : 0).map((range) => ({ ...range, kind: role }))
    }
    case 'caption':
    case 'alt': {
      const { lead, caption, separator, credit } = splitCaption(text)
      const captionEnd = lead.length + caption.length
      const from = captionEnd + separator.length
      return [
        { kind: 'words', from: lead.length, to: captionEnd },
        ...(credit === '' ? [] : [{ kind: 'credit' as const, from, to: from + credit.length }])
      ]
    }
    case 'credit': {
      const found = creditLine(text)
      return found ? [{ kind: 'credit', ...found }] : trimmed(text).map((range) => ({ ...range, kind: 'credit' }))
    }
    case 'section':
      return trimmed(
        text,
        labelWords > 0 ? afterWords(text, labelWords) : labelLength(text, sectionLabels, { needsColon: true }),
        /(?<![\s:：|>›»→])[\s:：|>›»→]+$/u
      )
    case 'keywords':
      return trimmed(text, labelLength(text, keywordLabels, { needsColon: true }) || afterWords(text, labelWords))
    case 'related':
      return trimmed(
        text,
        labelWords > 0 ? afterWords(text, labelWords) : labelLength(text, relatedLabels, { needsColon: true })
      )
    default:
      return trimmed(text)
  }
}

/** Text between dates that only says what they are ("Published:", bars). Anything else has to be kept as words. */
function hasOnlyLabels(text: string, dates: readonly { readonly from: number; readonly to: number }[]): boolean {
  let at = 0
  for (const { from, to } of [...dates, { from: text.length, to: text.length }]) {
    const gap = text.slice(at, from).replace(/^[^\p{L}\p{N}]+/u, '')
    if (/[\p{L}\p{N}]/u.test(gap.slice(labelLength(gap, dateLabels)))) return false
    at = to
  }
  return true
}

const dateLabels = [...publishedLabels, ...updatedLabels]

/** The trimmed line; `from` skips a label. A label with nothing after it counts as words. */
function trimmed(text: string, from = 0, tail = /(?<!\s)\s+$/u): Range[] {
  const start = from + ((from > 0 ? /^[\s:：|–—-]*/u : /^\s*/u).exec(text.slice(from))?.[0].length ?? 0)
  const to = text.length - (tail.exec(text.slice(-200))?.[0].length ?? 0)
  if (to > start) return [{ kind: 'words', from: start, to }]
  return from > 0 ? trimmed(text) : []
}

/** The position after that many words, not counting bullets. */
function afterWords(text: string, words: number): number {
  let left = words
  for (const match of text.matchAll(/\S+/gu)) {
    if (left === 0) return match.index
    if (plain(match[0]) !== '') left -= 1
  }
  return left === 0 ? text.length : 0
}

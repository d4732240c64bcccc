import { readDate, type ReadDate } from './dates.ts'
import { publishedLabels, updatedLabels } from './date-labels.ts'
import { labelLength } from './labels.ts'
import type { PageLine } from './page.ts'
import { countSpaced } from './plain.ts'

export interface DatePart {
  readonly kind: 'published' | 'updated'
  /** The position of the date's words in the line, without label and separators. */
  readonly from: number
  readonly to: number
  readonly date: ReadDate
  /** With a label ("Published: …"), not a bare date. */
  readonly labelled: boolean
}

/**
 * The dates of a line such as "Published: 13 Aug 2024, 4:48 PM | Updated: 5:10 PM 14 Aug 2024". Empty for any other
 * line: a date inside a sentence does not make a date line. A date without a label counts if the line holds nothing
 * else.
 */
export function readDateLine(line: string): DatePart[] {
  if (line.length > 300 || !/[0-9٠-٩۰-۹]/.test(line)) return []
  const parts: DatePart[] = []
  for (const { from, to } of segments(line)) {
    const text = line.slice(from, to)
    const updated = labelLength(text, updatedLabels)
    const published = updated > 0 ? 0 : labelLength(text, publishedLabels)
    const label = Math.max(updated, published)
    const words = text.slice(label)
    const date = readDate(words)
    if (!date) continue
    if (label === 0 ? !date.alone : words.trim().split(/\s+/).length > 14) return []
    const lead = /^\s*/u.exec(words)?.[0].length ?? 0
    const end = from + label + words.replace(/(?<![\s|•·)\]/,;،])[\s|•·)\]/,;،]+$/u, '').length
    parts.push({
      kind: updated > 0 ? 'updated' : published > 0 || parts.length === 0 ? 'published' : 'updated',
      from: from + label + lead,
      to: end,
      date,
      labelled: label > 0
    })
  }
  return parts
}

/**
 * The dates in a line. If its words contain none, the date in the markup of a line of a few words ("3 hours ago"). A
 * date in a table belongs to the table.
 */
export function datesOf(line: PageLine, text = line.text): readonly DatePart[] {
  const read = readDateLine(text)
  if (line.within?.has('table') && !read.some(({ labelled }) => labelled)) return []
  if (read.length > 0 || line.spans === undefined || text !== line.text || countSpaced(text) > 8) return read
  const parts = line.spans.flatMap(({ kind, from, to, datetime }): DatePart[] => {
    const date = kind === 'author' || datetime === undefined ? null : readDate(datetime)
    if (!date) return []
    return [{ kind: kind === 'updated' ? 'updated' : 'published', from, to, date, labelled: kind !== 'time' }]
  })
  const first = parts[0]
  const last = parts.at(-1)
  return first && last && countSpaced(text.slice(0, first.from)) + countSpaced(text.slice(last.to)) <= 4 ? parts : []
}

/** Splits at bars and bullets, and before a second label. */
function segments(line: string): { from: number; to: number }[] {
  const cuts = [0]
  for (const match of line.matchAll(
    /(?<!\s)\s+[|•·]\s+|(?:(?<!\s)\s+)?\|\s*|(?<!\s)\s+\/\s+(?=\p{L}{4,})|(?<!\s)\s+[-–—]\s+(?=(?:last\s+)?(?:updated|modified|published)\b)|(?<![\s,;(])[\s,;(]+(?=(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?\s*:?\s)|(?<!\s)\s+(?=[اآ]خر تحديث)/giu
  )) {
    if (match.index > 0) cuts.push(match.index + match[0].length)
  }
  return cuts.map((from, n) => ({ from, to: cuts[n + 1] ?? line.length }))
}

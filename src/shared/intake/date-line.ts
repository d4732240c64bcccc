import { readDate, readDateLine, type DatePart } from './dates.ts'
import type { PageLine } from './page.ts'
import { countSpaced } from './plain.ts'

/**
 * The dates a line gives. Where the words give none, a date that the page's markup tells machines in a line of a few words
 * ("3 hours ago"). A date in a table belongs to its table.
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

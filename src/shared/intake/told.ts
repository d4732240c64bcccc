import { readDate, type ReadDate } from './dates.ts'
import type { PageMeta } from './page.ts'
import { fold } from './plain.ts'
import type { Unit } from './units.ts'

/** The page's metadata names somebody whom the line names as well. */
export function isToldAuthor({ text }: Unit, { authors = [] }: PageMeta): boolean {
  const seen = fold(text)
  return authors.some((name) => name.trim().includes(' ') && seen.includes(fold(name)))
}

/** The line's date is not another day than the one the metadata gives, if it gives any. */
export function agreesOnDay({ dates }: Unit, { published, modified }: PageMeta): boolean {
  const told = [published, modified].flatMap((date) => dayOf(date) ?? [])
  return told.length === 0 || dates.every(({ date }) => told.includes(dayOf(date) ?? NaN))
}

/** Days since 1970, to compare. */
export function dayOf(date: string | ReadDate | undefined): number | null {
  const read = typeof date === 'string' ? readDate(date) : date
  return read ? Date.UTC(read.local.year, read.local.month - 1, read.local.day) : null
}

import type { Instant } from '../story/instant.ts'
import { readDate, type ReadDate } from './dates.ts'
import { toInstant, type IntakeWarning, type ToUtc } from './instants.ts'
import type { PageMeta } from './page.ts'
import { say, type Message } from '../words/message.ts'

type Kind = 'published' | 'updated'

/** No two zones are further apart: a larger difference means another moment, not another zone. */
const SAME_MOMENT = 26 * 3_600_000

/**
 * The publishing date and the last update of a page. What readers see decides; metadata determines the zone and an
 * ambiguous order of day and month, and fills in what readers are not told. All of that is reported.
 */
export class PageTimes {
  readonly #zone: string
  readonly #toUtc: ToUtc
  readonly #seen: Record<Kind, Instant | null> = { published: null, updated: null }
  readonly #read: Record<Kind, ReadDate | null> = { published: null, updated: null }
  readonly #warnings: IntakeWarning[] = []

  constructor(zone: string, toUtc: ToUtc) {
    this.#zone = zone
    this.#toUtc = toUtc
  }

  /** `machine`: the same moment from the metadata. False if no date can be read. */
  add(kind: Kind, words: string, machine?: string): boolean {
    const date = agreed(readDate(words), machine === undefined ? null : readDate(machine))
    if (!date) return false
    const { instant, warnings } = toInstant(date, words, this.#zone, this.#toUtc)
    // A person may mark several lines as the publishing date; the first one counts, and the words of the others are
    // kept with it.
    const before = this.#seen[kind]
    this.#seen[kind] = before
      ? { ...before, source: `${before.source ?? ''}; ${instant.source ?? ''}`.slice(0, 200) }
      : instant
    if (before) return this.#seen[kind]?.source?.endsWith(instant.source ?? '') ?? false
    this.#read[kind] = date
    this.#warnings.push(...warnings)
    return true
  }

  settle(meta: PageMeta): { published: Instant | null; updated: Instant | null; warnings: readonly IntakeWarning[] } {
    const published = this.#withMeta('published', meta.published) ?? this.#fromAddress(meta.address)
    const updated = this.#withMeta('updated', meta.modified)
    if (published && updated && updated.utc < published.utc) {
      this.#warn('updated_first', say('intakeWarning.updatedFirst'))
    }
    return { published, updated, warnings: this.#warnings }
  }

  #withMeta(kind: Kind, iso: string | undefined): Instant | null {
    const seen = this.#seen[kind]
    const told = iso === undefined ? null : readDate(iso)
    if (iso === undefined || !told) return seen
    const instant = (date: ReadDate) => toInstant(date, iso, this.#zone, this.#toUtc).instant
    const read = this.#read[kind]
    if (!seen || !read) return instant(told)
    const best = agreed(read, told)
    if (best === null || best === read || read.offset !== null || (read.zone !== null && !read.dayMonthUnclear)) {
      const apart = Math.abs(Date.parse(seen.utc) - Date.parse(instant(told).utc))
      if (apart > SAME_MOMENT * 2) {
        this.#warn('dates_differ', say('intakeWarning.otherDay', { role: kind, source: seen.source ?? '' }))
      }
      return seen
    }
    const settled = instant(best)
    if (Math.abs(Date.parse(seen.utc) - Date.parse(settled.utc)) < 60_000) return seen
    this.#warn(
      'dates_differ',
      say('intakeWarning.otherMoment', { role: kind, source: seen.source ?? '', zone: seen.zone })
    )
    return { ...settled, source: seen.source ?? iso }
  }

  /** Many sites put the day into a story's address, which is used only if the page does not give it elsewhere. */
  #fromAddress(address: string | undefined): Instant | null {
    const found = /[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-])/.exec(address ?? '')
    const date = found ? readDate(`${found[1] ?? ''}-${found[2] ?? ''}-${found[3] ?? ''}`) : null
    if (!date || !found) return null
    this.#warn('date_from_address', say('intakeWarning.dateFromAddress'))
    return toInstant(date, found[0].replace(/^[/_-]/, ''), this.#zone, this.#toUtc).instant
  }

  #warn(code: string, message: Message): void {
    this.#warnings.push({ code, ...message })
  }
}

/** The date in words, completed from the metadata; unchanged if the two are different moments. */
function agreed(words: ReadDate | null, machine: ReadDate | null): ReadDate | null {
  if (!words || !machine) return words ?? machine
  const swapped = { ...words, local: { ...words.local, month: words.local.day, day: words.local.month } }
  const isSwapped = words.dayMonthUnclear && sameDay(machine, swapped)
  const seen = isSwapped ? { ...swapped, dayMonthUnclear: false } : words
  if (Math.abs(roughly(seen) - roughly(machine)) > SAME_MOMENT) return words
  if (machine.offset !== null && words.offset === null) return machine
  return isSwapped || !words.dayMonthUnclear ? seen : { ...words, dayMonthUnclear: !sameDay(machine, words) }
}

function sameDay({ local: a }: ReadDate, { local: b }: ReadDate): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
}

/** Milliseconds on the wall clock, minus the offset if there is one. */
function roughly({ local, offset }: ReadDate): number {
  return Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute) - (offset ?? 0) * 60_000
}

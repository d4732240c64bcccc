import type { LibraryFilter } from '../../../shared/contract/library.ts'
import type { Status } from '../../../shared/story/status.ts'
import { beginOfDay, type CalendarDate } from '../../ui/days.ts'

export type Shown = Status | 'all'
export const stretches = ['today', 'week', 'month', 'year'] as const
export type Stretch = (typeof stretches)[number]

/** The person's filters. */
export interface Narrowed {
  readonly shown: Shown
  readonly section?: string
  readonly author?: string
  readonly language?: string
  readonly since?: Stretch
}

const DAYS: Readonly<Record<Stretch, number>> = { today: 0, week: 6, month: 29, year: 364 }

/** When a range of days began, by the calendar in `zone`; returned in UTC. */
export function beginOf(stretch: Stretch, today: CalendarDate, zone: string): string {
  return beginOfDay(today, DAYS[stretch], zone)
}

export function toFilter(
  { shown, section, author, language, since }: Narrowed,
  begins: Record<Stretch, string>
): LibraryFilter {
  return {
    ...(shown !== 'all' && { statuses: [shown] }),
    ...(section !== undefined && { section }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
    ...(since && { createdFrom: begins[since] })
  }
}

import { Temporal } from 'temporal-polyfill'
import type { ToUtc } from '../../../shared/intake/instants.ts'

/**
 * Converts local time to UTC by this machine's time zone rules; a time skipped by a clock change is the one just after
 * it.
 */
export const toUtc: ToUtc = (local, zone) => {
  const wall = Temporal.PlainDateTime.from(local)
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { ms: earlier.epochMilliseconds, problem: null }
  // In a gap neither reading shows the wall time asked for; in an overlap both do.
  const isGap = !earlier.toPlainDateTime().equals(wall)
  return { ms: (isGap ? later : earlier).epochMilliseconds, problem: isGap ? 'gap' : 'overlap' }
}

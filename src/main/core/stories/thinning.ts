import type { RevisionInfo } from '../../../shared/contract/revisions.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The spacing of versions by age, in milliseconds; the first matching line applies. */
const SPACING: readonly { readonly olderThan: number; readonly apart: number }[] = [
  { olderThan: 30 * DAY, apart: 7 * DAY },
  { olderThan: 7 * DAY, apart: DAY },
  { olderThan: DAY, apart: 4 * HOUR },
  { olderThan: 2 * HOUR, apart: HOUR / 2 }
]

/**
 * Returns the versions that are too close together for their age. Of those made only because of a pause, one per
 * stretch of time is kept, and all from the last two hours. Named versions, and those made because something happened
 * (an approval, a restore), are never thinned. `versions` is newest first; if the clock was set back, nothing is
 * thinned.
 */
export function thin(
  versions: readonly Pick<RevisionInfo, 'revision' | 'reason' | 'savedAt' | 'name'>[],
  now: number
): number[] {
  const gone: number[] = []
  let kept: string | null = null
  for (const { revision, reason, savedAt, name } of versions) {
    if (reason !== 'settled' || name !== null) continue
    const at = Date.parse(savedAt)
    const spacing = SPACING.find(({ olderThan }) => now - at > olderThan)
    if (!spacing) continue
    const stretch = `${spacing.apart}:${Math.floor(at / spacing.apart)}`
    if (stretch === kept) gone.push(revision)
    else kept = stretch
  }
  return gone
}

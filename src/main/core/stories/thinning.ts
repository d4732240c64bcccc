import type { RevisionInfo } from '../../../shared/contract/revisions.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How far apart versions of an age stay, in milliseconds; the first line that is old enough counts. */
const SPACING: readonly { readonly olderThan: number; readonly apart: number }[] = [
  { olderThan: 30 * DAY, apart: 7 * DAY },
  { olderThan: 7 * DAY, apart: DAY },
  { olderThan: DAY, apart: 4 * HOUR },
  { olderThan: 2 * HOUR, apart: HOUR / 2 }
]

/**
 * The versions that have become too many for their age: of those that only a pause made, the last of each stretch of
 * time stays, and all of the last two hours. What has a name, or was made because something happened (an approval, a
 * restore), stays for ever. `versions` newest first; a clock that was set back thins nothing.
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

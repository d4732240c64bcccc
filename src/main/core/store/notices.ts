import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { writeWhole } from './files.ts'

const NAME = 'recovery.json'
const File = z.object({ format: z.literal(1), notices: z.array(RecoveryNotice) })
/** How many notices are kept; older ones are out of date by then. */
const KEPT = 20

/** What a notice says, apart from the time, what is missing and what was kept. */
type Said = DistributiveOmit<RecoveryNotice, 'id' | 'at' | 'lost' | 'kept'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A notice with the time `now`; nothing is missing or kept unless given. */
export function notice(
  now: number,
  said: Said,
  more: Partial<Pick<RecoveryNotice, 'lost' | 'kept'>> = {}
): RecoveryNotice {
  return RecoveryNotice.parse({
    id: randomUUID(),
    at: new Date(now).toISOString(),
    lost: [],
    kept: [],
    ...more,
    ...said
  })
}

/** What was found at this opening and earlier ones and nobody has seen yet. */
export function readNotices(folder: string): RecoveryNotice[] {
  try {
    return File.parse(JSON.parse(readFileSync(join(folder, NAME), 'utf8'))).notices
  } catch {
    return []
  }
}

/** Throws what the file system throws. */
export function writeNotices(folder: string, notices: readonly RecoveryNotice[]): void {
  writeWhole(join(folder, NAME), `${JSON.stringify({ format: 1, notices: notices.slice(-KEPT) })}\n`)
}

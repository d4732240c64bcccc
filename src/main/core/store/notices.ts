import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RecoveryNotice } from '../../../shared/contract/recovery.ts'
import { writeWhole } from './files.ts'

const NAME = 'recovery.json'
const File = z.object({ format: z.literal(1), notices: z.array(RecoveryNotice) })
/** Older ones than this many have been overtaken by events. */
const KEPT = 20

/** What a notice says beside when, what is missing and what was kept. */
type Said = DistributiveOmit<RecoveryNotice, 'id' | 'at' | 'lost' | 'kept'>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A notice of this moment; what is missing and what was kept are none unless said. */
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

/** What was found at this and earlier openings and has not been seen by a person yet. */
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

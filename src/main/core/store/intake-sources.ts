import { GalleyError } from '../../../shared/rpc/errors.ts'
import { checksum } from './checksum.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'
import { say } from '../../../shared/words/message.ts'

/** The page a story was made from, byte for byte. */
export interface IntakeSource {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export function putIntakeSource(db: WritableDb, seq: number, source: IntakeSource): void {
  db.run(
    sql`INSERT INTO intake_sources (seq, name, type, bytes, sha256) VALUES (${seq}, ${source.name}, ${source.type}, ${source.bytes}, ${checksum(source.bytes)})`
  )
}

/** The name and size of the page, without its bytes. */
export function getIntakeOrigin(db: ReadableDb, storyId: string): { name: string; size: number } | null {
  return (
    db.get<{ name: string; size: number }>(
      sql`SELECT name, length(bytes) AS size FROM intake_sources WHERE seq = (SELECT seq FROM articles WHERE id = ${storyId})`
    ) ?? null
  )
}

export function getIntakeSource(db: ReadableDb, seq: number): IntakeSource | null {
  const row = db.get<IntakeSource & { sha256: string }>(
    sql`SELECT name, type, bytes, sha256 FROM intake_sources WHERE seq = ${seq}`
  )
  if (!row) return null
  if (checksum(row.bytes) !== row.sha256) throw new GalleyError('damaged', say('store.pageDamaged'))
  return { name: row.name, type: row.type, bytes: new Uint8Array(row.bytes) }
}

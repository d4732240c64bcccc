import { storedError, type WireError } from '../../../shared/rpc/errors.ts'
import { Fingerprint } from '../../../shared/publishing/certificate.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** A target as stored: without its secret, which is kept in the keychain. */
export interface StoredTarget extends Omit<Target, 'secret' | 'paused'> {
  /** True if a secret belongs to it. */
  readonly signs: boolean
  /** True if the practice CMS starts with the library. */
  readonly starts: boolean
  /** Why nothing is sent there until a person has looked into it. */
  readonly paused: WireError | null
}

interface TargetRow extends Omit<Target, 'secret' | 'settings' | 'paused'> {
  readonly settings: string
  readonly signs: number
  readonly starts: number
  readonly paused: string | null
}

/** In the order in which they were added. */
export function listTargets(db: ReadableDb): StoredTarget[] {
  return db
    .all<TargetRow>(sql`SELECT id, name, kind, url, settings, signs, starts, paused, trusted FROM targets ORDER BY seq`)
    .map(toTarget)
}

export function getTarget(db: ReadableDb, id: string): StoredTarget | undefined {
  const row = db.get<TargetRow>(
    sql`SELECT id, name, kind, url, settings, signs, starts, paused, trusted FROM targets WHERE id = ${id}`
  )
  return row && toTarget(row)
}

export function putTarget(db: WritableDb, target: StoredTarget): void {
  db.run(sql`
    INSERT INTO targets (id, name, kind, url, settings, signs, starts, paused, trusted)
    VALUES (${target.id}, ${target.name}, ${target.kind}, ${target.url}, ${JSON.stringify(target.settings)}, ${Number(target.signs)}, ${Number(target.starts)}, ${target.paused && JSON.stringify(target.paused)}, ${target.trusted})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, url = excluded.url, settings = excluded.settings, signs = excluded.signs,
      starts = excluded.starts, paused = excluded.paused, trusted = excluded.trusted`)
}

/** Pauses or resumes a target; does nothing if the target is gone. */
export function pauseTarget(db: WritableDb, id: string, paused: WireError | null): void {
  db.run(sql`UPDATE targets SET paused = ${paused && JSON.stringify(paused)} WHERE id = ${id}`)
}

/** What it is called now; undefined if it is gone. */
export function targetName(db: ReadableDb, id: string): string | undefined {
  return db.get<{ name: string }>(sql`SELECT name FROM targets WHERE id = ${id}`)?.name
}

/** Its deliveries keep the name that it had last. */
export function deleteTarget(db: WritableDb, id: string): void {
  const name = targetName(db, id)
  if (name !== undefined) db.run(sql`UPDATE outbox SET target_name = ${name} WHERE target_id = ${id}`)
  db.run(sql`DELETE FROM targets WHERE id = ${id}`)
}

function toTarget(row: TargetRow): StoredTarget {
  return {
    ...row,
    settings: JSON.parse(row.settings) as StoredTarget['settings'],
    signs: row.signs === 1,
    starts: row.starts === 1,
    paused: row.paused === null ? null : storedError(JSON.parse(row.paused)),
    // If it cannot be read, only what this machine itself trusts applies.
    trusted: Fingerprint.safeParse(row.trusted).data ?? null
  }
}

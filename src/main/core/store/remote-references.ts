import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** What a server made of a local thing: its id, its address and its change token there. */
export interface StoredReference {
  readonly targetId: string
  /** `story:<uuid>`, `media:<sha256>`, `term:tag:Harbour`. */
  readonly local: string
  readonly remoteId: string
  readonly address: string | null
  readonly token: string | null
  /**
   * The idempotency key of the delivery that last created or confirmed it; null if it was not found when last looked
   * up.
   */
  readonly confirmedBy: string | null
}

export function getReference(db: ReadableDb, targetId: string, local: string): StoredReference | undefined {
  return db.get<StoredReference>(sql`
    SELECT target_id AS targetId, local, remote_id AS remoteId, address, token, confirmed_by AS confirmedBy
    FROM remote_references WHERE target_id = ${targetId} AND local = ${local}`)
}

/** The local things from which the server made the object with this id. */
export function findReferences(db: ReadableDb, targetId: string, remoteId: string): string[] {
  return db
    .all<{ local: string }>(
      sql`SELECT local FROM remote_references WHERE target_id = ${targetId} AND remote_id = ${remoteId}`
    )
    .map(({ local }) => local)
}

export function putReference(db: WritableDb, reference: StoredReference): void {
  const { targetId, local, remoteId, address, token, confirmedBy } = reference
  db.run(sql`
    INSERT INTO remote_references (target_id, local, remote_id, address, token, confirmed_by)
    VALUES (${targetId}, ${local}, ${remoteId}, ${address}, ${token}, ${confirmedBy})
    ON CONFLICT (target_id, local) DO UPDATE SET remote_id = excluded.remote_id, address = excluded.address, token = excluded.token,
      confirmed_by = excluded.confirmed_by`)
}

export function deleteReference(db: WritableDb, targetId: string, local: string): void {
  db.run(sql`DELETE FROM remote_references WHERE target_id = ${targetId} AND local = ${local}`)
}

/**
 * Forgets a story's or picture's object on the server, which is no longer there. Terms are left out: their ids are
 * numbered separately and may coincide.
 */
export function deleteReferencesTo(db: WritableDb, targetId: string, remoteId: string): void {
  db.run(sql`
    DELETE FROM remote_references
    WHERE target_id = ${targetId} AND remote_id = ${remoteId} AND (local GLOB 'story:*' OR local GLOB 'media:*')`)
}

/** For a target that is removed or pointed at another server: nothing known of the old server applies there. */
export function deleteReferencesOf(db: WritableDb, targetId: string): void {
  db.run(sql`DELETE FROM remote_references WHERE target_id = ${targetId}`)
}

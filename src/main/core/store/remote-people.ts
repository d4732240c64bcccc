import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/**
 * Somebody a CMS can name as an author, as last reported. Stored among the references, which are deleted with the
 * server.
 */
export interface StoredPerson {
  readonly id: string
  readonly name: string
}

/** Ordered by name. */
export function listPeople(db: ReadableDb, targetId: string): StoredPerson[] {
  return db.all<StoredPerson>(sql`
    SELECT remote_id AS id, token AS name FROM remote_references
    WHERE target_id = ${targetId} AND local GLOB 'person:*' ORDER BY token, remote_id`)
}

/** Replaces all that were stored before. */
export function putPeople(db: WritableDb, targetId: string, people: readonly StoredPerson[]): void {
  db.run(sql`DELETE FROM remote_references WHERE target_id = ${targetId} AND local GLOB 'person:*'`)
  for (const { id, name } of people)
    db.run(sql`
      INSERT OR REPLACE INTO remote_references (target_id, local, remote_id, address, token, confirmed_by)
      VALUES (${targetId}, ${`person:${id}`}, ${id}, NULL, ${name}, NULL)`)
}

import type { EmbargoExit } from '../../../shared/contract/exports.ts'
import type { Instant } from '../../../shared/story/instant.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

export function insertEmbargoExit(db: WritableDb, id: string, storyId: string, exit: EmbargoExit): void {
  const { at, way, until, reason, person, machine } = exit
  db.run(sql`
    INSERT INTO embargo_exits (id, story_id, at, way, until, reason, person, machine)
    VALUES (${id}, ${storyId}, ${at}, ${way}, ${JSON.stringify(until)}, ${reason}, ${person}, ${machine})`)
}

/** Newest first. */
export function listEmbargoExits(db: ReadableDb, storyId: string): EmbargoExit[] {
  return db
    .all<Omit<EmbargoExit, 'until'> & { readonly until: string }>(
      sql`SELECT at, way, until, reason, person, machine FROM embargo_exits
        WHERE story_id = ${storyId} ORDER BY at DESC, id DESC LIMIT 200`
    )
    .map((row) => ({ ...row, until: JSON.parse(row.until) as Instant }))
}

export function deleteEmbargoExits(db: WritableDb, storyId: string): void {
  db.run(sql`DELETE FROM embargo_exits WHERE story_id = ${storyId}`)
}

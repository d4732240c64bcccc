import type { Receipt } from '../../../shared/contract/outbox.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** What a CMS holds of a story, according to its last receipt. */
export interface Live {
  readonly storyId: string
  readonly targetId: string
  readonly receipt: Receipt
}

export function getLive(db: ReadableDb, storyId: string, targetId: string): Live | undefined {
  const row = db.get<{ receipt: string }>(
    sql`SELECT receipt FROM live WHERE story_id = ${storyId} AND target_id = ${targetId}`
  )
  return row && { storyId, targetId, receipt: JSON.parse(row.receipt) as Receipt }
}

/** True when any CMS shows a version of the story. */
export function isLive(db: ReadableDb, storyId: string): boolean {
  return listLive(db, storyId).some(({ receipt }) => !receipt.withdrawn)
}

/** The last receipt of each CMS the story has ever been on. */
export function listLive(db: ReadableDb, storyId: string): Live[] {
  return db
    .all<{ targetId: string; receipt: string }>(
      sql`SELECT target_id AS targetId, receipt FROM live WHERE story_id = ${storyId} ORDER BY target_id`
    )
    .map(({ targetId, receipt }) => ({ storyId, targetId, receipt: JSON.parse(receipt) as Receipt }))
}

/** Stories that are said to have moved on somewhere, and are on a CMS that was removed from the settings. */
export function listUpdatingOnRemoved(db: ReadableDb): string[] {
  return db
    .all<{ id: string }>(
      // CROSS JOIN: the receipts are read first, because there are far fewer of them than stories.
      sql`SELECT DISTINCT articles.id FROM live CROSS JOIN articles ON articles.id = live.story_id
        WHERE live.target_id NOT IN (SELECT id FROM targets) AND articles.status = 'updating'`
    )
    .map(({ id }) => id)
}

export function putLive(db: WritableDb, { storyId, targetId, receipt }: Live): void {
  db.run(sql`
    INSERT INTO live (story_id, target_id, etag, url, sha256, revision, receipt)
    VALUES (${storyId}, ${targetId}, ${receipt.etag}, ${receipt.url}, ${receipt.sha256}, ${receipt.revision}, ${JSON.stringify(receipt)})
    ON CONFLICT (story_id, target_id) DO UPDATE SET etag = excluded.etag, url = excluded.url, sha256 = excluded.sha256, revision = excluded.revision, receipt = excluded.receipt`)
}

import type { Receipt } from '../../../shared/contract/outbox.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
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

/** Adds to each summary on how many sites readers see the story. */
export function withSites<Summary extends Pick<StorySummary, 'id'>>(
  db: ReadableDb,
  summaries: readonly Summary[]
): (Summary & Pick<StorySummary, 'sites'>)[] {
  const ids = JSON.stringify(summaries.map(({ id }) => id))
  const counted = db.all<{ id: string; live: number; withdrawn: number }>(
    sql`SELECT story_id AS id, sum(withdrawn) AS withdrawn, sum(NOT withdrawn AND since <> 'gone') AS live FROM (
        SELECT story_id, coalesce(json_extract(receipt, '$.withdrawn'), 0) AS withdrawn,
          coalesce(json_extract(receipt, '$.since'), '') AS since
        FROM live WHERE story_id IN (SELECT value FROM json_each(${ids})))
      GROUP BY story_id`
  )
  if (counted.length === 0) return [...summaries]
  const known = new Map(counted.map(({ id, live, withdrawn }) => [id, { live, withdrawn }]))
  return summaries.map((summary) => {
    const sites = known.get(summary.id)
    return sites ? { ...summary, sites } : summary
  })
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

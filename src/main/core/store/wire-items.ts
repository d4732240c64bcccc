import { z } from 'zod'
import { WireItem } from '../../../shared/story/fields.ts'
import type { Status } from '../../../shared/story/status.ts'
import { sql, type ReadableDb } from './sql.ts'

/** A story made from a wire item. */
export interface MadeFrom {
  readonly storyId: string
  readonly headline: string
  readonly status: Status
  /** ISO 8601. */
  readonly createdAt: string
  /** The version of the item it was made from, or last updated to. */
  readonly version: string
}

const Stored = z.object({ wire: WireItem })

/**
 * The stories made from that item, most recently changed first; five at most. Looks through the fields of every story,
 * so it is for the reading worker: an index would be one more thing to keep right, for a query made once per page.
 */
export function findMadeFrom(db: ReadableDb, itemId: string): MadeFrom[] {
  const needle = `"wire":{"id":${JSON.stringify(itemId)}`
  const rows = db.all<Omit<MadeFrom, 'version'> & { fields: string }>(sql`
    SELECT articles.id AS storyId, articles.headline, articles.status, articles.created_at AS createdAt,
           article_content.fields AS fields
    FROM article_content JOIN articles USING (seq)
    WHERE instr(article_content.fields, ${needle}) > 0
    ORDER BY articles.change_seq DESC LIMIT 5`)
  return rows.flatMap(({ fields, ...story }) => {
    try {
      const { wire } = Stored.parse(JSON.parse(fields))
      return wire.id === itemId ? [{ ...story, version: wire.version }] : []
    } catch {
      // A damaged story does not reveal what it was made from.
      return []
    }
  })
}

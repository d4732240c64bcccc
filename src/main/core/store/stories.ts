import { deleteEmbargoExits } from './embargo-exits.ts'
import type { Direction } from '../../../shared/document/language.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import type { Status } from '../../../shared/story/status.ts'
import { headlineKey } from './headline-key.ts'
import { forgetUnsent } from './outbox.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** A row of the narrow table from which lists are built. */
export interface StoryRow {
  readonly seq: number
  readonly id: string
  readonly revision: number
  readonly status: Status
  readonly headline: string
  readonly slugline: string
  readonly section: string
  readonly byline: string
  readonly language: string
  readonly direction: Direction
  readonly words: number
  readonly lead_media_id: string | null
  readonly created_at: string
  readonly changed_at: string
  readonly release_at: string | null
  readonly change_seq: number
  /** JSON list of names. */
  readonly authors: string
}

/** What the list stores of a story: its summary, and what else it is found by. */
export interface ListedStory extends StorySummary {
  /** JSON list of names. */
  readonly authors: string
}

export function getStoryRow(db: ReadableDb, id: string): StoryRow | undefined {
  return db.get<StoryRow>(sql`
    SELECT seq, id, revision, status, headline, slugline, section, byline, language, direction, words, lead_media_id,
           created_at, changed_at, release_at, change_seq, authors
    FROM articles WHERE id = ${id}`)
}

export function insertStoryRow(db: WritableDb, summary: ListedStory): number {
  db.saved(summary.id, summary.revision, summary.changedAt)
  const changeSeq = nextChangeSeq(db)
  return db.run(sql`
    INSERT INTO articles (id, revision, status, headline, headline_key, slugline, section, byline, language, direction, words, lead_media_id, created_at, changed_at, release_at, change_seq, authors)
    VALUES (${summary.id}, ${summary.revision}, ${summary.status}, ${summary.headline}, ${headlineKey(summary.headline)}, ${summary.slugline}, ${summary.section}, ${summary.byline}, ${summary.language},
            ${summary.direction}, ${summary.words}, ${summary.leadMediaId}, ${summary.createdAt}, ${summary.changedAt}, ${summary.releaseAt}, ${changeSeq}, ${summary.authors})`)
    .lastInsertRowid
}

/**
 * Writes the row of a changed story. Typing changes the first columns and the word count; the others are written only
 * if they differ, so that a save does not rewrite the indexes they are in.
 */
export function updateStoryRow(db: WritableDb, seq: number, summary: ListedStory): void {
  db.saved(summary.id, summary.revision, summary.changedAt)
  const changeSeq = nextChangeSeq(db)
  db.run(
    sql`UPDATE articles SET revision = ${summary.revision}, changed_at = ${summary.changedAt}, change_seq = ${changeSeq} WHERE seq = ${seq}`
  )
  db.run(sql`UPDATE articles SET words = ${summary.words} WHERE seq = ${seq} AND words <> ${summary.words}`)
  db.run(sql`UPDATE articles SET status = ${summary.status} WHERE seq = ${seq} AND status <> ${summary.status}`)
  db.run(sql`
    UPDATE articles SET headline = ${summary.headline}, headline_key = ${headlineKey(summary.headline)}, slugline = ${summary.slugline},
      section = ${summary.section}, byline = ${summary.byline}, language = ${summary.language}, direction = ${summary.direction},
      lead_media_id = ${summary.leadMediaId}, created_at = ${summary.createdAt}, release_at = ${summary.releaseAt},
      authors = ${summary.authors}
    WHERE seq = ${seq} AND (headline, slugline, section, byline, language, direction, lead_media_id, created_at, release_at, authors)
      IS NOT (${summary.headline}, ${summary.slugline}, ${summary.section}, ${summary.byline}, ${summary.language}, ${summary.direction},
              ${summary.leadMediaId}, ${summary.createdAt}, ${summary.releaseAt}, ${summary.authors})`)
}

/** Stories whose embargo ends after that moment (UTC), the next to end first; neither trashed nor withdrawn. */
export function listEmbargoes(
  db: ReadableDb,
  after: string,
  limit: number
): { readonly storyId: string; readonly headline: string; readonly until: string }[] {
  return db.all(sql`
    SELECT id AS storyId, headline, release_at AS until FROM articles
    WHERE release_at > ${after} AND status NOT IN ('trashed', 'killed') ORDER BY release_at, seq LIMIT ${limit}`)
}

/** `unchangedSince`, UTC: only those last changed then or before; moving to the trash counts as a change. */
export function countTrash(db: ReadableDb, unchangedSince = '9999'): number {
  return (
    db.get<{ n: number }>(
      sql`SELECT count(*) AS n FROM articles WHERE status = 'trashed' AND changed_at <= ${unchangedSince}`
    )?.n ?? 0
  )
}

export function listTrash(db: ReadableDb, unchangedSince: string): string[] {
  return db
    .all<{ id: string }>(
      sql`SELECT id FROM articles WHERE status = 'trashed' AND changed_at <= ${unchangedSince} ORDER BY change_seq`
    )
    .map(({ id }) => id)
}

/**
 * Deletes a story and everything belonging to it, except what the outbox has of it that left the desk. The deletion is
 * recorded in the same transaction, because the mark beside the database is only updated afterwards.
 */
export function eraseStory(db: WritableDb, seq: number, id: string, at: string): void {
  db.run(sql`DELETE FROM articles WHERE seq = ${seq}`)
  deleteEmbargoExits(db, id)
  forgetUnsent(db, id)
  db.run(sql`INSERT OR REPLACE INTO erased (id, erased_at) VALUES (${id}, ${at})`)
  db.erased(id)
}

/**
 * Stories whose journal is ahead of their row: somebody was typing when the process was killed. In the order of their
 * last saves. Looks at two journal entries per story that has a journal.
 */
export function storiesBehind(db: ReadableDb): { id: string }[] {
  return db.all<{ id: string }>(sql`
    WITH RECURSIVE unfolded (seq) AS (
      SELECT min(seq) FROM journal
      UNION ALL
      SELECT (SELECT min(seq) FROM journal WHERE journal.seq > unfolded.seq) FROM unfolded WHERE unfolded.seq IS NOT NULL
    )
    SELECT articles.id AS id
    FROM unfolded JOIN articles ON articles.seq = unfolded.seq
      JOIN journal AS last ON last.seq = unfolded.seq AND last.revision = (SELECT max(revision) FROM journal WHERE journal.seq = unfolded.seq)
    WHERE last.revision > articles.revision ORDER BY last.saved_at, articles.seq`)
}

export function toSummary(row: StoryRow): StorySummary {
  return {
    id: row.id,
    headline: row.headline,
    slugline: row.slugline,
    section: row.section,
    byline: row.byline,
    language: row.language,
    direction: row.direction,
    status: row.status,
    words: row.words,
    leadMediaId: row.lead_media_id,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    releaseAt: row.release_at,
    revision: row.revision
  }
}

export function toListed(row: StoryRow): ListedStory {
  return { ...toSummary(row), authors: row.authors }
}

/** The columns of a summary, in the order of `SummaryColumns`; for lists, which read each row as an array of values. */
export const SUMMARY_COLUMNS =
  'id, headline, slugline, section, byline, language, direction, status, words, lead_media_id, created_at, changed_at, release_at, revision'

export type SummaryColumns = readonly [
  id: string,
  headline: string,
  slugline: string,
  section: string,
  byline: string,
  language: string,
  direction: Direction,
  status: Status,
  words: number,
  leadMediaId: string | null,
  createdAt: string,
  changedAt: string,
  releaseAt: string | null,
  revision: number
]

export function summaryOfColumns(row: readonly [...SummaryColumns, ...unknown[]]): StorySummary {
  return {
    id: row[0],
    headline: row[1],
    slugline: row[2],
    section: row[3],
    byline: row[4],
    language: row[5],
    direction: row[6],
    status: row[7],
    words: row[8],
    leadMediaId: row[9],
    createdAt: row[10],
    changedAt: row[11],
    releaseAt: row[12],
    revision: row[13]
  }
}

/** Increments the library's change counter, within the caller's transaction. */
function nextChangeSeq(db: WritableDb): number {
  const row = db.get<{ value: number }>(
    sql`UPDATE library SET value = CAST(value AS INTEGER) + 1 WHERE key = 'change_seq' RETURNING CAST(value AS INTEGER) AS value`
  )
  if (!row) throw new Error('The library has no change counter')
  return row.value
}

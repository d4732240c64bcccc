import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { RevisionInfo, RevisionReason } from '../../../shared/contract/revisions.ts'
import type { Status } from '../../../shared/story/status.ts'
import { checksum } from './checksum.ts'
import { pack, unpack } from './packed-text.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'
import { say } from '../../../shared/words/message.ts'

/** Fields and body as stored text; the service parses them. */
export interface StoredContent {
  readonly revision: number
  readonly fields: string
  readonly body: string
  readonly lastChangeId: string | null
}

/** Throws `damaged` when the text is not what was written. */
export function getContent(db: ReadableDb, seq: number): StoredContent {
  const row = db.get<{ revision: number; fields: string; body: string; sha256: string; last_change_id: string | null }>(
    sql`SELECT revision, fields, body, sha256, last_change_id FROM article_content WHERE seq = ${seq}`
  )
  if (!row || checksum(row.fields, row.body) !== row.sha256) throw damaged('content')
  return { revision: row.revision, fields: row.fields, body: row.body, lastChangeId: row.last_change_id }
}

/** The revision and last change of the stored content, without the text. */
export function getContentHead(db: ReadableDb, seq: number): Omit<StoredContent, 'fields' | 'body'> {
  const row = db.get<{ revision: number; last_change_id: string | null }>(
    sql`SELECT revision, last_change_id FROM article_content WHERE seq = ${seq}`
  )
  if (!row) throw damaged('content')
  return { revision: row.revision, lastChangeId: row.last_change_id }
}

export function putContent(db: WritableDb, seq: number, content: StoredContent): void {
  db.run(sql`
    INSERT INTO article_content (seq, revision, fields, body, sha256, last_change_id)
    VALUES (${seq}, ${content.revision}, ${content.fields}, ${content.body}, ${checksum(content.fields, content.body)}, ${content.lastChangeId})
    ON CONFLICT (seq) DO UPDATE SET revision = excluded.revision, fields = excluded.fields, body = excluded.body, sha256 = excluded.sha256, last_change_id = excluded.last_change_id`)
}

export interface JournalEntry {
  readonly revision: number
  readonly changeId: string
  readonly kind: 'body' | 'fields' | 'status'
  /** The change as JSON. */
  readonly change: string
  readonly savedAt: string
}

export function appendJournal(db: WritableDb, seq: number, entry: JournalEntry): void {
  db.run(sql`
    INSERT INTO journal (seq, revision, change_id, kind, change, saved_at, sha256)
    VALUES (${seq}, ${entry.revision}, ${entry.changeId}, ${entry.kind}, ${entry.change}, ${entry.savedAt}, ${entrySum(entry)})`)
  db.saved(seq, entry.revision, entry.savedAt)
}

/** The saves made after the stored content, oldest first. Throws `damaged` at the first row whose checksum fails. */
export function readJournal(db: ReadableDb, seq: number): JournalEntry[] {
  const rows = db.all<JournalEntry & { sha256: string }>(
    sql`SELECT revision, change_id AS changeId, kind, change, saved_at AS savedAt, sha256 FROM journal WHERE seq = ${seq} ORDER BY revision`
  )
  for (const row of rows) if (entrySum(row) !== row.sha256) throw damaged('journal')
  return rows
}

/**
 * The revision a change was saved as: found in the journal, or as the last one folded in. Undefined if it was not
 * saved.
 */
export function findChange(
  db: ReadableDb,
  seq: number,
  changeId: string
): { revision: number; savedAt: string } | undefined {
  return db.get<{ revision: number; savedAt: string }>(sql`
    SELECT revision, saved_at AS savedAt FROM journal WHERE seq = ${seq} AND change_id = ${changeId}
    UNION ALL
    SELECT c.revision, a.changed_at FROM article_content c JOIN articles a ON a.seq = c.seq WHERE c.seq = ${seq} AND c.last_change_id = ${changeId}
    LIMIT 1`)
}

export function lastChangeId(db: ReadableDb, seq: number): string | undefined {
  return db.get<{ id: string }>(
    sql`SELECT change_id AS id FROM journal WHERE seq = ${seq} ORDER BY revision DESC LIMIT 1`
  )?.id
}

export function clearJournal(db: WritableDb, seq: number, upToRevision: number): void {
  db.run(sql`DELETE FROM journal WHERE seq = ${seq} AND revision <= ${upToRevision}`)
}

export interface StoredRevision {
  readonly revision: number
  readonly reason: RevisionReason
  readonly savedAt: string
  readonly status: Status
  readonly headline: string
  readonly words: number
  readonly fields: string
  readonly body: string
  readonly person: string | null
  readonly machine: string | null
}

/** An existing version keeps its text, and takes the new reason if that one says more. */
export function putRevision(db: WritableDb, seq: number, snapshot: StoredRevision): void {
  const body = pack(snapshot.body)
  db.run(sql`
    INSERT INTO revisions (seq, revision, reason, saved_at, status, headline, words, fields, body, sha256, person, machine)
    VALUES (${seq}, ${snapshot.revision}, ${snapshot.reason}, ${snapshot.savedAt}, ${snapshot.status}, ${snapshot.headline}, ${snapshot.words},
            ${snapshot.fields}, ${body}, ${checksum(snapshot.fields, body)}, ${snapshot.person}, ${snapshot.machine})
    ON CONFLICT (seq, revision) DO UPDATE SET reason = CASE WHEN reason <> 'settled' AND excluded.reason IN ('settled', 'before-restore', 'before-merge') THEN reason ELSE excluded.reason END`)
}

export function hasRevision(db: ReadableDb, seq: number, revision: number): boolean {
  return db.get(sql`SELECT 1 FROM revisions WHERE seq = ${seq} AND revision = ${revision}`) !== undefined
}

export function nameRevision(db: WritableDb, seq: number, revision: number, name: string | null): void {
  db.run(sql`UPDATE revisions SET name = ${name} WHERE seq = ${seq} AND revision = ${revision}`)
}

export function deleteRevisions(db: WritableDb, seq: number, revisions: readonly number[]): void {
  for (const revision of revisions) db.run(sql`DELETE FROM revisions WHERE seq = ${seq} AND revision = ${revision}`)
}

/** Newest first. */
export function listRevisions(db: ReadableDb, seq: number, storyId: string): RevisionInfo[] {
  return db
    .all<Omit<RevisionInfo, 'storyId'>>(
      sql`SELECT revision, reason, saved_at AS savedAt, headline, words, name, person, machine FROM revisions WHERE seq = ${seq} ORDER BY revision DESC`
    )
    .map((row) => ({ storyId, ...row }))
}

/** Throws `damaged` when the text is not what was written. */
export function getRevision(db: ReadableDb, seq: number, revision: number): StoredRevision | undefined {
  const row = db.get<StoredRevision & { sha256: string }>(sql`
    SELECT revision, reason, saved_at AS savedAt, status, headline, words, fields, body, sha256, person, machine FROM revisions WHERE seq = ${seq} AND revision = ${revision}`)
  if (row && checksum(row.fields, row.body) !== row.sha256) throw damaged('revision')
  return row && { ...row, body: unpack(row.body) }
}

/** SHA-256 of a journal entry, over all of its columns. */
export function entrySum(entry: JournalEntry): string {
  return checksum(String(entry.revision), entry.changeId, entry.kind, entry.change, entry.savedAt)
}

function damaged(where: string): GalleyError {
  return new GalleyError('damaged', say('store.textDamaged'), {
    detail: { where }
  })
}

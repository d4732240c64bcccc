import type { Instant } from '../../../../shared/story/instant.ts'
import { toStoredFields, upgradeFields, upgradeFieldsPatch } from '../../../../shared/story/upgrade.ts'
import { newId } from '../../../../shared/lib/id.ts'
import { checksum } from '../checksum.ts'
import { entrySum } from '../contents.ts'
import type { SqliteDb } from '../sql.ts'
import type { Migration } from './migration.ts'

/**
 * The release of a story becomes an embargo of the story and a schedule of each delivery. "First published" comes from
 * a receipt: what an approval wrote down for a story that is not live anywhere is taken back, by a change in the
 * journal like any other.
 */
export const embargoAndSchedule: Migration = {
  number: 4,
  name: 'embargo-and-schedule',
  up: `
    /* The hour the desk chose, and the embargo the story had, when it was approved: JSON of an instant. not_before is the later one. */
    ALTER TABLE outbox ADD COLUMN planned TEXT;
    ALTER TABLE outbox ADD COLUMN embargo TEXT;
    /* The embargo the story has had since: what holds is the later of both. */
    ALTER TABLE outbox ADD COLUMN hold TEXT;
    /* The story's revision up to which a person chose to let this version go as it is. */
    ALTER TABLE outbox ADD COLUMN kept_revision INTEGER;

    DROP VIEW outbox_rows;
    CREATE VIEW outbox_rows AS
    SELECT seq, id, change_id AS changeId, story_id AS storyId, target_id AS targetId, target_name AS targetName, headline, revision, content_type AS contentType,
           sha256, media, queued_at AS queuedAt, not_before AS notBefore, planned, embargo, hold, kept_revision AS keptRevision, idempotency_key AS idempotencyKey, state,
           maybe_sent AS maybeSent, media_done AS mediaDone, etag, previous, withdraw, next_try_at AS nextTryAt, told, tries, problem, receipt
    FROM outbox;

    DROP TRIGGER outbox_approved_is_final;
  `,
  fill(db) {
    splitReleases(db)
    db.raw.exec(`
      CREATE TRIGGER outbox_approved_is_final
      BEFORE UPDATE OF seq, id, change_id, story_id, target_id, headline, revision, content_type, payload, sha256, media, queued_at, not_before, planned, embargo ON outbox
      BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;`)
    for (const { seq } of db.raw.prepare<[], { seq: number }>(NOT_LIVE_YET).all()) takeBackFirstPublished(db, seq)
    // The list's release is the embargo of the story.
    const set = db.raw.prepare('UPDATE articles SET release_at = ? WHERE seq = ?')
    for (const { seq, release_at: before } of db.raw
      .prepare<[], { seq: number; release_at: string }>(
        'SELECT seq, release_at FROM articles WHERE release_at IS NOT NULL'
      )
      .all()) {
      const embargo = newestFields(db, seq)?.fields.times.embargo?.utc ?? null
      if (embargo !== before) set.run(embargo, seq)
    }
  }
}

/** Stories that an approval called published and no receipt did. */
const NOT_LIVE_YET = `
  SELECT DISTINCT articles.seq AS seq FROM outbox JOIN articles ON articles.id = outbox.story_id
  WHERE outbox.first = 1 AND outbox.state NOT IN ('done', 'cancelled') AND NOT EXISTS (SELECT 1 FROM live WHERE live.story_id = outbox.story_id)
  ORDER BY articles.seq`

/** Which of the two held an approved version is in the snapshot that was made with it. */
function splitReleases(db: SqliteDb): void {
  const rows = db.raw
    .prepare<[], { seq: number; notBefore: string; fields: string | null }>(
      `
    SELECT outbox.seq AS seq, not_before AS notBefore, revisions.fields AS fields
    FROM outbox LEFT JOIN articles ON articles.id = outbox.story_id LEFT JOIN revisions ON revisions.seq = articles.seq AND revisions.revision = outbox.revision
    WHERE not_before IS NOT NULL`
    )
    .all()
  const set = db.raw.prepare('UPDATE outbox SET planned = ?, embargo = ? WHERE seq = ?')
  for (const { seq, notBefore, fields } of rows) {
    const times = fields === null ? null : attempt(() => upgradeFields(JSON.parse(fields)).times)
    const planned: Instant = times?.planned ?? { utc: notBefore, zone: 'UTC', origin: 'clock' }
    set.run(times?.embargo ? null : JSON.stringify(planned), times?.embargo ? JSON.stringify(times.embargo) : null, seq)
  }
}

function takeBackFirstPublished(db: SqliteDb, seq: number): void {
  const newest = newestFields(db, seq)
  const row = db.raw
    .prepare<[number], { revision: number; changed_at: string }>(
      'SELECT revision, changed_at FROM articles WHERE seq = ?'
    )
    .get(seq)
  if (!newest || !row || newest.fields.times.firstPublished === null) return
  const change = JSON.stringify({ fields: toStoredFields({ times: { ...newest.fields.times, firstPublished: null } }) })
  const entry = {
    revision: newest.revision + 1,
    changeId: newId(),
    kind: 'fields' as const,
    change,
    savedAt: row.changed_at
  }
  db.raw
    .prepare(
      'INSERT INTO journal (seq, revision, change_id, kind, change, saved_at, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)'
    )
    .run(seq, entry.revision, entry.changeId, entry.kind, entry.change, entry.savedAt, entrySum(entry))
  db.raw.prepare('UPDATE articles SET revision = ? WHERE seq = ?').run(entry.revision, seq)
}

/**
 * Fields as the text and its journal have them; null where they cannot be read, which is for whoever opens the story to
 * say.
 */
function newestFields(db: SqliteDb, seq: number) {
  const content = db.raw
    .prepare<[number], { revision: number; fields: string; body: string; sha256: string }>(
      'SELECT revision, fields, body, sha256 FROM article_content WHERE seq = ?'
    )
    .get(seq)
  if (!content || checksum(content.fields, content.body) !== content.sha256) return null
  return attempt(() => {
    let { revision } = content
    let fields = upgradeFields(JSON.parse(content.fields))
    for (const entry of db.raw
      .prepare<[number, number], { revision: number; change: string }>(
        'SELECT revision, change FROM journal WHERE seq = ? AND revision > ? ORDER BY revision'
      )
      .all(seq, revision)) {
      const change = JSON.parse(entry.change) as { fields?: unknown }
      if (change.fields) fields = { ...fields, ...(upgradeFieldsPatch(change.fields) as Partial<typeof fields>) }
      revision = entry.revision
    }
    return { revision, fields }
  })
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

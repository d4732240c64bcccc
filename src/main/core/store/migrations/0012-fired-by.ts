import type { Migration } from './migration.ts'

/** Who makes a delivery public at its hour, and when the CMS does so by itself, as far as it has been told. */
export const firedBy: Migration = {
  number: 12,
  name: 'fired-by',
  up: `
    ALTER TABLE outbox ADD COLUMN fired_by TEXT NOT NULL DEFAULT 'desk';
    ALTER TABLE outbox ADD COLUMN handed_over TEXT;

    DROP VIEW outbox_rows;
    CREATE VIEW outbox_rows AS
    SELECT seq, id, change_id AS changeId, story_id AS storyId, target_id AS targetId, target_name AS targetName, headline, revision, content_type AS contentType,
           sha256, media, queued_at AS queuedAt, not_before AS notBefore, planned, embargo, hold, kept_revision AS keptRevision, purpose, reason, idempotency_key AS idempotencyKey, state, pending, base, previous,
           take_back AS takeBack, next_try_at AS nextTryAt, told, tries, problem, receipt, fired_by AS firedBy, handed_over AS handedOver
    FROM outbox;
  `
}

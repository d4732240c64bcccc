import type { Migration } from './migration.ts'

/**
 * Targets of any kind, each with settings of its own; what servers made of local things; deliveries that take a story
 * down. Which kinds and states there are is for the code to say: no list of them is left in a CHECK. The outbox is
 * written anew as a whole, its steps before it, because dropping a table takes the rows that name it along.
 */
export const targetKinds: Migration = {
  number: 5,
  name: 'target kinds',
  up: `
    DROP TRIGGER outbox_approved_is_final;
    DROP VIEW outbox_rows;

    ALTER TABLE targets RENAME TO old_targets;
    CREATE TABLE targets (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      url TEXT NOT NULL,
      /* JSON; its kind says what is in it. */
      settings TEXT NOT NULL,
      /* A secret belongs to it. The secret itself is the keychain's. */
      signs INTEGER NOT NULL DEFAULT 0 CHECK (signs IN (0, 1)),
      /* The practice CMS starts with the library. */
      starts INTEGER NOT NULL DEFAULT 0 CHECK (starts IN (0, 1)),
      /* Why nothing goes to it until a person has seen to it: JSON of the error. */
      paused TEXT
    ) STRICT;
    INSERT INTO targets (seq, id, name, kind, url, settings, signs, starts, paused)
      SELECT seq, id, name, kind, url, json_object('format', format), signs, starts, paused FROM old_targets;
    DROP TABLE old_targets;
    CREATE UNIQUE INDEX targets_one_practice ON targets (kind) WHERE kind = 'practice';

    ALTER TABLE outbox_steps RENAME TO old_outbox_steps;
    ALTER TABLE outbox RENAME TO old_outbox;
    CREATE TABLE outbox (
      /* Order of approval; the clock has no say in it. */
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      /* Made by the caller: the same approval sent twice is one row. */
      change_id TEXT NOT NULL UNIQUE,
      story_id TEXT NOT NULL,
      target_id TEXT NOT NULL,
      target_name TEXT NOT NULL,
      headline TEXT NOT NULL,
      revision INTEGER NOT NULL,
      content_type TEXT NOT NULL,
      payload TEXT NOT NULL,
      /* SHA-256 over the bytes of payload, hex. */
      sha256 TEXT NOT NULL,
      /* JSON list of the pictures it needs. */
      media TEXT NOT NULL,
      queued_at TEXT NOT NULL,
      /* The later of the two that follow: the hour the desk chose, and the embargo the story had on approval, JSON of an instant each. */
      not_before TEXT,
      planned TEXT,
      embargo TEXT,
      /* To put the story on the CMS, or to take it down, and then why. */
      purpose TEXT NOT NULL DEFAULT 'publish',
      reason TEXT NOT NULL DEFAULT '',
      idempotency_key TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL,
      /* JSON of the step of unknown outcome: look for it before anything is sent again. */
      pending TEXT,
      /* Change token of what it is to replace; null for a story that is new there. */
      base TEXT,
      /* Fingerprint of our own last version there, to know it again. */
      previous TEXT,
      /* To be taken back, and by whom. */
      take_back TEXT,
      next_try_at TEXT,
      /* The CMS itself named that time. */
      told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
      tries INTEGER NOT NULL DEFAULT 0,
      problem TEXT,
      receipt TEXT,
      /* The embargo the story has had since: what holds is the later of both. */
      hold TEXT,
      /* The story's revision up to which a person chose to let this version go as it is. */
      kept_revision INTEGER
    ) STRICT;
    INSERT INTO outbox (seq, id, change_id, story_id, target_id, target_name, headline, revision, content_type, payload, sha256, media, queued_at, not_before, planned,
                        embargo, idempotency_key, state, pending, base, previous, take_back, next_try_at, told, tries, problem, receipt, hold, kept_revision)
      SELECT seq, id, change_id, story_id, target_id, target_name, headline, revision, content_type, payload, sha256, media, queued_at, not_before, planned,
             embargo, idempotency_key, state, CASE WHEN maybe_sent = 1 THEN json_object('key', 'story', 'name', 'article') END, etag, previous, withdraw, next_try_at, told, tries,
             problem, receipt, hold, kept_revision
      FROM old_outbox;
    CREATE TABLE outbox_steps (
      seq INTEGER PRIMARY KEY,
      outbox_seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
      at TEXT NOT NULL,
      step TEXT NOT NULL,
      outcome TEXT NOT NULL
    ) STRICT;
    INSERT INTO outbox_steps (seq, outbox_seq, at, step, outcome) SELECT seq, outbox_seq, at, step, outcome FROM old_outbox_steps;
    DROP TABLE old_outbox_steps;
    DROP TABLE old_outbox;
    CREATE INDEX outbox_open ON outbox (seq) WHERE state NOT IN ('done', 'cancelled');
    CREATE INDEX outbox_story ON outbox (story_id, target_id, seq);
    CREATE INDEX outbox_steps_of ON outbox_steps (outbox_seq, seq);

    /* Rows as the code names them, without the payload that only sending needs. */
    CREATE VIEW outbox_rows AS
    SELECT seq, id, change_id AS changeId, story_id AS storyId, target_id AS targetId, target_name AS targetName, headline, revision, content_type AS contentType,
           sha256, media, queued_at AS queuedAt, not_before AS notBefore, planned, embargo, hold, kept_revision AS keptRevision, purpose, reason, idempotency_key AS idempotencyKey, state, pending, base, previous,
           take_back AS takeBack, next_try_at AS nextTryAt, told, tries, problem, receipt
    FROM outbox;

    CREATE TRIGGER outbox_approved_is_final
    BEFORE UPDATE OF seq, id, change_id, story_id, target_id, headline, revision, content_type, payload, sha256, media, queued_at, not_before, planned, embargo, purpose, reason ON outbox
    BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;

    CREATE TABLE remote_references (
      target_id TEXT NOT NULL,
      local TEXT NOT NULL,
      remote_id TEXT NOT NULL,
      address TEXT,
      token TEXT,
      confirmed_by TEXT,
      PRIMARY KEY (target_id, local)
    ) STRICT, WITHOUT ROWID;
  `
}

import type { Migration } from './migration.ts'

/**
 * Targets, the outbox with the journal of its steps, and what is live where. Stories are named by id without a foreign
 * key: the proof of what was published outlives the desk's copy. What was approved can never be changed, and the file
 * itself sees to it.
 */
export const publishing: Migration = {
  number: 2,
  name: 'publishing',
  up: `
    CREATE TABLE targets (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('open', 'practice')),
      url TEXT NOT NULL,
      format TEXT NOT NULL CHECK (format IN ('galley', 'ninjs')),
      /* A secret belongs to it. The secret itself is the keychain's. */
      signs INTEGER NOT NULL DEFAULT 0 CHECK (signs IN (0, 1)),
      /* The practice CMS starts with the library. */
      starts INTEGER NOT NULL DEFAULT 0 CHECK (starts IN (0, 1)),
      /* Why nothing goes to it until a person has seen to it: JSON of the error. */
      paused TEXT
    ) STRICT;
    CREATE UNIQUE INDEX targets_one_practice ON targets (kind) WHERE kind = 'practice';

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
      /* Sets "first published" on approval; taken back with it. */
      first INTEGER NOT NULL CHECK (first IN (0, 1)),
      queued_at TEXT NOT NULL,
      not_before TEXT,
      idempotency_key TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'scheduled', 'sending', 'paused', 'conflict', 'refused', 'done', 'cancelled')),
      /* The story may be on the CMS: look before anything is sent again. */
      maybe_sent INTEGER NOT NULL DEFAULT 0 CHECK (maybe_sent IN (0, 1)),
      media_done INTEGER NOT NULL DEFAULT 0,
      /* ETag of what it is to replace; null for a story that is new there. */
      etag TEXT,
      /* SHA-256 of our own last version there, to know it again. */
      previous TEXT,
      withdraw TEXT CHECK (withdraw IN ('cancel', 'supersede')),
      next_try_at TEXT,
      /* The CMS itself named that time. */
      told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
      tries INTEGER NOT NULL DEFAULT 0,
      problem TEXT,
      receipt TEXT
    ) STRICT;
    CREATE INDEX outbox_open ON outbox (seq) WHERE state NOT IN ('done', 'cancelled');
    CREATE INDEX outbox_story ON outbox (story_id, target_id, seq);

    /* Rows as the code names them, without the payload that only sending needs. */
    CREATE VIEW outbox_rows AS
    SELECT seq, id, change_id AS changeId, story_id AS storyId, target_id AS targetId, target_name AS targetName, headline, revision, content_type AS contentType,
           sha256, media, first, queued_at AS queuedAt, not_before AS notBefore, idempotency_key AS idempotencyKey, state, maybe_sent AS maybeSent,
           media_done AS mediaDone, etag, previous, withdraw, next_try_at AS nextTryAt, told, tries, problem, receipt
    FROM outbox;

    CREATE TRIGGER outbox_approved_is_final
    BEFORE UPDATE OF seq, id, change_id, story_id, target_id, headline, revision, content_type, payload, sha256, media, queued_at, not_before ON outbox
    BEGIN SELECT RAISE(ABORT, 'what was approved cannot be changed'); END;

    CREATE TABLE outbox_steps (
      seq INTEGER PRIMARY KEY,
      outbox_seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
      at TEXT NOT NULL,
      step TEXT NOT NULL,
      outcome TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_steps_of ON outbox_steps (outbox_seq, seq);

    CREATE TABLE live (
      story_id TEXT NOT NULL,
      target_id TEXT NOT NULL,
      etag TEXT NOT NULL,
      url TEXT,
      sha256 TEXT NOT NULL,
      revision INTEGER NOT NULL,
      receipt TEXT NOT NULL,
      PRIMARY KEY (story_id, target_id)
    ) STRICT, WITHOUT ROWID;
  `
}

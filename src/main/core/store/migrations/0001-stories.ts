import type { Migration } from './migration.ts'

/**
 * Stories, their journal and snapshots, pictures, settings.
 * `articles` holds only what lists show, so that paging never touches bodies; `change_seq` counts every change of the
 * library, because a laptop's clock may jump and the order of changes may not.
 */
export const stories: Migration = {
  number: 1,
  name: 'stories',
  up: `
    CREATE TABLE library (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO library (key, value) VALUES ('change_seq', '0');

    CREATE TABLE articles (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      revision INTEGER NOT NULL,
      status TEXT NOT NULL,
      headline TEXT NOT NULL,
      slugline TEXT NOT NULL,
      section TEXT NOT NULL,
      byline TEXT NOT NULL,
      language TEXT NOT NULL,
      direction TEXT NOT NULL,
      words INTEGER NOT NULL,
      lead_media_id TEXT,
      created_at TEXT NOT NULL,
      changed_at TEXT NOT NULL,
      release_at TEXT,
      change_seq INTEGER NOT NULL,
      /* The change up to which the search index knows this story. */
      indexed_seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX articles_changed ON articles (change_seq DESC);
    CREATE INDEX articles_status_changed ON articles (status, change_seq DESC);
    CREATE INDEX articles_unindexed ON articles (seq) WHERE indexed_seq < change_seq;

    /* The story as it was at \`revision\`; the journal holds what came after. */
    CREATE TABLE article_content (
      seq INTEGER PRIMARY KEY REFERENCES articles (seq) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      fields TEXT NOT NULL,
      body TEXT NOT NULL,
      /* SHA-256 over fields and body, hex. */
      sha256 TEXT NOT NULL,
      /* The last change folded in, so that one sent again is known. */
      last_change_id TEXT
    ) STRICT;

    CREATE TABLE journal (
      seq INTEGER NOT NULL REFERENCES articles (seq) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      change_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('body', 'fields', 'status')),
      change TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (seq, revision)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE revisions (
      seq INTEGER NOT NULL REFERENCES articles (seq) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      reason TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      status TEXT NOT NULL,
      headline TEXT NOT NULL,
      words INTEGER NOT NULL,
      fields TEXT NOT NULL,
      body TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (seq, revision)
    ) STRICT;

    CREATE TABLE intake_sources (
      seq INTEGER PRIMARY KEY REFERENCES articles (seq) ON DELETE CASCADE,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      bytes BLOB NOT NULL,
      sha256 TEXT NOT NULL
    ) STRICT;

    CREATE TABLE media (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      size INTEGER NOT NULL,
      metadata TEXT NOT NULL,
      added_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `
}

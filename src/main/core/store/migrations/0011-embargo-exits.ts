import type { Migration } from './migration.ts'

/** Each time copy of a story left the desk under an embargo, and why. */
export const embargoExits: Migration = {
  number: 11,
  name: 'embargo-exits',
  up: `
    CREATE TABLE embargo_exits (
      id TEXT PRIMARY KEY,
      story_id TEXT NOT NULL,
      at TEXT NOT NULL,
      way TEXT NOT NULL,
      until TEXT NOT NULL,
      reason TEXT NOT NULL,
      person TEXT,
      machine TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX embargo_exits_by_story ON embargo_exits (story_id, at);
  `
}

import type { Migration } from './migration.ts'

/** Words the person has accepted: everywhere, and in one story. */
export const spellingWords: Migration = {
  number: 10,
  name: 'spelling-words',
  up: `
    CREATE TABLE spelling_words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE spelling_ignored (
      seq INTEGER NOT NULL REFERENCES articles (seq) ON DELETE CASCADE,
      word TEXT NOT NULL,
      PRIMARY KEY (seq, word)
    ) STRICT, WITHOUT ROWID;
  `
}

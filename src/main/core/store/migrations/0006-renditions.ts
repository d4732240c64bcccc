import type { Migration } from './migration.ts'

/**
 * What was made from pictures: a JPEG to show in the place of a kind that browsers cannot, and what left the desk with
 * an approved story, by the SHA-256 of its own bytes. Either can be made again from the original and the words kept
 * here.
 */
export const renditions: Migration = {
  number: 6,
  name: 'renditions',
  up: `
    /* SHA-256 of the JPEG that is shown; null where the picture itself can be. */
    ALTER TABLE media ADD COLUMN display TEXT;

    CREATE TABLE renditions (
      id TEXT NOT NULL,
      original_id TEXT NOT NULL,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      size INTEGER NOT NULL,
      /* JSON of the words written into it. */
      words TEXT NOT NULL,
      made_at TEXT NOT NULL,
      /* Two originals with the same pixels make one rendition, and so do words that a GIF has no place for. */
      PRIMARY KEY (id, original_id, words)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX renditions_original ON renditions (original_id);
  `
}

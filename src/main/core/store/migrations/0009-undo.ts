import type { Migration } from './migration.ts'

/**
 * Undo outlives the window: the steps back from a story and, of what was undone, the steps on. They belong to the text
 * of one revision; a line of another revision is no longer true and is never used.
 */
export const undo: Migration = {
  number: 9,
  name: 'undo',
  up: `
    CREATE TABLE undo_lines (
      seq INTEGER PRIMARY KEY REFERENCES articles (seq) ON DELETE CASCADE,
      /* The revision of the story that the top of both stacks fits. */
      revision INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE undo_steps (
      seq INTEGER NOT NULL REFERENCES articles (seq) ON DELETE CASCADE,
      side TEXT NOT NULL CHECK (side IN ('past', 'future')),
      /* From 1, the oldest; what is too much goes from below, and the rest stays where it is. */
      height INTEGER NOT NULL,
      size INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      /* JSON. */
      step TEXT NOT NULL,
      PRIMARY KEY (seq, side, height)
    ) STRICT;
  `
}

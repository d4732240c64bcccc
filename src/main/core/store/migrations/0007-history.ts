import type { Migration } from './migration.ts'

/**
 * Versions of the history can have a name, and say who kept them and on which machine. Their bodies may be packed from
 * here on (see packed-text.ts); those that are there stay as they are.
 */
export const history: Migration = {
  number: 7,
  name: 'history',
  up: `
    ALTER TABLE revisions ADD COLUMN name TEXT;
    ALTER TABLE revisions ADD COLUMN person TEXT;
    ALTER TABLE revisions ADD COLUMN machine TEXT;
  `
}

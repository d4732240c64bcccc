import type { Migration } from './migration.ts'

/** A delivery that has ended and is looked at once more keeps the moment in `next_try_at`. */
export const lateLooks: Migration = {
  number: 14,
  name: 'late-looks',
  up: `CREATE INDEX outbox_looks ON outbox (next_try_at) WHERE state IN ('done', 'cancelled') AND next_try_at IS NOT NULL;`
}

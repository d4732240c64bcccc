import { storedMessage } from '../../../shared/rpc/errors.ts'
import { Message } from '../../../shared/words/message.ts'
import { getOutbox, type OutboxRow } from './outbox.ts'
import { sql, type ReadableDb } from './sql.ts'

/** A delivery that has ended and is checked once more. */
export interface LookDue extends Pick<OutboxRow, 'id' | 'storyId' | 'targetId'> {
  /** UTC. */
  readonly nextTryAt: string
}

/** All of them, the next due first: one for each reply that was lost within the last hour. */
export function listLateLooks(db: ReadableDb): LookDue[] {
  return db.all<LookDue>(
    sql`SELECT id, story_id AS storyId, target_id AS targetId, next_try_at AS nextTryAt FROM outbox
      WHERE state IN ('done', 'cancelled') AND next_try_at IS NOT NULL ORDER BY next_try_at, seq`
  )
}

/** What was approved of the story for the same CMS since, and its withdrawals there. */
export function listLater(db: ReadableDb, { seq, storyId, targetId }: OutboxRow): OutboxRow[] {
  return db
    .all<{ id: string }>(
      sql`SELECT id FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} AND seq > ${seq} ORDER BY seq`
    )
    .flatMap(({ id }) => getOutbox(db, id) ?? [])
}

/** The last version of the story that was live on that CMS. */
export function lastPublished(db: ReadableDb, { storyId, targetId }: OutboxRow): OutboxRow | undefined {
  const found = db.get<{ id: string }>(
    sql`SELECT id FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} AND purpose = 'publish'
      AND receipt IS NOT NULL ORDER BY seq DESC LIMIT 1`
  )
  return found && getOutbox(db, found.id)
}

/**
 * When the last of these steps ended this way that a delivery of the story to that CMS took, whichever, UTC; null where
 * none did since `from`.
 */
export function lastStep(
  db: ReadableDb,
  { storyId, targetId }: Pick<OutboxRow, 'storyId' | 'targetId'>,
  { steps, keys, from }: { readonly steps: readonly string[]; readonly keys: readonly string[]; readonly from: string }
): string | null {
  const taken = db.all<{ at: string; outcome: string }>(
    sql`SELECT taken.at, taken.outcome FROM outbox JOIN outbox_steps AS taken ON taken.outbox_seq = outbox.seq
      WHERE outbox.story_id = ${storyId} AND outbox.target_id = ${targetId} AND taken.at >= ${from}
        AND taken.step IN (SELECT value FROM json_each(${JSON.stringify(steps)}))
      ORDER BY taken.at DESC`
  )
  return taken.find(({ outcome }) => keys.includes(bareKey(storedMessage(outcome))))?.at ?? null
}

/** Without the reason that the CMS gave. */
function bareKey(message: Message): string {
  const problem = Message.safeParse(message.params?.['problem'])
  return problem.success ? problem.data.key : message.key
}

import type { Message } from '../../../shared/words/message.ts'
import { createHash } from 'node:crypto'
import { laterOf, type Instant } from '../../../shared/story/instant.ts'
import type { OutboxState, Receipt } from '../../../shared/contract/outbox.ts'
import { GalleyError, storedError, storedMessage, type WireError } from '../../../shared/rpc/errors.ts'
import { sql, type ReadableDb, type Sql, type WritableDb } from './sql.ts'
import { say } from '../../../shared/words/message.ts'

/** What was approved; written once and never changed. */
export interface ApprovedRow {
  readonly id: string
  readonly changeId: string
  readonly storyId: string
  readonly targetId: string
  readonly targetName: string
  readonly headline: string
  readonly revision: number
  readonly contentType: string
  readonly payload: string
  readonly sha256: string
  /** The pictures it needs, in the order they are sent. */
  readonly media: readonly string[]
  readonly queuedAt: string
  /** The later of `planned` and `embargo`. */
  readonly notBefore: string | null
  /** The hour the desk chose for this delivery. */
  readonly planned: Instant | null
  /** The embargo the story had on approval. */
  readonly embargo: Instant | null
  /** Whether to put the story on the CMS or to take it down. */
  readonly purpose: 'publish' | 'withdraw'
  /** Why it is taken down; empty for a publication. */
  readonly reason: string
}

/** How far it has got. */
export interface DeliveryRow {
  /** The embargo the story has had since; the later of the two holds. */
  readonly hold: Instant | null
  /** The revision up to which a person decided that later changes need not go out with this version. */
  readonly keptRevision: number | null
  readonly idempotencyKey: string
  readonly state: OutboxState
  /** The step whose outcome is unknown; it is looked up before anything else is sent. */
  readonly pending: {
    readonly key: string
    readonly name: 'site' | 'media' | 'terms' | 'authors' | 'draft' | 'article'
  } | null
  readonly base: string | null
  readonly previous: string | null
  readonly takeBack: 'cancel' | 'supersede' | null
  readonly nextTryAt: string | null
  readonly told: boolean
  readonly tries: number
  readonly problem: WireError | null
  readonly receipt: Receipt | null
  /** Who makes it public when its hour comes. */
  readonly firedBy: 'cms' | 'desk'
  /** When the CMS will publish it by itself, UTC, as far as it was told or may have been told. */
  readonly handedOver: string | null
}

/** A row without its payload, which only sending needs. */
export interface OutboxRow extends Omit<ApprovedRow, 'payload'>, DeliveryRow {
  /** Order of approval. */
  readonly seq: number
}

/** The part of a delivery that says what it may have created on its CMS. */
export interface SentRow extends Pick<OutboxRow, 'storyId' | 'headline' | 'media' | 'state'> {
  readonly hasReceipt: boolean
}

export function insertOutbox(db: WritableDb, row: ApprovedRow & DeliveryRow): number {
  return db.run(sql`
    INSERT INTO outbox (id, change_id, story_id, target_id, target_name, headline, revision, content_type, payload, sha256, media, queued_at, not_before, planned, embargo,
                        hold, kept_revision, purpose, reason, idempotency_key, state, pending, base, previous, take_back, next_try_at, told, tries, problem, receipt, fired_by, handed_over)
    VALUES (${row.id}, ${row.changeId}, ${row.storyId}, ${row.targetId}, ${row.targetName}, ${row.headline}, ${row.revision}, ${row.contentType}, ${row.payload},
            ${row.sha256}, ${JSON.stringify(row.media)}, ${row.queuedAt}, ${row.notBefore}, ${json(row.planned)},
            ${json(row.embargo)}, ${json(row.hold)}, ${row.keptRevision}, ${row.purpose}, ${row.reason},
            ${row.idempotencyKey}, ${row.state}, ${json(row.pending)}, ${row.base}, ${row.previous}, ${row.takeBack}, ${row.nextTryAt}, ${Number(row.told)},
            ${row.tries}, ${json(row.problem)}, ${json(row.receipt)}, ${row.firedBy}, ${row.handedOver})`)
    .lastInsertRowid
}

export function updateDelivery(db: WritableDb, seq: number, row: DeliveryRow): void {
  db.run(sql`
    UPDATE outbox SET idempotency_key = ${row.idempotencyKey}, state = ${row.state}, pending = ${json(row.pending)}, base = ${row.base},
      previous = ${row.previous}, take_back = ${row.takeBack}, next_try_at = ${row.nextTryAt}, told = ${Number(row.told)},
      tries = ${row.tries}, problem = ${json(row.problem)}, receipt = ${json(row.receipt)}, hold = ${json(row.hold)}, kept_revision = ${row.keptRevision},
      fired_by = ${row.firedBy}, handed_over = ${row.handedOver}
    WHERE seq = ${seq}`)
}

/** True if an item's journal has a step of that name with one of these outcomes. */
export function hasStep(db: ReadableDb, seq: number, step: string, keys: readonly string[]): boolean {
  return db
    .all<{ outcome: string }>(sql`SELECT outcome FROM outbox_steps WHERE outbox_seq = ${seq} AND step = ${step}`)
    .some(({ outcome }) => keys.includes(storedMessage(outcome).key))
}

/** True if the CMS was to publish it, and this machine had to take over without anybody choosing that. */
export function wasLeftByCms(db: ReadableDb, seq: number): boolean {
  return db.get(sql`SELECT 1 FROM outbox_steps WHERE outbox_seq = ${seq} AND step = 'fires' LIMIT 1`) !== undefined
}

export function getOutbox(db: ReadableDb, id: string): OutboxRow | undefined {
  return one(db.get<RawRow>(sql`SELECT * FROM outbox_rows WHERE id = ${id}`))
}

export function findOutboxChange(db: ReadableDb, changeId: string): OutboxRow | undefined {
  return one(db.get<RawRow>(sql`SELECT * FROM outbox_rows WHERE changeId = ${changeId}`))
}

/**
 * Records what younger versions replace, now that this one is live. Only for those of which nothing was sent; this
 * machine publishes them.
 */
export function moveOnYounger(
  db: WritableDb,
  row: Pick<OutboxRow, 'seq' | 'storyId' | 'targetId'>,
  live: { readonly token: string | null; readonly fingerprint: string }
): void {
  db.run(sql`
    UPDATE outbox SET base = ${live.token}, previous = ${live.fingerprint}, fired_by = 'desk', handed_over = NULL
    WHERE story_id = ${row.storyId} AND target_id = ${row.targetId} AND seq > ${row.seq} AND pending IS NULL AND state NOT IN ('done', 'cancelled')`)
}

/**
 * Passes what this version was to replace on to the next one for the same CMS, which takes its place because the CMS
 * would publish it by itself.
 */
export function handOn(
  db: WritableDb,
  { seq, storyId, targetId, base, previous, handedOver }: Omit<OutboxRow, 'media'>
): void {
  db.run(sql`
    UPDATE outbox SET base = ${base}, previous = ${previous}, handed_over = ${handedOver}
    WHERE seq = (
      SELECT min(seq) FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} AND seq > ${seq}
        AND pending IS NULL AND state NOT IN ('done', 'cancelled'))`)
}

/**
 * The revision seen scheduled on the CMS that the delivery was to replace, or that it is itself; null if there was
 * none. Whatever replaced it since carries its fingerprint. `live`: the fingerprint of what was seen public there.
 */
export function revisionAhead(
  db: ReadableDb,
  { seq, storyId, targetId }: Pick<OutboxRow, 'seq' | 'storyId' | 'targetId'>,
  live = ''
): number | null {
  const found = db.get<{ revision: number }>(sql`
    SELECT revision FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} AND purpose = 'publish'
      AND previous = (
        SELECT previous FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} AND purpose = 'publish'
          AND seq <= ${seq} AND previous IS NOT NULL AND previous <> ${live} ORDER BY seq DESC LIMIT 1)
    ORDER BY seq LIMIT 1`)
  return found?.revision ?? null
}

/** True if another delivery of the story to the same CMS follows it. */
export function hasSuccessor(db: ReadableDb, { seq, storyId, targetId }: OutboxRow): boolean {
  return listOpenOutboxOf(db, storyId).some(
    (row) => row.targetId === targetId && row.seq > seq && row.state !== 'paused'
  )
}

/** Everything neither done nor cancelled, in order of approval. */
export function listOpenOutbox(db: ReadableDb): OutboxRow[] {
  return db.all<RawRow>(sql`SELECT * FROM outbox_rows WHERE state NOT IN ('done', 'cancelled') ORDER BY seq`).map(toRow)
}

/** The same for one story. Every save asks, nearly always of a story with nothing open: that alone is looked up first. */
export function listOpenOutboxOf(db: ReadableDb, storyId: string): OutboxRow[] {
  if (!db.get(anyOpenOf(storyId))) return []
  return db.all<RawRow>(openOf(storyId)).map(toRow)
}

/** For tests that pin the plan of these queries; one runs on every save of a story. */
export function explainOpenOutboxOf(db: ReadableDb): string[][] {
  return [anyOpenOf(''), openOf('')].map((query) => explain(db, query))
}

function explain(db: ReadableDb, { text, values }: Sql): string[] {
  return db.all<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${text}`, values }).map(({ detail }) => detail)
}

function anyOpenOf(storyId: string): Sql {
  return sql`SELECT 1 FROM outbox WHERE story_id = ${storyId} AND state NOT IN ('done', 'cancelled') LIMIT 1`
}

/** Ordered by an expression, so that SQLite does not pick an index of all open rows just for the order. */
function openOf(storyId: string): Sql {
  return sql`SELECT * FROM outbox_rows WHERE storyId = ${storyId} AND state NOT IN ('done', 'cancelled') ORDER BY +seq`
}

/** The target's name when something was last queued for it: the only name left if it has been removed. */
export function targetNameInOutbox(db: ReadableDb, storyId: string, targetId: string): string | undefined {
  return db.get<{ name: string }>(
    sql`SELECT target_name AS name FROM outbox WHERE story_id = ${storyId} AND target_id = ${targetId} ORDER BY seq DESC LIMIT 1`
  )?.name
}

/**
 * Deletes what never left the desk of a story that is deleted for good. What was sent, or may have been, stays with its
 * receipt: it proves what was published, and leads to leftovers on a CMS.
 */
export function forgetUnsent(db: WritableDb, storyId: string): void {
  db.run(sql`
    DELETE FROM outbox WHERE story_id = ${storyId} AND state = 'cancelled' AND receipt IS NULL
      AND NOT EXISTS (SELECT 1 FROM outbox_steps WHERE outbox_seq = outbox.seq AND step NOT IN (SELECT value FROM json_each(${JSON.stringify(deskSteps)})))`)
}

/** Newest first; at most `limit` rows. */
export function listOutbox(db: ReadableDb, storyId: string | undefined, limit: number): OutboxRow[] {
  const rows =
    storyId === undefined
      ? db.all<RawRow>(sql`SELECT * FROM outbox_rows ORDER BY seq DESC LIMIT ${limit}`)
      : db.all<RawRow>(sql`SELECT * FROM outbox_rows WHERE storyId = ${storyId} ORDER BY seq DESC LIMIT ${limit}`)
  return rows.map(toRow)
}

/** What every delivery to a target may have created there, all of them, in order of approval. */
export function listSentTo(db: ReadableDb, targetId: string): SentRow[] {
  return db
    .all<Omit<SentRow, 'media' | 'hasReceipt'> & { readonly media: string; readonly hasReceipt: number }>(
      sql`SELECT story_id AS storyId, headline, media, state, receipt IS NOT NULL AS hasReceipt
        FROM outbox WHERE target_id = ${targetId} ORDER BY seq`
    )
    .map((row) => ({ ...row, media: JSON.parse(row.media) as string[], hasReceipt: row.hasReceipt === 1 }))
}

/**
 * The version of a story last approved for a target, or for any target, that was not taken back; without its payload.
 */
export function lastApproved(db: ReadableDb, storyId: string, targetId: string | null = null): OutboxRow | undefined {
  return one(
    db.get<RawRow>(
      sql`SELECT * FROM outbox_rows WHERE storyId = ${storyId} AND (${targetId} IS NULL OR targetId = ${targetId})
        AND state <> 'cancelled' AND purpose = 'publish' ORDER BY seq DESC LIMIT 1`
    )
  )
}

/** What was approved, byte for byte. Throws `damaged` if its checksum fails. */
export function getPayload(db: ReadableDb, seq: number): string {
  const row = db.get<{ payload: string; sha256: string }>(sql`SELECT payload, sha256 FROM outbox WHERE seq = ${seq}`)
  if (!row || createHash('sha256').update(row.payload).digest('hex') !== row.sha256) {
    throw new GalleyError('damaged', say('store.approvedDamaged'))
  }
  return row.payload
}

/**
 * Steps that are records of the desk itself: with only these, nothing has left. (`time` precedes any sending: it asks
 * the CMS for its clock.)
 */
const deskSteps = ['time', 'release', 'newsletter', 'fires'] as const

/** True if a delivery's journal has more than records of the desk itself. */
export function hasActed(db: ReadableDb, { seq }: OutboxRow): boolean {
  const step = sql`SELECT 1 FROM outbox_steps WHERE outbox_seq = ${seq}
    AND step NOT IN (SELECT value FROM json_each(${JSON.stringify(deskSteps)})) LIMIT 1`
  return db.get(step) !== undefined
}

export function addDeskStep(
  db: WritableDb,
  outboxSeq: number,
  at: string,
  step: (typeof deskSteps)[number],
  outcome: Message
): void {
  addStep(db, outboxSeq, at, step, outcome)
}

export function addStep(db: WritableDb, outboxSeq: number, at: string, step: string, outcome: Message): number {
  return db.run(
    sql`INSERT INTO outbox_steps (outbox_seq, at, step, outcome) VALUES (${outboxSeq}, ${at}, ${step}, ${JSON.stringify(outcome)})`
  ).lastInsertRowid
}

/**
 * Ends a step, replacing the previous one if it was the same: a night without a network is one line in the journal, not
 * thousands.
 */
export function endStep(db: WritableDb, stepSeq: number, at: string, outcome: Message): void {
  db.run(sql`UPDATE outbox_steps SET at = ${at}, outcome = ${JSON.stringify(outcome)} WHERE seq = ${stepSeq}`)
  db.run(sql`
    DELETE FROM outbox_steps WHERE seq = (
      SELECT earlier.seq FROM outbox_steps earlier JOIN outbox_steps ended ON ended.seq = ${stepSeq}
      WHERE earlier.outbox_seq = ended.outbox_seq AND earlier.seq < ended.seq ORDER BY earlier.seq DESC LIMIT 1
    ) AND (step, outcome) = (SELECT step, outcome FROM outbox_steps WHERE seq = ${stepSeq})`)
}

/** Ends a step, or removes it if the last step of that name had the same outcome. */
export function endOnce(db: WritableDb, stepSeq: number, at: string, outcome: Message): void {
  const said = JSON.stringify(outcome)
  const last = db.get<{ outcome: string }>(sql`
    SELECT earlier.outcome FROM outbox_steps earlier JOIN outbox_steps ended ON ended.seq = ${stepSeq}
    WHERE earlier.outbox_seq = ended.outbox_seq AND earlier.step = ended.step AND earlier.seq < ended.seq
    ORDER BY earlier.seq DESC LIMIT 1`)
  if (last?.outcome === said) removeStep(db, stepSeq)
  else db.run(sql`UPDATE outbox_steps SET at = ${at}, outcome = ${said} WHERE seq = ${stepSeq}`)
}

export function removeStep(db: WritableDb, stepSeq: number): void {
  db.run(sql`DELETE FROM outbox_steps WHERE seq = ${stepSeq}`)
}

/** Ends the steps that a killed process left under way. */
export function endOpenSteps(db: WritableDb, outboxSeq: number, underWay: Message, outcome: Message): void {
  // Older libraries stored the sentence itself.
  db.run(sql`
    UPDATE outbox_steps SET outcome = ${JSON.stringify(outcome)}
    WHERE outbox_seq = ${outboxSeq} AND outcome IN (${JSON.stringify(underWay)}, 'under way')`)
}

/** The embargo that holds an approved version: the later of the one on approval and the one the story has had since. */
export function embargoOf({ embargo, hold }: Pick<OutboxRow, 'embargo' | 'hold'>): Instant | null {
  return laterOf(embargo, hold)
}

/** The moment before which no reader gets it, UTC; null if nothing holds it. */
export function heldUntil(row: Pick<OutboxRow, 'notBefore' | 'hold'>): string | null {
  const { notBefore, hold } = row
  return notBefore === null || (hold !== null && Date.parse(hold.utc) > Date.parse(notBefore))
    ? (hold?.utc ?? null)
    : notBefore
}

/** The earliest planned hour among a story's open deliveries. */
export function plannedHour(db: ReadableDb, storyId: string): Instant | null {
  return db
    .all<{ planned: string }>(
      sql`SELECT planned FROM outbox WHERE story_id = ${storyId} AND planned IS NOT NULL AND state NOT IN ('done', 'cancelled')`
    )
    .map(({ planned }) => JSON.parse(planned) as Instant)
    .reduce<Instant | null>((first, one) => (first !== null && first.utc <= one.utc ? first : one), null)
}

/** Every open item and the most recent `ended` closed ones, newest first. */
export function listOutboxBriefly(db: ReadableDb, ended: number): OutboxRow[] {
  return db
    .all<RawRow>(
      sql`SELECT * FROM outbox_rows WHERE state NOT IN ('done', 'cancelled')
        OR seq IN (SELECT seq FROM outbox_rows WHERE state IN ('done', 'cancelled') ORDER BY seq DESC LIMIT ${ended})
        ORDER BY seq DESC`
    )
    .map(toRow)
}

type RawRow = Omit<OutboxRow, 'media' | 'planned' | 'embargo' | 'hold' | 'pending' | 'told' | 'problem' | 'receipt'> & {
  readonly media: string
  readonly planned: string | null
  readonly embargo: string | null
  readonly hold: string | null
  readonly pending: string | null
  readonly told: number
  readonly problem: string | null
  readonly receipt: string | null
}

function one(row: RawRow | undefined): OutboxRow | undefined {
  return row && toRow(row)
}

function toRow(row: RawRow): OutboxRow {
  return {
    ...row,
    media: JSON.parse(row.media) as string[],
    planned: instant(row.planned),
    embargo: instant(row.embargo),
    hold: instant(row.hold),
    told: row.told === 1,
    pending: row.pending === null ? null : (JSON.parse(row.pending) as OutboxRow['pending']),
    problem: row.problem === null ? null : storedError(JSON.parse(row.problem)),
    receipt: row.receipt === null ? null : (JSON.parse(row.receipt) as Receipt)
  }
}

function instant(stored: string | null): Instant | null {
  return stored === null ? null : (JSON.parse(stored) as Instant)
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

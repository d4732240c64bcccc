import { UNDO_SIZE, UNDO_STEPS, type UndoHeights } from '../../../shared/story/undo.ts'
import { checksum } from './checksum.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

export type Side = 'past' | 'future'

/** What a save does to one stack: how many steps stay, and the steps to add, as JSON. */
export interface StoredStackChange {
  readonly keep: number
  readonly add: readonly string[]
}

/** The revision that a story's undo steps fit; undefined if it has none. */
export function undoRevision(db: ReadableDb, seq: number): number | undefined {
  return db.get<{ revision: number }>(sql`SELECT revision FROM undo_lines WHERE seq = ${seq}`)?.revision
}

export function undoHeights(db: ReadableDb, seq: number): Omit<UndoHeights, 'revision'> {
  return { past: height(db, seq, 'past'), future: height(db, seq, 'future') }
}

/**
 * Oldest first. Reads from the newest down, and stops at the first step whose checksum fails; that one and all below
 * are left out.
 */
export function undoSteps(db: ReadableDb, seq: number, side: Side): string[] {
  const steps: string[] = []
  const rows = db.iterate<{ step: string; sha256: string }>(
    sql`SELECT step, sha256 FROM undo_steps WHERE seq = ${seq} AND side = ${side} ORDER BY height DESC`
  )
  for (const { step, sha256 } of rows) {
    if (checksum(step) !== sha256) break
    steps.push(step)
  }
  return steps.reverse()
}

/** The story has a new revision with the same text: the steps remain valid for it. */
export function carryUndo(db: WritableDb, seq: number, revision: number): void {
  db.run(sql`UPDATE undo_lines SET revision = ${revision} WHERE seq = ${seq}`)
}

export function forgetUndo(db: WritableDb, seq: number): void {
  db.run(sql`DELETE FROM undo_steps WHERE seq = ${seq}`)
  db.run(sql`DELETE FROM undo_lines WHERE seq = ${seq}`)
}

export function putUndo(
  db: WritableDb,
  seq: number,
  revision: number,
  change: Readonly<Record<Side, StoredStackChange>>
): void {
  putStack(db, seq, 'past', change.past)
  putStack(db, seq, 'future', change.future)
  db.run(
    sql`INSERT INTO undo_lines (seq, revision) VALUES (${seq}, ${revision}) ON CONFLICT (seq) DO UPDATE SET revision = excluded.revision`
  )
  if (change.past.add.length + change.future.add.length > 0) trim(db, seq)
}

function putStack(db: WritableDb, seq: number, side: Side, { keep, add }: StoredStackChange): void {
  db.run(sql`DELETE FROM undo_steps WHERE seq = ${seq} AND side = ${side} AND height > ${keep}`)
  for (const [at, step] of add.entries())
    db.run(
      sql`INSERT INTO undo_steps (seq, side, height, size, sha256, step) VALUES (${seq}, ${side}, ${keep + at + 1}, ${step.length}, ${checksum(step)}, ${step})`
    )
}

/** Removes the steps farthest from the present first: the oldest of the past, then the newest of the future. */
function trim(db: WritableDb, seq: number): void {
  let { steps, size } = db.get<{ steps: number; size: number }>(
    sql`SELECT count(*) AS steps, coalesce(sum(size), 0) AS size FROM undo_steps WHERE seq = ${seq}`
  ) ?? { steps: 0, size: 0 }
  while (steps > UNDO_STEPS || size > UNDO_SIZE) {
    const farthest = lowest(db, seq, 'past') ?? lowest(db, seq, 'future')
    if (!farthest) return
    const { side, height } = farthest
    db.run(sql`DELETE FROM undo_steps WHERE seq = ${seq} AND side = ${side} AND height = ${height}`)
    steps -= 1
    size -= farthest.size
  }
}

function lowest(db: ReadableDb, seq: number, side: Side): { side: Side; height: number; size: number } | undefined {
  return db.get(
    sql`SELECT side, height, size FROM undo_steps WHERE seq = ${seq} AND side = ${side} ORDER BY height LIMIT 1`
  )
}

function height(db: ReadableDb, seq: number, side: Side): number {
  return (
    db.get<{ height: number | null }>(
      sql`SELECT max(height) AS height FROM undo_steps WHERE seq = ${seq} AND side = ${side}`
    )?.height ?? 0
  )
}

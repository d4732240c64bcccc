import type { FieldsPatch, StoryFields } from '../../../shared/story/fields.ts'
import {
  UndoStep,
  type StackChange,
  type UndoChange,
  type UndoHeights,
  type UndoStack,
  type UndoSteps
} from '../../../shared/story/undo.ts'
import { toStoredFields, upgradeFieldsPatch } from '../../../shared/story/upgrade.ts'
import { DOCUMENT_VERSION } from '../../../shared/document/document.ts'
import type { ReadableDb, WritableDb } from '../store/sql.ts'
import {
  carryUndo,
  forgetUndo,
  putUndo,
  undoHeights,
  undoRevision,
  undoSteps,
  type Side,
  type StoredStackChange
} from '../store/undo-steps.ts'
import type { StoryChange } from './open-story.ts'

/**
 * Keeps a story's undo steps in step with a change to it, in the change's own transaction. Steps fit one text only: a
 * change that comes without steps (from another window or the command line) discards them, unless it leaves the copy as
 * it was (a status, or the times, which undo never touches). `step`: the core's own undo step for its change, added on
 * top of the existing ones.
 */
export function keepUndo(
  db: WritableDb,
  seq: number,
  {
    from,
    to,
    change,
    undo,
    step
  }: { from: number; to: number; change: StoryChange; undo?: UndoChange | undefined; step?: UndoStep }
): void {
  const known = undoRevision(db, seq)
  const fits = known === from
  if (undo) {
    if (known !== undefined && !fits) forgetUndo(db, seq)
    putUndo(db, seq, to, { past: stored(undo.past), future: stored(undo.future) })
  } else if (fits && leavesCopy(change)) carryUndo(db, seq, to)
  else if (fits && step) addUndoStep(db, seq, { from, to, step })
  else if (known !== undefined) forgetUndo(db, seq)
}

/** Adds the core's own undo step for a change of the text on top of the existing ones. */
export function addUndoStep(
  db: WritableDb,
  seq: number,
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: UndoStep }
): void {
  if (undoRevision(db, seq) !== from) forgetUndo(db, seq)
  const past = { keep: undoHeights(db, seq).past, add: [step] }
  putUndo(db, seq, to, { past: stored(past), future: stored({ keep: 0, add: [] }) })
}

/** The undo step for a change of fields. */
export function stepBack(before: StoryFields, { fields = {} }: StoryChange): UndoStep {
  const names = Object.keys(fields).filter((name) => name !== 'times')
  return { fields: Object.fromEntries(names.map((name) => [name, before[name as keyof StoryFields]])), place: null }
}

/** Both heights are 0 if the steps belong to another text. */
export function heightsOf(db: ReadableDb, seq: number, revision: number): UndoHeights {
  return { revision, ...(undoRevision(db, seq) === revision ? undoHeights(db, seq) : { past: 0, future: 0 }) }
}

export function stepsOf(db: ReadableDb, seq: number, revision: number): UndoSteps {
  const { past, future } = heightsOf(db, seq, revision)
  return { revision, past: stackOf(db, seq, 'past', past), future: stackOf(db, seq, 'future', future) }
}

function stackOf(db: ReadableDb, seq: number, side: Side, height: number): UndoStack {
  return { height, steps: height === 0 ? [] : readable(undoSteps(db, seq, side)) }
}

function leavesCopy({ patch, fields }: StoryChange): boolean {
  return !patch && Object.keys(fields ?? {}).every((name) => name === 'times')
}

/** Each step is stored with the versions of its blocks and fields, as stories are. */
function stored({ keep, add }: StackChange): StoredStackChange {
  return {
    keep,
    add: add.map(({ fields, ...step }) =>
      JSON.stringify({ document: DOCUMENT_VERSION, ...step, ...(fields && { fields: toStoredFields(fields) }) })
    )
  }
}

/** The steps from the newest down to the first that this build cannot read: nothing below that one would still fit. */
function readable(steps: readonly string[]): UndoStep[] {
  const read: UndoStep[] = []
  for (const text of steps.toReversed()) {
    try {
      const { document, fields, ...step } = JSON.parse(text) as Record<string, unknown>
      if (document !== DOCUMENT_VERSION) break
      const known: { fields?: FieldsPatch } = fields === undefined ? {} : { fields: upgradeFieldsPatch(fields) }
      read.push(UndoStep.parse({ ...step, ...known }))
    } catch {
      break
    }
  }
  return read.reverse()
}

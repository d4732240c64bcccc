import { COMMAND_PRIORITY_LOW, mergeRegister, REDO_COMMAND, UNDO_COMMAND, type LexicalEditor } from 'lexical'

/** Strokes closer together than this, in milliseconds, are one step. */
export const MERGE_MS = 400

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** Undo and redo of more than one editor, which its keys are for where there is one: the story's page. */
export interface UndoKeys {
  undo(): void
  redo(): void
}

/** Hands the keys of an editor on. They run inside an update; what they do can only be done outside of one. */
export function registerUndoKeys(lexical: LexicalEditor, keys: UndoKeys): () => void {
  const later = (turn: () => void) => () => {
    queueMicrotask(turn)
    return true
  }
  return mergeRegister(
    lexical.registerCommand(
      UNDO_COMMAND,
      later(() => keys.undo()),
      COMMAND_PRIORITY_LOW
    ),
    lexical.registerCommand(
      REDO_COMMAND,
      later(() => keys.redo()),
      COMMAND_PRIORITY_LOW
    )
  )
}

/** The undo of the body a field is in. */
export function undoOf(body: LexicalEditor): UndoKeys {
  return {
    undo: () => void body.dispatchCommand(UNDO_COMMAND, undefined),
    redo: () => void body.dispatchCommand(REDO_COMMAND, undefined)
  }
}

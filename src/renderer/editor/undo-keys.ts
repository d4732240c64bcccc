import { COMMAND_PRIORITY_LOW, mergeRegister, REDO_COMMAND, UNDO_COMMAND, type LexicalEditor } from 'lexical'

/** Keystrokes closer together than this, in milliseconds, are one step. */
export const MERGE_MS = 400

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/**
 * Undo and redo across several editors: those of the story's page. An editor that is given one passes its keys on to
 * it.
 */
export interface UndoKeys {
  undo(): void
  redo(): void
}

/** Passes an editor's undo keys on. They arrive inside an update, but what they do must happen outside of one. */
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

/** The undo of the body that contains a field. */
export function undoOf(body: LexicalEditor): UndoKeys {
  return {
    undo: () => void body.dispatchCommand(UNDO_COMMAND, undefined),
    redo: () => void body.dispatchCommand(REDO_COMMAND, undefined)
  }
}

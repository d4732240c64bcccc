import { createEmptyHistoryState, registerHistory, type HistoryStateEntry } from '@lexical/history'
import {
  CLEAR_HISTORY_COMMAND,
  COMMAND_PRIORITY_LOW,
  mergeRegister,
  REDO_COMMAND,
  UNDO_COMMAND,
  $isElementNode,
  type EditorState,
  type LexicalEditor
} from 'lexical'
import { areSameNodes, nodesOf, putBack, sizeOf } from './lexical-internals.ts'
import { Store, type Watchable } from './store.ts'

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** What belongs to a step of the body and stands elsewhere: the fields that were changed with it. */
export interface Beside {
  undo(): void
  redo(): void
}

/** Strokes closer together than this are one step. */
const MERGE_MS = 400
const MAX_STEPS = 1000

/**
 * Undo and redo. The steps are Lexical's own; putting one back is ours, because Lexical draws the whole document anew
 * for it and that takes as long as the story is. Here it draws what differs.
 */
export class BodyHistory {
  readonly state: Watchable<UndoState>
  readonly unregister: () => void
  readonly #lexical: LexicalEditor
  readonly #steps = createEmptyHistoryState()
  readonly #store = new Store<UndoState>(
    { canUndo: false, canRedo: false },
    (a, b) => a.canUndo === b.canUndo && a.canRedo === b.canRedo
  )

  /** By the state a step goes back to or, undone, on to. */
  readonly #beside = new WeakMap<HistoryStateEntry, Beside>()

  /** The step that everything belongs to for now. */
  #held: HistoryStateEntry | null = null

  constructor(lexical: LexicalEditor) {
    this.#lexical = lexical
    this.state = this.#store
    this.unregister = mergeRegister(
      registerHistory(lexical, this.#steps, MERGE_MS, undefined, () => this.#tell(), MAX_STEPS),
      lexical.registerUpdateListener(() => this.#keepToHeld()),
      // Commands run inside an update; a state can only be put in place outside of one.
      lexical.registerCommand(
        UNDO_COMMAND,
        () => {
          queueMicrotask(() => this.undo())
          return true
        },
        COMMAND_PRIORITY_LOW
      ),
      lexical.registerCommand(
        REDO_COMMAND,
        () => {
          queueMicrotask(() => this.redo())
          return true
        },
        COMMAND_PRIORITY_LOW
      )
    )
  }

  undo(): void {
    this.#step(this.#steps.undoStack, this.#steps.redoStack, 'undo')
  }

  redo(): void {
    this.#step(this.#steps.redoStack, this.#steps.undoStack, 'redo')
  }

  /** Forgets everything; what is there now is where undo ends. */
  start(): void {
    this.#lexical.dispatchCommand(CLEAR_HISTORY_COMMAND, undefined)
    this.#steps.current = { editor: this.#lexical, editorState: this.#lexical.getEditorState() }
    this.#tell()
  }

  /** From now on whatever is done belongs to the last step, until it is let go, or undone. */
  hold(): void {
    this.#held = this.#steps.undoStack.at(-1) ?? null
  }

  release(): void {
    this.#held = null
  }

  /** One step of the body and of what stands beside it; `change` may change the body or nothing in it. */
  together(beside: Beside, change: () => void): void {
    const before = this.#steps.undoStack.length
    const state = this.#lexical.getEditorState()
    change()
    if (areSameNodes(state, this.#lexical.getEditorState()) && this.#steps.current) {
      this.#steps.undoStack.length = before
      this.#steps.undoStack.push(this.#steps.current)
      this.#steps.redoStack.length = 0
      this.#steps.current = { editor: this.#lexical, editorState: state }
    }
    const entry = this.#steps.undoStack.at(-1)
    if (entry) this.#beside.set(entry, beside)
    this.#tell()
  }

  /** Undoes the last step for good. */
  takeBack(): void {
    this.undo()
    this.#steps.redoStack.length = 0
    this.#tell()
  }

  /** Drops the last step where taking it back would change nothing that can be seen. */
  forgetEmptyStep(): void {
    const last = this.#steps.undoStack.at(-1)
    if (!last || this.#beside.has(last) || !isSameText(last.editorState, this.#lexical.getEditorState())) return
    this.#steps.undoStack.pop()
    this.#tell()
  }

  #step(from: HistoryStateEntry[], to: HistoryStateEntry[], way: keyof Beside): void {
    if (!this.#lexical.isEditable()) return
    // What is under way belongs to the step before.
    this.#lexical.update(() => undefined, { discrete: true })
    const entry = from.pop()
    if (!entry) return
    const left = this.#steps.current
    if (left) to.push(left)
    this.#steps.current = entry
    putBack(this.#lexical, entry.editorState)
    const beside = this.#beside.get(entry)
    if (beside && left) {
      this.#beside.delete(entry)
      this.#beside.set(left, beside)
      beside[way]()
    }
    this.#tell()
  }

  #keepToHeld(): void {
    const { undoStack } = this.#steps
    const at = this.#held ? undoStack.lastIndexOf(this.#held) : -1
    if (at >= 0) undoStack.length = at + 1
  }

  #tell(): void {
    this.#store.set({ canUndo: this.#steps.undoStack.length > 0, canRedo: this.#steps.redoStack.length > 0 })
  }
}

/** The same nodes in both; those that hold others may have been written to, as long as they hold as many. */
function isSameText(a: EditorState, b: EditorState): boolean {
  const others = nodesOf(b)
  if (nodesOf(a).size !== others.size) return false
  for (const [key, node] of nodesOf(a)) {
    const other = others.get(key)
    if (other === node) continue
    if (!$isElementNode(node) || !$isElementNode(other) || sizeOf(node) !== sizeOf(other)) return false
  }
  return true
}

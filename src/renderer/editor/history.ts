import { createEmptyHistoryState, registerHistory, type HistoryStateEntry } from '@lexical/history'
import { CLEAR_HISTORY_COMMAND, mergeRegister, $isElementNode, type EditorState, type LexicalEditor } from 'lexical'
import { nodesOf, putBack, sizeOf } from './lexical-internals.ts'
import { Store, type Watchable } from './store.ts'
import { registerUndoKeys, type UndoKeys } from './undo-keys.ts'

export interface UndoState {
  readonly canUndo: boolean
  readonly canRedo: boolean
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

  /** The step that is undone for good just now: what that changes belongs to it. */
  #takenBack: HistoryStateEntry | null = null

  /** The step that everything belongs to for now. */
  #held: HistoryStateEntry | null = null

  constructor(lexical: LexicalEditor, keys: UndoKeys = this) {
    this.#lexical = lexical
    this.state = this.#store
    this.unregister = mergeRegister(
      registerHistory(lexical, this.#steps, MERGE_MS, undefined, () => this.#tell(), MAX_STEPS),
      lexical.registerUpdateListener(() => this.#keepToHeld()),
      registerUndoKeys(lexical, keys)
    )
  }

  undo(): void {
    this.#step(this.#steps.undoStack, this.#steps.redoStack)
  }

  redo(): void {
    this.#step(this.#steps.redoStack, this.#steps.undoStack)
  }

  /** The step that what is done now belongs to, or the one that would be done again; null where there is none. */
  step(way: 'back' | 'on'): HistoryStateEntry | null {
    return (way === 'back' ? this.#takenBack : null) ?? this.#stack(way).at(-1) ?? null
  }

  /** Goes back over a step, or on over one that was undone, and all that came after it. False where it is forgotten. */
  turnTo(step: object, way: 'back' | 'on'): boolean {
    const from = this.#stack(way)
    if (!this.#lexical.isEditable() || !from.some((entry) => entry === step)) return false
    let isThere = false
    while (!isThere && from.length > 0) {
      isThere = from.at(-1) === step
      this.#step(from, this.#stack(way === 'back' ? 'on' : 'back'))
    }
    return isThere
  }

  forgetRedo(): void {
    this.#steps.redoStack.length = 0
    this.#tell()
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

  /** Undoes the last step for good. */
  takeBack(): void {
    this.#takenBack = this.step('back')
    this.undo()
    this.#takenBack = null
    this.#steps.redoStack.length = 0
    this.#tell()
  }

  /** Drops the last step where taking it back would change nothing that can be seen. */
  forgetEmptyStep(): void {
    const last = this.#steps.undoStack.at(-1)
    if (!last || !isSameText(last.editorState, this.#lexical.getEditorState())) return
    this.#steps.undoStack.pop()
    this.#tell()
  }

  #step(from: HistoryStateEntry[], to: HistoryStateEntry[]): void {
    if (!this.#lexical.isEditable()) return
    // What is under way belongs to the step before.
    this.#lexical.update(() => undefined, { discrete: true })
    const entry = from.pop()
    if (!entry) return
    const left = this.#steps.current
    if (left) to.push(left)
    this.#steps.current = entry
    putBack(this.#lexical, entry.editorState)
    this.#tell()
  }

  #stack(way: 'back' | 'on'): HistoryStateEntry[] {
    return way === 'back' ? this.#steps.undoStack : this.#steps.redoStack
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

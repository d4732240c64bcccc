import { createEmptyHistoryState, registerHistory, type HistoryStateEntry } from '@lexical/history'
import {
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  CLEAR_HISTORY_COMMAND,
  HISTORIC_TAG,
  HISTORY_PUSH_TAG,
  mergeRegister,
  PASTE_TAG,
  type EditorState,
  type LexicalEditor,
  type TextNode,
  type UpdateListenerPayload
} from 'lexical'
import { isTyped, onComposition } from './composition.ts'
import { nodesOf, putBack, sizeOf } from './lexical-internals.ts'
import { Store, type Watchable } from './store.ts'
import { MERGE_MS, registerUndoKeys, type UndoKeys, type UndoState } from './undo-keys.ts'

const MAX_STEPS = 1000

/**
 * Undo and redo. The steps are Lexical's own, but restoring one is ours: Lexical redraws the whole document for it,
 * which takes time in proportion to the story. This draws only what differs.
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

  /** The step being undone for good: changes this makes belong to it. */
  #takenBack: HistoryStateEntry | null = null

  /** The step to which every change belongs for now. */
  #held: HistoryStateEntry | null = null

  /**
   * Set while an input method is composing, in the body or one of its fields: everything it writes and rewrites is one
   * step. Lexical ignores it until it is done. `goesOn`: it follows characters typed just before.
   */
  #composing: { readonly goesOn: boolean; step: HistoryStateEntry | null } | null = null
  /** When the last change happened, if it was a typed character; otherwise -Infinity. */
  #typedAt = -Infinity

  constructor(lexical: LexicalEditor, keys: UndoKeys = this) {
    this.#lexical = lexical
    this.state = this.#store
    this.unregister = mergeRegister(
      registerHistory(lexical, this.#steps, MERGE_MS, undefined, () => this.#tell(), MAX_STEPS),
      lexical.registerUpdateListener((update) => this.#follow(update)),
      lexical.registerRootListener((root) => {
        if (root) return onComposition(root, { begin: () => this.#compose(), end: (text) => this.#composed(text) })
      }),
      registerUndoKeys(lexical, keys)
    )
  }

  undo(): void {
    this.#step(this.#steps.undoStack, this.#steps.redoStack)
  }

  redo(): void {
    this.#step(this.#steps.redoStack, this.#steps.undoStack)
  }

  /** The step to which changes made now belong; null if there is none. */
  step(): HistoryStateEntry | null {
    return this.#takenBack ?? this.#steps.undoStack.at(-1) ?? null
  }

  /**
   * Undoes a step, or redoes one, together with everything after it. Returns the step that reverses all of it; null if
   * the step is no longer known.
   */
  turnTo(step: object, way: 'back' | 'on'): HistoryStateEntry | null {
    const from = this.#stack(way)
    if (!this.#lexical.isEditable() || !from.some((entry) => entry === step)) return null
    this.#flush()
    const left = this.#steps.current
    let isThere = false
    while (!isThere && from.length > 0) {
      isThere = from.at(-1) === step
      this.#step(from, this.#stack(way === 'back' ? 'on' : 'back'))
    }
    return isThere ? left : null
  }

  forgetRedo(): void {
    this.#steps.redoStack.length = 0
    this.#tell()
  }

  /** Forgets all steps; undo ends at the present state. */
  start(): void {
    this.#lexical.dispatchCommand(CLEAR_HISTORY_COMMAND, undefined)
    this.#steps.current = { editor: this.#lexical, editorState: this.#lexical.getEditorState() }
    this.#tell()
  }

  /** From now on every change belongs to the last step, until it is released or undone. */
  hold(): void {
    this.#held = this.#steps.undoStack.at(-1) ?? null
  }

  release(): void {
    this.#held = null
  }

  /** Undoes the last step for good. */
  takeBack(): void {
    this.#takenBack = this.step()
    this.undo()
    this.#takenBack = null
    this.#steps.redoStack.length = 0
    this.#tell()
  }

  /** Drops the last step if undoing it would change nothing visible. */
  forgetEmptyStep(): void {
    const last = this.#steps.undoStack.at(-1)
    if (!last || !isSameText(last.editorState, this.#lexical.getEditorState())) return
    this.#steps.undoStack.pop()
    this.#tell()
  }

  #step(from: HistoryStateEntry[], to: HistoryStateEntry[]): void {
    if (!this.#lexical.isEditable()) return
    this.#flush()
    const entry = from.pop()
    if (!entry) return
    const left = this.#steps.current
    if (left) to.push(left)
    this.#steps.current = entry
    putBack(this.#lexical, entry.editorState)
    this.#tell()
  }

  /** Commits what is pending, so that it belongs to the previous step. */
  #flush(): void {
    this.#lexical.update(() => undefined, { discrete: true })
  }

  #stack(way: 'back' | 'on'): HistoryStateEntry[] {
    return way === 'back' ? this.#steps.undoStack : this.#steps.redoStack
  }

  #compose(): void {
    this.#composing = { goesOn: Date.now() - this.#typedAt < MERGE_MS, step: null }
  }

  #composed(text: string): void {
    const step = this.#composing?.step ?? null
    this.#composing = null
    if (step && this.#held === step) {
      this.#held = null
      // The composition was cancelled and left the words as they were.
      this.forgetEmptyStep()
    }
    this.#typedAt = step && isTyped(text) ? Date.now() : -Infinity
  }

  #follow(update: UpdateListenerPayload): void {
    if (this.#composing && !update.tags.has(HISTORIC_TAG)) this.#followComposing(this.#composing, update)
    else if (update.dirtyLeaves.size > 0) this.#typedAt = isStroke(update) ? Date.now() : -Infinity
    this.#keepToHeld()
  }

  #followComposing(
    composing: { goesOn: boolean; step: HistoryStateEntry | null },
    update: UpdateListenerPayload
  ): void {
    const steps = this.#steps
    const { editorState } = update
    if (update.dirtyLeaves.size === 0 && update.dirtyElements.size === 0) return
    // Not if a paste holds a step; and a step undone meanwhile is held no longer.
    if (!this.#held || !steps.undoStack.includes(this.#held)) {
      if (
        steps.current &&
        steps.current.editorState !== editorState &&
        !(composing.goesOn && steps.undoStack.length > 0)
      )
        this.#push({ ...steps.current })
      composing.step = this.#held = steps.undoStack.at(-1) ?? null
    }
    steps.current = { editor: this.#lexical, editorState }
  }

  #push(step: HistoryStateEntry): void {
    const { undoStack } = this.#steps
    undoStack.push(step)
    if (undoStack.length > MAX_STEPS) undoStack.shift()
    this.#steps.redoStack.length = 0
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

/** Whether the update may be a typed character: the caret moved on by one. */
function isStroke({ editorState, prevEditorState, tags }: UpdateListenerPayload): boolean {
  if ([HISTORIC_TAG, HISTORY_PUSH_TAG, PASTE_TAG].some((tag) => tags.has(tag))) return false
  const now = editorState.read($caretPoint)
  const before = prevEditorState.read($caretPoint)
  if (now?.type !== 'text' || !before) return false
  return now.key === before.key ? now.offset === before.offset + 1 : now.offset === 1
}

function $caretPoint(): { readonly key: string; readonly offset: number; readonly type: 'text' | 'element' } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
  const { key, offset, type } = selection.anchor
  return { key, offset, type }
}

/** Whether both have the same nodes with the same words and as many children, whatever else was written to them. */
function isSameText(a: EditorState, b: EditorState): boolean {
  const others = nodesOf(b)
  if (nodesOf(a).size !== others.size) return false
  for (const [key, node] of nodesOf(a)) {
    const other = others.get(key)
    if (other === node) continue
    if ($isTextNode(node) && $isTextNode(other)) {
      if (textIn(a, node) !== textIn(b, other)) return false
    } else if (!$isElementNode(node) || !$isElementNode(other) || sizeOf(node) !== sizeOf(other)) return false
  }
  return true
}

function textIn(state: EditorState, node: TextNode): string {
  return state.read(() => node.getTextContent())
}

import {
  $getNodeByKey,
  $isElementNode,
  $setSelection,
  HISTORIC_TAG,
  type EditorState,
  type ElementDOMSlot,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'

/**
 * All that Galley knows of Lexical's insides, which no version of Lexical promises to keep. Nothing else in the editor
 * reads or writes a name that begins with an underscore. `tests/editor/lexical-internals.test.ts` has a test for each
 * of these, named after it: run it first after an upgrade.
 */
export type NodeMap = ReadonlyMap<NodeKey, LexicalNode>

/** Every node of a state by its key. States share the nodes that are the same in both: the same object is the same content. */
export function nodesOf(state: EditorState): NodeMap {
  return state._nodeMap
}

/** The key of a node's parent in the version of the document the node is of; null for the root and what is detached. */
export function parentKeyOf(node: LexicalNode): NodeKey | null {
  return node.__parent
}

/** The keys of the children a parent has in that version of the document. */
export function childKeysOf(parent: ElementNode, nodes: NodeMap): NodeKey[] {
  const keys: NodeKey[] = []
  for (let key = parent.__first; key !== null; key = nodes.get(key)?.__next ?? null) keys.push(key)
  return keys
}

/** Whether two versions of an element begin and end with the same children and have as many. */
export function hasSameEnds(a: ElementNode, b: ElementNode): boolean {
  return a.__first === b.__first && a.__last === b.__last && a.__size === b.__size
}

/** How many children an element has as it is drawn. Asking the node itself needs an active editor. */
export function sizeOf(element: ElementNode): number {
  return element.__size
}

/** Whether nothing was written between two states. */
export function areSameNodes(a: EditorState, b: EditorState): boolean {
  return a._nodeMap === b._nodeMap
}

/**
 * Lexical ends an element whose last child is a picture with a line break to put a caret on. Not in this one.
 */
export function withoutManagedLineBreak(slot: ElementDOMSlot): ElementDOMSlot {
  slot.setManagedLineBreak = () => undefined
  return slot
}

/**
 * Lexical copies its map of nodes half a dozen times a key, and below 1,000 nodes it copies every entry. Its own map
 * that shares what was not written is used from the first node on; the map of drawn elements is one from the start.
 * False where Lexical has no such map any more: everything works, a key costs more.
 */
export function shareNodes(lexical: LexicalEditor): boolean {
  const drawn: Map<NodeKey, unknown> & { clone?(): Map<NodeKey, LexicalNode> } = lexical._keyToDOMMap
  const state = lexical.getEditorState()
  const shared = drawn.clone?.()
  if (!shared || drawn.size > 0) return false
  for (const [key, node] of state._nodeMap) shared.set(key, node)
  state._nodeMap = shared
  return true
}

/**
 * Makes an earlier state the editor's, drawing only the nodes that differ. Lexical's own way draws the whole document
 * anew, which takes as long as the story is.
 */
export function putBack(lexical: LexicalEditor, state: EditorState): void {
  const now = lexical.getEditorState()._nodeMap
  const nodes = state._nodeMap
  const { dirtyElements, dirtyLeaves } = differences(now, nodes)
  lexical._pendingEditorState = writableCopy(state)
  lexical._dirtyType = HAS_DIRTY_NODES
  lexical._dirtyElements = dirtyElements
  lexical._dirtyLeaves = dirtyLeaves
  lexical._compositionKey = null
  const changedElements = [...dirtyElements.keys()].filter((key) => now.has(key) && now.get(key) !== nodes.get(key))
  lexical.update(
    () => {
      // A parent that was not written to in an update counts as having the children it had.
      for (const key of changedElements) $getNodeByKey(key)?.getWritable()
      $setSelection(state._selection?.clone() ?? null)
    },
    { discrete: true, skipTransforms: true, tag: HISTORIC_TAG }
  )
}

/** Lexical's own number for "some nodes are dirty". */
const HAS_DIRTY_NODES = 1

/** The nodes that differ between two states, and all their parents, as Lexical marks what it has to draw. */
function differences(
  now: NodeMap,
  wanted: NodeMap
): { dirtyElements: Map<NodeKey, boolean>; dirtyLeaves: Set<NodeKey> } {
  const dirtyElements = new Map<NodeKey, boolean>()
  const dirtyLeaves = new Set<NodeKey>()
  const mark = (node: LexicalNode): void => {
    if ($isElementNode(node)) dirtyElements.set(node.getKey(), dirtyElements.get(node.getKey()) ?? false)
    else dirtyLeaves.add(node.getKey())
    let parent = node.__parent
    while (parent !== null && !dirtyElements.has(parent)) {
      dirtyElements.set(parent, false)
      parent = wanted.get(parent)?.__parent ?? null
    }
  }
  for (const [key, node] of wanted) if (now.get(key) !== node) mark(node)
  for (const [key, node] of now) {
    if (wanted.has(key)) continue
    const parent = node.__parent === null ? undefined : wanted.get(node.__parent)
    if (parent) mark(parent)
  }
  dirtyElements.set('root', false)
  return { dirtyElements, dirtyLeaves }
}

/** What Lexical itself does before it writes to a state; a copy costs the same at any length. */
function writableCopy(state: EditorState): EditorState {
  const nodes = state._nodeMap
  const copy = 'clone' in nodes && typeof nodes.clone === 'function' ? (nodes.clone() as typeof nodes) : new Map(nodes)
  return new (
    state.constructor as new (nodes: EditorState['_nodeMap'], selection: EditorState['_selection']) => EditorState
  )(copy, state._selection?.clone() ?? null)
}

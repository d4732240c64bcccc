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
 * Everything Galley uses of Lexical's internals, which no version of Lexical promises to keep. Nothing else in the
 * editor uses a name that starts with an underscore. `tests/editor/lexical-internals.test.ts` has a test for each of
 * these, named after it: run it first after an upgrade.
 */
export type NodeMap = ReadonlyMap<NodeKey, LexicalNode>

/** Every node of a state by its key. States share nodes: the same object has the same content. */
export function nodesOf(state: EditorState): NodeMap {
  return state._nodeMap
}

/** The key of a node's parent in the node's version of the document; null for the root and detached nodes. */
export function parentKeyOf(node: LexicalNode): NodeKey | null {
  return node.__parent
}

/** The keys of a parent's children in that version of the document. */
export function childKeysOf(parent: ElementNode, nodes: NodeMap): NodeKey[] {
  const keys: NodeKey[] = []
  for (let key = parent.__first; key !== null; key = nodes.get(key)?.__next ?? null) keys.push(key)
  return keys
}

/** Whether two versions of an element have the same first and last children and the same number of them. */
export function hasSameEnds(a: ElementNode, b: ElementNode): boolean {
  return a.__first === b.__first && a.__last === b.__last && a.__size === b.__size
}

/** How many children an element has, for use while drawing: the node's own method needs an active editor. */
export function sizeOf(element: ElementNode): number {
  return element.__size
}

/** Whether no node was written between two states. */
export function areSameNodes(a: EditorState, b: EditorState): boolean {
  return a._nodeMap === b._nodeMap
}

/** If an element's last child is a picture, Lexical adds a line break to put a caret on. This turns that off. */
export function withoutManagedLineBreak(slot: ElementDOMSlot): ElementDOMSlot {
  slot.setManagedLineBreak = () => undefined
  return slot
}

/**
 * Lexical copies its map of nodes half a dozen times per key, and below 1,000 nodes copies every entry. This makes it
 * use its own copy-on-write map from the first node on, which the map of drawn elements is from the start. Returns
 * false if Lexical no longer has such a map: everything still works, but keys cost more.
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
 * Restores an earlier state, drawing only the nodes that differ. Lexical's own way redraws the whole document, which
 * takes time in proportion to the story.
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
      // A parent not written to in an update counts as having the children it had before.
      for (const key of changedElements) $getNodeByKey(key)?.getWritable()
      $setSelection(state._selection?.clone() ?? null)
    },
    { discrete: true, skipTransforms: true, tag: HISTORIC_TAG }
  )
}

/** Lexical's constant for "some nodes are dirty". */
const HAS_DIRTY_NODES = 1

/**
 * The nodes that differ between two states, and all their ancestors, in the form in which Lexical marks what to draw.
 */
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

/**
 * What Lexical itself does before writing to a state; with its copy-on-write map a copy costs the same at any length.
 */
function writableCopy(state: EditorState): EditorState {
  const nodes = state._nodeMap
  const copy = 'clone' in nodes && typeof nodes.clone === 'function' ? (nodes.clone() as typeof nodes) : new Map(nodes)
  return new (
    state.constructor as new (nodes: EditorState['_nodeMap'], selection: EditorState['_selection']) => EditorState
  )(copy, state._selection?.clone() ?? null)
}

import {
  $getNodeByKey,
  $getRoot,
  $isElementNode,
  HISTORY_MERGE_TAG,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey
} from 'lexical'
import type { BlockId } from '../../shared/document/document.ts'
import type { BodyPatch } from '../../shared/document/patch.ts'
import { $factsOf } from './block-state.ts'
import { $replace } from './body-texts.ts'
import { $blocksOf, $isChunk } from './chunks.ts'
import { $createBlock } from './document-codec.ts'

/**
 * Applies a patch of the stored body to the editor, for an undo step that an earlier editor made. To the editor's own
 * undo it is part of the current state. Throws if the patch names a block the editor does not have.
 */
export function applyPatchTo(
  lexical: LexicalEditor,
  patch: BodyPatch,
  keyOf: (id: BlockId) => NodeKey | undefined
): void {
  // Commits pending typing first, so that it stays a step of its own.
  lexical.update(() => undefined, { discrete: true })
  const before = lexical.getEditorState()
  lexical.update(
    () => {
      const fresh = new Map<BlockId, LexicalNode>()
      const $node = (id: BlockId): LexicalNode => {
        const key = keyOf(id)
        const node = fresh.get(id) ?? (key === undefined ? null : $getNodeByKey(key))
        if (!node?.isAttached()) throw new Error('the editor does not have the block')
        return node
      }
      /** The empty line shown for a body without blocks. */
      const blank = patch.some(({ op }) => op === 'insert') ? $onlyBlank(keyOf) : null
      for (const operation of patch) {
        if (operation.op === 'remove') $remove($node(operation.id))
        else if (operation.op === 'move') $put($node(operation.id), operation.after, $node)
        else {
          const { block } = operation
          const made = $createBlock(block)
          if (operation.op === 'replace') $replace($node(block.id), made)
          else $put(made, operation.after, $node)
          fresh.set(block.id, made)
        }
      }
      if (blank?.isAttached() && [...$blocksOf($getRoot())].length > 1) $remove(blank)
    },
    { discrete: true, tag: [HISTORY_MERGE_TAG, SKIP_DOM_SELECTION_TAG] }
  )
  // Lexical reports an error in an update to its error handler and leaves the document unchanged.
  if (patch.length > 0 && lexical.getEditorState() === before) throw new Error('the editor could not take the patch')
}

function $put(node: LexicalNode, after: BlockId | null, $node: (id: BlockId) => LexicalNode): void {
  if (after !== null) {
    $node(after).insertAfter(node, false)
    return
  }
  const first = $getRoot().getFirstChild()
  const target = $isChunk(first) ? first.getFirstChild() : first
  if (!target) $getRoot().append(node)
  else if (!target.is(node)) target.insertBefore(node, false)
}

function $remove(node: LexicalNode): void {
  const parent = node.getParent()
  node.remove(true)
  if ($isChunk(parent) && parent.isAttached() && parent.isEmpty()) parent.remove(true)
}

function $onlyBlank(keyOf: (id: BlockId) => NodeKey | undefined): LexicalNode | null {
  const [only, ...others] = $blocksOf($getRoot())
  if (!only || others.length > 0 || !$isElementNode(only) || only.getTextContentSize() > 0) return null
  return keyOf($factsOf(only).id) === undefined ? only : null
}

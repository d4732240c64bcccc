import type { LexicalNode } from 'lexical'
import { contentKeys } from '../../shared/document/blocks/blocks.ts'
import { canonicalRuns } from '../../shared/document/diff/canonical-runs.ts'
import { isKnown, type Block } from '../../shared/document/document.ts'
import { $factsOf, $setFacts, type BlockFacts } from './block-state.ts'
import { $editorBlockOf, editorBlocks } from './blocks/editor-blocks.ts'
import type { EditorBlock } from './blocks/editor-block.ts'
import { $createKeptBlock, $isKeptBlockNode, type KeptContent } from './blocks/kept/KeptBlockNode.ts'

/** A stored block as a Lexical node. Nothing is lost: what Lexical has no place for is kept as node state. */
export function $createBlock(block: Block): LexicalNode {
  const node = $createContent(block)
  $setFacts(node, factsOf(block))
  return node
}

/** The stored block a node represents. `id` is empty for a node that was never given one. */
export function $readBlock(node: LexicalNode): Block {
  const { id, dir, lang, extra } = $factsOf(node)
  const content = $readContent(node)
  return {
    id,
    ...content,
    ...extra,
    ...(dir === undefined ? {} : { dir }),
    ...(lang === undefined ? {} : { lang })
  } as Block
}

function $createContent(block: Block): LexicalNode {
  if (isKnown(block)) {
    const definition: EditorBlock = editorBlocks[block.type]
    return definition.$create(block)
  }
  const { id: _id, dir: _dir, lang: _lang, ...content } = block
  return $createKeptBlock(content as KeptContent)
}

function $readContent(node: LexicalNode): Readonly<Record<string, unknown>> {
  const definition = $editorBlockOf(node)
  if (definition) return definition.$read(node)
  if ($isKeptBlockNode(node)) return node.getContent()
  // No other kind of node is registered; should one ever appear, its words are kept.
  return { type: 'paragraph', runs: canonicalRuns([{ text: node.getTextContent() }]) }
}

function factsOf(block: Block): BlockFacts {
  const { id, dir, lang } = block
  return { id, ...(dir === undefined ? {} : { dir }), ...(lang === undefined ? {} : { lang }), ...extraOf(block) }
}

function extraOf(block: Block): { extra?: Record<string, unknown> } {
  if (!isKnown(block)) return {}
  const own = contentKeys(block.type)
  let extra: Record<string, unknown> | undefined
  for (const key in block) {
    if (key !== 'id' && key !== 'type' && key !== 'dir' && key !== 'lang' && !own.includes(key))
      (extra ??= {})[key] = block[key]
  }
  return extra ? { extra } : {}
}

import type { LexicalNode } from 'lexical'
import { isKnown, type Block } from '../../shared/document/document.ts'
import { $factsOf, $setFacts, type BlockFacts } from './block-state.ts'
import { $createImage, $isImageNode } from './blocks/image/ImageNode.ts'
import { $createKeptBlock, $isKeptBlockNode, type KeptContent } from './blocks/kept/KeptBlockNode.ts'
import { $createListBlock, $readListBlock } from './blocks/list/list-block.ts'
import { $isListNode } from './blocks/list/ListNodes.ts'
import { $createTextBlock, $isTextBlockNode, $readTextBlock } from './blocks/text/text-block.ts'
import { canonicalRuns } from './runs-codec.ts'

/**
 * A stored block as a Lexical node. Nothing of the block is lost; what Lexical has no place for rides along as node
 * state.
 */
export function $createBlock(block: Block): LexicalNode {
  const node = $createContent(block)
  $setFacts(node, factsOf(block))
  return node
}

/** The stored block a node stands for. `id` is empty for a node that was never given one. */
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

/** The block in the form the editor would write it in, to tell a change of content from a change of spelling. */
export function canonicalBlock(block: Block): Block {
  if (!isKnown(block)) return block
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'quote':
      return { ...block, runs: canonicalRuns(block.runs) }
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, runs: canonicalRuns(item.runs) })) }
    case 'image':
      return block
  }
}

function $createContent(block: Block): LexicalNode {
  if (!isKnown(block)) {
    const { id: _id, dir: _dir, lang: _lang, ...content } = block
    return $createKeptBlock(content as KeptContent)
  }
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'quote':
      return $createTextBlock(block)
    case 'list':
      return $createListBlock(block)
    case 'image':
      return $createImage(block.image)
  }
}

function $readContent(node: LexicalNode): Record<string, unknown> {
  if ($isTextBlockNode(node)) return $readTextBlock(node)
  if ($isListNode(node)) return $readListBlock(node)
  if ($isImageNode(node)) return { type: 'image', image: node.getImage() }
  if ($isKeptBlockNode(node)) return node.getContent()
  // No node of another kind is registered; its words are kept should one ever appear.
  return { type: 'paragraph', runs: canonicalRuns([{ text: node.getTextContent() }]) }
}

function factsOf(block: Block): BlockFacts {
  const { id, dir, lang } = block
  return { id, ...(dir === undefined ? {} : { dir }), ...(lang === undefined ? {} : { lang }), ...extraOf(block) }
}

const contentKeys: Readonly<Record<string, readonly string[]>> = {
  paragraph: ['runs'],
  quote: ['runs'],
  heading: ['level', 'runs'],
  list: ['ordered', 'items'],
  image: ['image']
}

function extraOf(block: Block): { extra?: Record<string, unknown> } {
  if (!isKnown(block)) return {}
  let extra: Record<string, unknown> | undefined
  for (const key in block) {
    if (key !== 'id' && key !== 'type' && key !== 'dir' && key !== 'lang' && !contentKeys[block.type]?.includes(key))
      (extra ??= {})[key] = block[key]
  }
  return extra ? { extra } : {}
}

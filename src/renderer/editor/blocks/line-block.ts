import type { ElementNode, LexicalNode } from 'lexical'
import type { Run } from '../../../shared/document/runs.ts'
import { $writeRuns } from '../runs-codec.ts'
import { registersNothing } from './editor-block.ts'

/** What all blocks whose text is in their node have in common. */
export const lineBlock = { inner: [], holds: 'line', enters: false, View: null, register: registersNothing } as const

/** Fills an empty node with its block's text. */
export function $withRuns<N extends ElementNode & LexicalNode>(node: N, runs: readonly Run[]): N {
  $writeRuns(node, runs)
  return node
}

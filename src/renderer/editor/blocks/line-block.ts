import type { ElementNode, LexicalNode } from 'lexical'
import type { Run } from '../../../shared/document/runs.ts'
import { $writeRuns } from '../runs-codec.ts'
import { registersNothing } from './editor-block.ts'

/** What all blocks have in common whose text is in their node itself. */
export const lineBlock = { inner: [], holds: 'line', enters: false, View: null, register: registersNothing } as const

/** Fills an empty node with the text of its block. */
export function $withRuns<N extends ElementNode & LexicalNode>(node: N, runs: readonly Run[]): N {
  $writeRuns(node, runs)
  return node
}

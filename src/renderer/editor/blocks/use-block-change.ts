import {
  $getNodeByKey,
  HISTORY_MERGE_TAG,
  HISTORY_PUSH_TAG,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor,
  type LexicalNode
} from 'lexical'
import { useRef } from 'react'

/** Typing with shorter pauses than this, in ms, is one undo step. */
const MERGE_MS = 1000

/**
 * Returns how a view changes its node. A run of typing in one place of the block is one undo step; `place` names that
 * place, and null makes the change a step of its own.
 */
export function useBlockChange<N extends LexicalNode>(
  lexical: LexicalEditor,
  key: string,
  $isOwn: (node: LexicalNode | null) => node is N
): (place: string | null, change: (node: N) => void) => void {
  const last = useRef<{ place: string | null; at: number }>({ place: null, at: -Infinity })
  return (place, change) => {
    const now = performance.now()
    const goesOn = place !== null && place === last.current.place && now - last.current.at < MERGE_MS
    last.current = { place, at: now }
    lexical.update(
      () => {
        const node = $getNodeByKey(key)
        if ($isOwn(node)) change(node)
      },
      { discrete: true, tag: [SKIP_DOM_SELECTION_TAG, goesOn ? HISTORY_MERGE_TAG : HISTORY_PUSH_TAG] }
    )
  }
}

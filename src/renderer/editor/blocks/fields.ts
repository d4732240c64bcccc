import { $getNodeByKey, type LexicalEditor } from 'lexical'
import { $goBeside, $selectNode } from '../block-selection.ts'

const FIELDS = '[role="textbox"]'

/** Moves the focus by this many fields within the same block; returns false if there is none. */
export function focusField(from: HTMLElement, by: number): boolean {
  const block = from.closest('[data-lexical-decorator]')
  const fields = [...(block?.querySelectorAll<HTMLElement>(FIELDS) ?? [])]
  const field = fields[fields.indexOf(from) + by]
  field?.focus()
  return field !== undefined
}

/** Focuses the first field of a block; returns false if it has none. */
export function focusFirstField(block: HTMLElement | null): boolean {
  const field = block?.querySelector<HTMLElement>(FIELDS)
  field?.focus()
  return field !== null && field !== undefined
}

/** Leaves a block's fields: to the text above or below, or with Escape to the block as a whole. */
export function leaveBlock(lexical: LexicalEditor, key: string, by: string): true {
  lexical.getRootElement()?.focus({ preventScroll: true })
  lexical.update(
    () => {
      const node = $getNodeByKey(key)
      if (!node) return
      if (by === 'Escape') $selectNode(node)
      else $goBeside(node, by === 'ArrowUp' || by === 'ArrowLeft')
    },
    { discrete: true }
  )
  lexical.focus()
  return true
}

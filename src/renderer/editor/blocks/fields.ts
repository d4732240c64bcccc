import { $getNodeByKey, type LexicalEditor } from 'lexical'
import { $goBeside, $selectNode } from '../block-selection.ts'

const FIELDS = '[role="textbox"]'

/** Puts the focus into the field so many places further in the same block; false where there is none. */
export function focusField(from: HTMLElement, by: number): boolean {
  const block = from.closest('[data-lexical-decorator]')
  const fields = [...(block?.querySelectorAll<HTMLElement>(FIELDS) ?? [])]
  const field = fields[fields.indexOf(from) + by]
  field?.focus()
  return field !== undefined
}

/** Puts the focus into the first field of a block; false where it has none. */
export function focusFirstField(block: HTMLElement | null): boolean {
  const field = block?.querySelector<HTMLElement>(FIELDS)
  field?.focus()
  return field !== null && field !== undefined
}

/** Out of the fields of a block: to the text above or below it, or with Escape to the block as a whole. */
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

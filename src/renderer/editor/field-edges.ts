/** Whether the caret is at the edge of a field in that direction, so that an arrow key leaves it. */
export function isAtFieldEdge(field: HTMLElement, key: string): boolean {
  const selection = field.ownerDocument.getSelection()
  if (!selection?.isCollapsed || !selection.anchorNode || !field.contains(selection.anchorNode)) return false
  const isRtl = getComputedStyle(field).direction === 'rtl'
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
      return isOnEdgeLine(field, selection.getRangeAt(0), key === 'ArrowUp')
    case 'ArrowLeft':
      return hasNothingTo(field, selection, !isRtl)
    case 'ArrowRight':
      return hasNothingTo(field, selection, isRtl)
    default:
      return false
  }
}

function hasNothingTo(field: HTMLElement, selection: Selection, backward: boolean): boolean {
  const rest = field.ownerDocument.createRange()
  rest.selectNodeContents(field)
  const { anchorNode, anchorOffset } = selection
  if (!anchorNode) return false
  if (backward) rest.setEnd(anchorNode, anchorOffset)
  else rest.setStart(anchorNode, anchorOffset)
  return rest.toString() === ''
}

function isOnEdgeLine(field: HTMLElement, range: Range, isFirst: boolean): boolean {
  // An empty line has no rectangle, and is the only line.
  const caret = range.getClientRects()[0]
  if (!caret) return true
  const all = field.ownerDocument.createRange()
  all.selectNodeContents(field)
  const box = all.getBoundingClientRect()
  const room = caret.height / 2
  return isFirst ? caret.top - box.top < room : box.bottom - caret.bottom < room
}

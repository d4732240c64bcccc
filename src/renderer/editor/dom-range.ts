/**
 * The DOM range of these characters of a text as drawn; a line break counts as one. Null if the drawn text is shorter,
 * as it may be while it is being redrawn.
 */
export function rangeOfText(element: HTMLElement, start: number, end: number): Range | null {
  const walker = element.ownerDocument.createTreeWalker(
    element,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) =>
      node instanceof HTMLElement && node.contentEditable === 'false'
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT
  )
  const range = element.ownerDocument.createRange()
  let at = 0
  let begun = false
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isText = node.nodeType === Node.TEXT_NODE
    const size = isText ? (node.nodeValue?.length ?? 0) : node.nodeName === 'BR' ? 1 : 0
    if (size === 0) continue
    if (!begun && start < at + size) {
      if (isText) range.setStart(node, start - at)
      else range.setStartBefore(node)
      begun = true
    }
    if (begun && end <= at + size) {
      if (isText) range.setEnd(node, end - at)
      else range.setEndAfter(node)
      return range
    }
    at += size
  }
  return null
}

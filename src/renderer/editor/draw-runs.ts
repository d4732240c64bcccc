import { markElement } from '../../shared/document/blocks/markup.ts'
import { printableText } from '../../shared/document/clean-text.ts'
import { isSafeHref, marks, type Run } from '../../shared/document/runs.ts'

/** Draws runs into an element in place of its content, node by node, so that no text is ever parsed as markup. */
export function drawRuns(element: HTMLElement, runs: readonly Run[]): void {
  element.replaceChildren(...runs.filter((run) => run.text !== '').map(nodeOfRun))
}

function nodeOfRun(run: Run): Node {
  let node: Node = document.createDocumentFragment()
  printableText(run.text)
    .split('\n')
    .forEach((line, at) => {
      if (at > 0) node.appendChild(document.createElement('br'))
      node.appendChild(document.createTextNode(line))
    })
  for (const mark of marks.toReversed())
    if (run.marks?.includes(mark)) node = around(node, document.createElement(markElement(mark)))
  if (!run.link || !isSafeHref(run.link.href)) return node
  const link = document.createElement('a')
  link.href = run.link.href
  if (run.link.title) link.title = run.link.title
  return around(node, link)
}

function around(node: Node, element: HTMLElement): HTMLElement {
  element.append(node)
  return element
}

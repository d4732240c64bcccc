import {
  $applyNodeReplacement,
  $getState,
  $getStateChange,
  $setState,
  createState,
  ElementNode,
  type LexicalNode,
  type RangeSelection
} from 'lexical'
import { MAX_DEPTH } from '../../../../shared/document/blocks/list/list.ts'

const orderedState = createState('ordered', { parse: (value) => value === true })
/** The number of the first item; undefined means 1. */
const startState = createState('start', {
  parse: (value) => (typeof value === 'number' ? value : undefined)
})
const depthState = createState('depth', { parse: (value) => (typeof value === 'number' ? value : 0) })
const extraState = createState('itemExtra', {
  parse: (value) => (value === undefined ? undefined : (value as Readonly<Record<string, unknown>>))
})

/** A list block. Its items are flat, each with its depth, exactly as stored. */
export class ListNode extends ElementNode {
  override $config() {
    return this.config('galley-list', { extends: ElementNode, stateConfigs: [orderedState, startState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement($getState(this, orderedState) ? 'ol' : 'ul')
    element.className = 'body-list'
    const start = $getState(this, startState)
    if (start !== undefined) element.style.setProperty('--before-first', String(start - 1))
    return element
  }

  override updateDOM(previous: this): boolean {
    return (
      $getStateChange(this, previous, orderedState) !== null || $getStateChange(this, previous, startState) !== null
    )
  }

  override canBeEmpty(): false {
    return false
  }

  override canIndent(): false {
    return false
  }

  isOrdered(): boolean {
    return $getState(this, orderedState)
  }

  getStart(): number | undefined {
    return $getState(this, startState)
  }

  setStart(start: number): void {
    $setState(this, startState, start)
  }

  setOrdered(ordered: boolean): void {
    $setState(this, orderedState, ordered)
  }
}

/** A list item; `depth` 0 is the outermost level. */
export class ItemNode extends ElementNode {
  override $config() {
    return this.config('galley-item', { extends: ElementNode, stateConfigs: [depthState, extraState] })
  }

  override createDOM(): HTMLElement {
    const element = document.createElement('li')
    element.className = 'body-item'
    this.drawDepth(element)
    return element
  }

  override updateDOM(previous: this, element: HTMLElement): false {
    if ($getStateChange(this, previous, depthState) !== null || $getStateChange(this, previous, extraState) !== null)
      this.drawDepth(element)
    return false
  }

  drawDepth(element: HTMLElement): void {
    const depth = $getState(this, depthState)
    element.dataset['depth'] = String(depth)
    element.style.setProperty('--depth', String(depth))
    element.setAttribute('aria-level', String(depth + 1))
    const ordered = this.getExtra()?.['ordered']
    if (typeof ordered === 'boolean') element.dataset['ordered'] = String(ordered)
    else delete element.dataset['ordered']
  }

  override canIndent(): false {
    return false
  }

  override insertNewAfter(_selection: RangeSelection, restoreSelection = true): ItemNode {
    const item = $createItem(this.getDepth())
    this.insertAfter(item, restoreSelection)
    return item
  }

  override isParentRequired(): true {
    return true
  }

  override createParentElementNode(): ListNode {
    return $createList(false)
  }

  getDepth(): number {
    return $getState(this, depthState)
  }

  setDepth(depth: number): void {
    $setState(this, depthState, Math.max(0, Math.min(MAX_DEPTH, depth)))
  }

  getExtra(): Readonly<Record<string, unknown>> | undefined {
    return $getState(this, extraState)
  }

  setExtra(extra: Readonly<Record<string, unknown>>): void {
    $setState(this, extraState, extra)
  }
}

export function $createList(ordered: boolean): ListNode {
  const node = $applyNodeReplacement(new ListNode())
  if (ordered) node.setOrdered(true)
  return node
}

export function $createItem(depth = 0): ItemNode {
  const node = $applyNodeReplacement(new ItemNode())
  if (depth > 0) node.setDepth(depth)
  return node
}

export function $isListNode(node: LexicalNode | null | undefined): node is ListNode {
  return node instanceof ListNode
}

export function $isItemNode(node: LexicalNode | null | undefined): node is ItemNode {
  return node instanceof ItemNode
}

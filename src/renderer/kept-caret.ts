import { useEffect } from 'react'
import { openStory, type OpenStory } from './api/open-story.ts'

/** Local storage outlives the window. Ids and numbers alone: no copy is kept here. */
const KEPT = 'galley.caret'
/** Frames that a story which is being opened again has, to be drawn. */
const PATIENCE = 300

/** The caret of a story: a field of the page or a block by its place in the body, and how many characters into it. */
type Caret = { readonly story: string; readonly at: number } & ({ readonly field: string } | { readonly block: number })

/** Remembers where the person writes, each time what was written is on disk: a window that dies is opened there again. */
export function useKeptCaret(): void {
  useEffect(() => {
    let leave = (): void => undefined
    const follow = (): void => {
      leave()
      const story = openStory.get()
      leave = story ? story.save.subscribe(() => keep(story)) : () => undefined
    }
    follow()
    const stop = openStory.subscribe(follow)
    return () => {
      stop()
      leave()
    }
  }, [])
}

/** Puts the caret back as soon as the story is drawn; nothing where another one is open, or none. */
export function backToCaret(): void {
  const kept = read()
  let frames = PATIENCE
  const look = (): void => {
    const story = openStory.get()
    if (kept && story?.id === kept.story && show(story, kept)) return
    if (kept && frames-- > 0) requestAnimationFrame(look)
  }
  look()
}

function keep(story: OpenStory): void {
  const caret = caretIn(story.id)
  if (caret) localStorage.setItem(KEPT, JSON.stringify(caret))
}

function read(): Caret | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Caret | null
  } catch {
    return null
  }
}

/** Looks at the chunks and the blocks before the caret, not at the whole of a long story. */
function caretIn(story: string): Caret | null {
  const { focusNode = null, focusOffset = 0 } = getSelection() ?? {}
  const element = focusNode instanceof Element ? focusNode : (focusNode?.parentElement ?? null)
  const field = element?.closest<HTMLElement>('[contenteditable="true"]')
  if (!field || !focusNode) return null
  if (!field.closest('.article-body')) {
    const name = /(?:^|\s)page-(\w+)/.exec(field.className)?.[1]
    return name === undefined ? null : { story, field: name, at: charactersTo(field, focusNode, focusOffset) }
  }
  let block = element
  while (block && block !== field && block.parentElement !== field && !block.parentElement?.classList.contains('chunk'))
    block = block.parentElement
  if (!block || block === field) return null
  let before = countBefore(block)
  for (
    let chunk = block.parentElement?.previousElementSibling;
    chunk && block.parentElement !== field;
    chunk = chunk.previousElementSibling
  )
    before += chunk.childElementCount
  return { story, block: before, at: charactersTo(block, focusNode, focusOffset) }
}

function countBefore(element: Element): number {
  let count = 0
  for (let one = element.previousElementSibling; one; one = one.previousElementSibling) count += 1
  return count
}

function charactersTo(element: Element, node: Node, offset: number): number {
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(node, offset)
  return range.toString().length + range.cloneContents().querySelectorAll('br').length
}

function show(story: OpenStory, kept: Caret): boolean {
  if ('field' in kept) story.showPlace({ field: kept.field, start: kept.at, end: kept.at })
  else {
    const id = document.querySelector('.article-body [contenteditable="true"], .article-body[contenteditable="true"]')
      ? story.body().blocks[kept.block]?.id
      : undefined
    if (id === undefined) return false
    story.showPlace({ blockId: id, start: kept.at, end: kept.at })
  }
  return document.activeElement instanceof HTMLElement && document.activeElement.isContentEditable
}

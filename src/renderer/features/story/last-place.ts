import type { BlockId } from '../../../shared/document/document.ts'
import { Place } from '../../../shared/story/place.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'

/** The page's texts that are fields of the story. */
const FIELDS = '.page-head [data-part], .lead [data-part]'
const KEY = 'galley.places'
/** How many stories' places are remembered on this machine. */
const MOST = 50

/** The topmost block on screen, and how far its top is below the top of the scrolled area, in px. */
interface Top {
  readonly blockId: BlockId
  readonly offset: number
}

interface Remembered {
  readonly place: Place | null
  readonly top: Top | null
}

type PlacedEditor = Pick<BodyEditorHandle, 'caretPlace' | 'blocksBetween' | 'textElement'>

/** Remembers where the caret is and what is in view, for the next time this window shows the story. */
export function rememberPlace(storyId: string, editor: PlacedEditor | null, place: Place | null): void {
  const top = topNow(editor)
  if (!place && !top) return
  const others = places().filter(([id]) => id !== storyId)
  localStorage.setItem(KEY, JSON.stringify([[storyId, place, top], ...others].slice(0, MOST)))
}

export function lastPlace(storyId: string): Remembered {
  const [, place = null, top = null] = places().find(([id]) => id === storyId) ?? []
  return { place, top }
}

/** Scrolls back to what was in view. */
export function scrollTo({ blockId, offset }: Top, editor: PlacedEditor | null): void {
  const scroller = document.querySelector('.story-scroll')
  const block = editor?.textElement(blockId, '')?.closest('.chunk > *')
  if (!scroller || !block) return
  block.scrollIntoView({ block: 'start' })
  scroller.scrollTop += block.getBoundingClientRect().top - scroller.getBoundingClientRect().top - offset
}

function topNow(editor: PlacedEditor | null): Top | null {
  const scroller = document.querySelector('.story-scroll')
  // A story is shown from its beginning anyway.
  if (!scroller || scroller.scrollTop === 0) return null
  const { top, bottom } = scroller.getBoundingClientRect()
  for (const blockId of editor?.blocksBetween(top, bottom) ?? []) {
    const block = editor?.textElement(blockId, '')?.closest('.chunk > *')
    if (block) return { blockId, offset: block.getBoundingClientRect().top - top }
  }
  return null
}

/** Where the caret is on the page; null when it is elsewhere. */
export function placeNow(
  editor: Pick<BodyEditorHandle, 'caretPlace'> | null,
  active: Element | null = document.activeElement
): Place | null {
  const field = active instanceof HTMLElement && active.matches(FIELDS) ? active.dataset['part'] : undefined
  if (field !== undefined && active) {
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : undefined
    if (!range || !active.contains(range.startContainer)) return { field, start: 0, end: 0 }
    const before = range.cloneRange()
    before.selectNodeContents(active)
    before.setEnd(range.startContainer, range.startOffset)
    const start = before.toString().length
    return { field, start, end: start + range.toString().length }
  }
  return active?.closest('.article-body') ? (editor?.caretPlace() ?? null) : null
}

/** An entry that cannot be read is ignored. */
function places(): (readonly [string, Place | null, Top | null])[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((entry): (readonly [string, Place | null, Top | null])[] => {
      const [id, place, top] = Array.isArray(entry) ? (entry as unknown[]) : []
      return typeof id === 'string' ? [[id, Place.safeParse(place).data ?? null, topOf(top)]] : []
    })
  } catch {
    return []
  }
}

function topOf(value: unknown): Top | null {
  if (typeof value !== 'object' || value === null || !('blockId' in value) || !('offset' in value)) return null
  const { blockId, offset } = value
  return typeof blockId === 'string' && typeof offset === 'number' ? { blockId, offset } : null
}

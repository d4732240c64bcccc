import type { BlockId } from '../../../shared/document/document.ts'
import { Place } from '../../../shared/story/place.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'

/** The texts of the page that are fields of the story. */
const FIELDS = '.page-head [data-part], .lead [data-part]'
const KEY = 'galley.places'
/** Stories whose place is remembered on this machine. */
const MOST = 50

/** The block that is highest on the screen, and how far its top is under that of the page's part of the window, in px. */
interface Top {
  readonly blockId: BlockId
  readonly offset: number
}

interface Remembered {
  readonly place: Place | null
  readonly top: Top | null
}

type PlacedEditor = Pick<BodyEditorHandle, 'caretPlace' | 'blocksBetween' | 'textElement'>

/** Remembers where in a story the caret is, and what of it is in sight, for the next time the window shows it. */
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

/** Scrolls to what was in sight. */
export function scrollTo({ blockId, offset }: Top, editor: PlacedEditor | null): void {
  const scroller = document.querySelector('.story-scroll')
  const block = editor?.textElement(blockId, '')?.closest('.chunk > *')
  if (!scroller || !block) return
  block.scrollIntoView({ block: 'start' })
  scroller.scrollTop += block.getBoundingClientRect().top - scroller.getBoundingClientRect().top - offset
}

function topNow(editor: PlacedEditor | null): Top | null {
  const scroller = document.querySelector('.story-scroll')
  // At its beginning a story is shown anyway.
  if (!scroller || scroller.scrollTop === 0) return null
  const { top, bottom } = scroller.getBoundingClientRect()
  for (const blockId of editor?.blocksBetween(top, bottom) ?? []) {
    const block = editor?.textElement(blockId, '')?.closest('.chunk > *')
    if (block) return { blockId, offset: block.getBoundingClientRect().top - top }
  }
  return null
}

/** Where the caret is on the page; null where it is not there. */
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

/** Whatever cannot be read is no place. */
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

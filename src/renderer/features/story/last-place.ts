import { Place } from '../../../shared/checks/finding.ts'
import type { BodyEditorHandle } from '../../editor/create-body-editor.ts'

const KEY = 'galley.places'
/** Stories whose place is remembered on this machine. */
const MOST = 50

/** Remembers where in a story the caret is, for the next time the window shows it. */
export function rememberPlace(storyId: string, editor: Pick<BodyEditorHandle, 'caretPlace'> | null): void {
  const place = placeNow(editor)
  if (!place) return
  const others = places().filter(([id]) => id !== storyId)
  localStorage.setItem(KEY, JSON.stringify([[storyId, place], ...others].slice(0, MOST)))
}

export function lastPlace(storyId: string): Place | null {
  return places().find(([id]) => id === storyId)?.[1] ?? null
}

function placeNow(editor: Pick<BodyEditorHandle, 'caretPlace'> | null): Place | null {
  const active = document.activeElement
  const field = ['kicker', 'headline', 'standfirst', 'byline'].find((name) => active?.matches(`.page-${name}`))
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
function places(): (readonly [string, Place])[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    if (!Array.isArray(stored)) return []
    return stored.flatMap((entry): (readonly [string, Place])[] => {
      const [id, value] = Array.isArray(entry) ? (entry as unknown[]) : []
      const place = Place.safeParse(value)
      return typeof id === 'string' && place.success ? [[id, place.data]] : []
    })
  } catch {
    return []
  }
}

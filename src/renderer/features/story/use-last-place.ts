import { useLayoutEffect, type RefObject } from 'react'
import type { Place } from '../../../shared/story/place.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { lastPlace, placeNow, rememberPlace, scrollTo } from './last-place.ts'
import type { StorySession } from './story-session.ts'

/**
 * Restores the caret and the scroll position of a story that is reopened. If the focus is elsewhere (for example in the
 * story list), it stays there, and the caret waits quietly for when the person comes to the text. The frame around the
 * story, which outlives the story before, is not elsewhere: a key meant for the text would press one of its buttons.
 */
export function useLastPlace(session: StorySession, editor: RefObject<BodyEditorHandle | null>): void {
  useLayoutEffect(() => {
    const { place, top } = lastPlace(session.id)
    let caret: Place | null = place
    const before = document.activeElement
    // After the editor has been drawn: before that there is nothing to put a caret in.
    const frame = requestAnimationFrame(() => {
      const isFree = isFocusFree(before)
      // First, because a text that cannot be edited does not take the focus.
      if (isFree) focusPage(document.querySelector<HTMLElement>('.page'))
      if (place && isFree) session.showPlace(place)
      else if (place && 'blockId' in place) editor.current?.putCaret(place.blockId, place, 'quietly')
      if (top) scrollTo(top, editor.current)
    })
    const remember = (): void => rememberPlace(session.id, editor.current, placeNow(editor.current) ?? caret)
    const left = ({ target }: FocusEvent): void => {
      if (target instanceof Element) caret = placeNow(editor.current, target) ?? caret
    }
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') remember()
    }
    const page = document.querySelector<HTMLElement>('.page')
    page?.addEventListener('focusout', left)
    addEventListener('pagehide', remember)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      remember()
      cancelAnimationFrame(frame)
      page?.removeEventListener('focusout', left)
      removeEventListener('pagehide', remember)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [session, editor])
}

/**
 * Whether the focus is nowhere, or still on the frame around the story, where it was `before` the story was shown.
 * Afterwards only the person puts it there.
 */
function isFocusFree(before: Element | null): boolean {
  const active = document.activeElement
  if (active === null || active === document.body) return true
  const story = document.querySelector('.story')
  if (!story || !(before === document.body || before === active)) return false
  return active.contains(story) || (story.contains(active) && !active.closest('.page'))
}

/** Focuses the page, so that Tab goes to its first line and stray typing does not get into the text. */
function focusPage(page: HTMLElement | null): void {
  if (!page) return
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}

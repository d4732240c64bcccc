import { useLayoutEffect, type RefObject } from 'react'
import type { Place } from '../../../shared/story/place.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { lastPlace, placeNow, rememberPlace, scrollTo } from './last-place.ts'
import type { StorySession } from './story-session.ts'

/**
 * Restores the caret and the scroll position of a story that is reopened. The focus moves only if it is nowhere else
 * (for example in the story list); otherwise the caret waits quietly for when the person comes to the text.
 */
export function useLastPlace(session: StorySession, editor: RefObject<BodyEditorHandle | null>): void {
  useLayoutEffect(() => {
    const { place, top } = lastPlace(session.id)
    let caret: Place | null = place
    // After the editor has been drawn: before that there is nothing to put a caret in.
    const frame = requestAnimationFrame(() => {
      if (place && document.activeElement === document.body) session.showPlace(place)
      else if (place && 'blockId' in place) editor.current?.putCaret(place.blockId, place, 'quietly')
      else if (document.activeElement === document.body) focusPage(document.querySelector<HTMLElement>('.page'))
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

/** Focuses the page, so that Tab goes to its first line and stray typing does not get into the text. */
function focusPage(page: HTMLElement | null): void {
  if (!page) return
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}

import { useLayoutEffect, type RefObject } from 'react'
import type { Place } from '../../../shared/story/place.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { lastPlace, placeNow, rememberPlace, scrollTo } from './last-place.ts'
import type { StorySession } from './story-session.ts'

/**
 * A story that comes back has its caret where it was, and what was in sight. The caret is only put there for a person
 * who is nowhere else, in the list of stories perhaps; to them it is where the story goes on once they come.
 */
export function useLastPlace(session: StorySession, editor: RefObject<BodyEditorHandle | null>): void {
  useLayoutEffect(() => {
    const { place, top } = lastPlace(session.id)
    let caret: Place | null = place
    // Once the editor has been drawn: before that there is nothing to put a caret into.
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

/** The keyboard goes on in the story, its first line next, and nothing that is typed by mistake gets into it. */
function focusPage(page: HTMLElement | null): void {
  if (!page) return
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}

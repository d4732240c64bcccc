import { useEffect, useRef } from 'react'
import { useSettings } from '../../../api/desk.tsx'
import type { BodyEditorHandle } from '../../../editor/create-body-editor.ts'
import { speller } from '../../../spelling/window-speller.ts'
import type { StorySession } from '../story-session.ts'
import { TextPlaces } from '../text-places.ts'
import { SpellingMarks } from './spelling-marks.ts'
import { SpellingSession } from './spelling-session.ts'
import './spelling.css'

export interface StorySpellingProps {
  readonly session: StorySession
  readonly handle: BodyEditorHandle | null
}

/** The spelling of the story on the desk: its marks, and what is offered for them. */
export function StorySpelling({ session, handle }: StorySpellingProps) {
  const settings = useSettings()
  const anchor = useRef<HTMLSpanElement>(null)
  const current = useRef({ handle, settings })
  current.current = { handle, settings }

  useEffect(() => {
    const story = anchor.current?.closest<HTMLElement>('.story')
    if (!story || !handle || !settings.spelling) return
    const places = new TextPlaces(story, () => current.current.handle)
    let stop = (): void => undefined
    // The story is to be on the screen first.
    const begin = setTimeout(() => {
      const spelling = new SpellingSession({ story: session, speller, isNear: () => places.isNear() })
      const marks = new SpellingMarks(places, spelling, () => ({
        grammar: current.current.settings.grammar,
        capitals: current.current.settings.spellingCapitals,
        accepts: () => false
      }))
      const stopOther = keepOtherCheckerOff(story, session, spelling)
      stop = () => {
        stopOther()
        marks.stop()
        spelling.stop()
      }
    }, BEGIN_MS)
    return () => {
      clearTimeout(begin)
      stop()
    }
  }, [session, handle, settings.spelling])

  useEffect(() => {
    if (!settings.spelling) speller.stop()
  }, [settings.spelling])

  return <span ref={anchor} className="spelling-anchor" />
}

/** An engine takes a processor for two seconds when it starts; the first keys come before it. */
const BEGIN_MS = 250

/** The browser's own checker marks nothing where ours does; where we have no dictionary, it may have one. */
function keepOtherCheckerOff(story: HTMLElement, session: StorySession, spelling: SpellingSession): () => void {
  const page = story.querySelector<HTMLElement>('.page')
  const put = (): void => {
    const isOurs = !(session.fields.get().language in spelling.view.get().troubles)
    if (page && page.spellcheck === isOurs) page.spellcheck = !isOurs
  }
  put()
  const stop = spelling.view.subscribe(put)
  return () => {
    stop()
    page?.removeAttribute('spellcheck')
  }
}

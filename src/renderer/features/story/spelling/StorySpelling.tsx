import { useEffect, useMemo, useRef, useState } from 'react'
import { keyOf } from '../../../../shared/find/replace.ts'
import { isOnPage } from '../../../../shared/find/story-texts.ts'
import type { FindingFilter } from '../../../../shared/spelling/finding.ts'
import { plainWord } from '../../../../shared/spelling/words.ts'
import { inStoryApostrophes } from '../../../../shared/spelling/apostrophe.ts'
import { sayFailure } from '../../../api/say-failure.ts'
import { useApi } from '../../../api/api.tsx'
import { useCommands } from '../../../api/commands.ts'
import { useSettings } from '../../../api/desk.tsx'
import { useStore, type Readable } from '../../../api/store.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import { speller } from '../../../spelling/window-speller.ts'
import { languageName } from '../../../strings/languages.ts'
import { useStrings } from '../../../strings/strings.ts'
import { toast } from '../../../ui/Toast.tsx'
import { inspectorTab } from '../show-place.ts'
import type { StorySession } from '../story-session.ts'
import { TextPlaces } from '../text-places.ts'
import { takeAhead } from './ahead.ts'
import { correct } from './correct.ts'
import { ownNames } from './own-names.ts'
import { SpellingMarks } from './spelling-marks.ts'
import { SpellingMenu } from './SpellingMenu.tsx'
import { SpellingSession, type PlacedFinding } from './spelling-session.ts'
import { useAccepted } from './use-accepted.ts'
import { afterFrame, rendered, settled, waitForMore, type Later } from './waits.ts'
import { Walk, type Spot } from './walk.ts'
import './spelling.css'

export interface StorySpellingProps {
  readonly session: StorySession
  /** Null until the body is rendered. */
  readonly editor: Readable<BodyEditorHandle | null>
  readonly editable: boolean
  readonly detailsShown: boolean
  /** Called when the finding is in the details beside the story, which have to be shown for it. */
  onShowDetails(): void
  /** Called when the user asks for earlier versions of a paragraph. */
  onParagraph(blockId: string): void
}

/**
 * Starting an engine takes two seconds of processor time and cannot be interrupted, so it waits long enough for someone
 * who opens a story in order to write to have begun.
 */
const BEGIN_MS = 700
/** The start must not slow down someone who is already typing, so it waits for this long a pause. */
const REST_MS = 1500
/** A walk that has shown nothing for this long says what it is waiting for. */
const READING_MS = 500
/** An upper limit: the walk removes the notice as soon as it has something to show, or ends. */
const READING_STAYS_MS = 60_000

interface AtWork {
  readonly spelling: SpellingSession
  readonly marks: SpellingMarks
  readonly places: TextPlaces
}

/** Findings ignored at one place, by story, until the window closes. */
const ignoredHere = new Map<string, Set<string>>()

/** Spelling of the open story: the marks, the menu for them, and the walk through them. */
export function StorySpelling({
  session,
  editor,
  editable,
  detailsShown,
  onShowDetails,
  onParagraph
}: StorySpellingProps) {
  const handle = useStore(editor)
  const tab = useStore(inspectorTab)
  const all = useStrings()
  const words = all.spelling
  const api = useApi()
  const settings = useSettings()
  const accepted = useAccepted(session.id)
  const anchor = useRef<HTMLSpanElement>(null)
  const work = useRef<AtWork | null>(null)
  const beginning = useRef<Later | null>(null)
  const walk = useRef<Walk | null>(null)
  /** A walk was requested before the page was ready. */
  const isAsked = useRef(false)
  /** Removes the notice that the story is still being read. */
  const doneReading = useRef<(() => void) | null>(null)
  const [open, setOpen] = useState<PlacedFinding | null>(null)
  const isOn = settings.spelling && editable
  const names = useMemo(() => ownNames(session), [session])
  const filter: FindingFilter = {
    grammar: settings.grammar,
    capitals: settings.spellingCapitals,
    accepts: (word) => accepted.has(word) || names(word)
  }
  const shown = useRef<PlacedFinding | null>(null)
  shown.current = open
  const current = useRef({ handle, filter })
  current.current = { handle, filter }

  useEffect(() => {
    const story = anchor.current?.closest<HTMLElement>('.story')
    if (!story || !handle || !isOn) return
    const places = new TextPlaces(story, () => current.current.handle)
    const stops = new AbortController()
    const isUp = speller.isUp(session.fields.get().language)
    const start = (): void => {
      const isNear = () => places.isNear()
      const ahead = takeAhead(session)
      const spelling = ahead ?? new SpellingSession({ story: session, speller, isNear })
      const marks = new SpellingMarks(places, spelling, (text) => {
        // Nothing is marked in a language without a dictionary.
        if (text.language in spelling.view.get().troubles) return []
        const ignored = ignoredHere.get(session.id)
        const placed = spelling.placed(text, current.current.filter)
        return ignored ? (placed?.filter((one) => !ignored.has(hereKey(one))) ?? null) : placed
      })
      ahead?.shown(isNear)
      work.current = { spelling, marks, places }
      const stopOther = keepOtherCheckerOff(story, session, spelling)
      stops.signal.addEventListener('abort', () => {
        stopOther()
        marks.stop()
        spelling.stop()
        work.current = null
      })
    }
    // An engine that still has to start waits until the story is on the screen. One that is running has checked the
    // beginning by now, which is marked in the very frame that first shows the story.
    const later = isUp ? null : afterFrame(BEGIN_MS, REST_MS, start)
    if (isUp) start()
    beginning.current = later
    const menu = (event: MouseEvent): void => {
      const mark = work.current && markOf(work.current.marks, event)
      if (!mark) return
      event.preventDefault()
      show(mark.finding)
    }
    story.addEventListener('contextmenu', menu, { signal: stops.signal })
    if (isAsked.current) begin()
    return () => {
      later?.stop()
      beginning.current = null
      stops.abort()
      doneReading.current?.()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `show` and `begin` only set what is open
  }, [session, handle, isOn])

  useEffect(() => {
    if (!settings.spelling) speller.stop()
  }, [settings.spelling])

  useEffect(() => {
    work.current?.marks.redraw()
  }, [accepted, settings.grammar, settings.spellingCapitals, detailsShown, tab])

  function saysReading(isReading: boolean): void {
    doneReading.current?.()
    doneReading.current = isReading ? toast({ text: words.reading, stay: READING_STAYS_MS }) : null
  }

  /** Opens the menu for a finding. */
  function show(finding: PlacedFinding): void {
    saysReading(false)
    const { marks, places } = work.current ?? {}
    const box = (marks?.rangeOf(finding) ?? places?.nearestTo(finding.place))?.getBoundingClientRect()
    const at = anchor.current
    if (!box || !at) return
    at.style.insetInlineStart = 'auto'
    at.style.left = `${box.left}px`
    at.style.top = `${box.top}px`
    at.style.width = `${box.width}px`
    at.style.height = `${box.height}px`
    work.current?.marks.setPresent(finding)
    setOpen(finding)
  }

  function close(): void {
    setOpen(null)
    work.current?.marks.setPresent(null)
  }

  function goOn(): void {
    const { spelling, marks, places } = work.current ?? {}
    const way = walk.current
    if (!spelling || !marks || !places || !way) return
    spelling.readNow()
    const { troubles } = spelling.view.get()
    const next = way.next(spelling.texts, (text) => marks.found(text))
    if (next === 'wait') {
      waitForMore(
        spelling,
        () => walk.current === way && goOn(),
        () => {
          if (walk.current !== way) return
          walk.current = null
          saysReading(false)
        }
      )
      return
    }
    if (next === null) return finish(troubles)
    if (!isOnPage(next.place)) onShowDetails()
    const target = () => places.nearestTo(next.place)
    rendered(target, (element) => {
      if (walk.current !== way) return
      if (!element) {
        // Nothing shows this text: there is no place to point at.
        way.passed({ place: next.place, offset: Infinity })
        return goOn()
      }
      places.reveal(next)
      marks.revealInField(next)
      settled(
        () => places.rangeOf(next) ?? target(),
        () => {
          if (walk.current === way) show(next)
        }
      )
    })
  }

  function finish(troubles: Readonly<Record<string, string>>): void {
    walk.current = null
    saysReading(false)
    const said = Object.entries(troubles).map(([language, why]) =>
      why === 'missing' ? words.noDictionary(languageName(language)) : words.failed(languageName(language))
    )
    toast({ text: [words.done, ...said].join(' ') })
    handle?.focus()
  }

  function begin(): void {
    if (!isOn) return void toast({ text: words.isOff })
    beginning.current?.now()
    isAsked.current = !work.current
    if (!work.current) return
    if (walk.current && open) return next()
    const way = new Walk(caretSpot(handle))
    walk.current = way
    goOn()
    setTimeout(() => {
      if (walk.current === way && !shown.current) saysReading(true)
    }, READING_MS)
  }

  /** Closes the menu; a walk continues after the spot. */
  function done(spot: Spot): void {
    close()
    if (!walk.current) return
    walk.current.passed(spot)
    goOn()
  }

  function next(): void {
    if (open) done({ place: open.place, offset: open.end })
  }

  function ignore(where: 'here' | 'story' | 'everywhere'): void {
    if (!open) return
    if (where === 'here') {
      const ignored = ignoredHere.get(session.id) ?? new Set<string>()
      ignored.add(hereKey(open))
      ignoredHere.set(session.id, ignored)
      work.current?.marks.redraw()
    } else {
      const word = plainWord(open.words)
      accepted.add(word)
      work.current?.marks.redraw()
      api.call.spelling.accept({ word, ...(where === 'story' && { storyId: session.id }) }).catch((thrown: unknown) => {
        accepted.drop(word)
        work.current?.marks.redraw()
        sayFailure(thrown)
      })
    }
    next()
  }

  /** True once the whole story has been checked. */
  function isRead(): boolean {
    const { spelling, marks } = work.current ?? {}
    if (!spelling || !marks) return false
    spelling.readNow()
    return spelling.texts.every((text) => marks.found(text) !== null)
  }

  function textsAtWork(): string[] {
    return work.current?.spelling.texts.map(({ text }) => text) ?? []
  }

  function replace(instead: string): void {
    const { places } = work.current ?? {}
    if (!open || !handle || !places) return
    const { place, start, end } = open
    const isDone = correct(open, instead, session, handle, places)
    done({ place, offset: isDone ? start + instead.length : end })
  }

  function showParagraph(finding: PlacedFinding): void {
    const { place } = finding
    if (place.in !== 'block') return
    walk.current = null
    close()
    work.current?.places.select(finding)
    // The menu returns the focus as it closes; the dialog can take it after that.
    setTimeout(() => onParagraph(place.id), 80)
  }

  useCommands([
    {
      id: 'spelling.suggest',
      title: words.suggest,
      keys: 'Mod+.',
      group: all.palette.groups.story,
      when: () => editable,
      run: () => {
        beginning.current?.now()
        const mark = work.current?.marks.atCaret()
        if (mark) show(mark.finding)
        else toast({ text: !isOn ? words.isOff : isRead() ? words.nothingHere : words.reading })
      }
    },
    {
      id: 'spelling.check',
      title: words.check,
      keys: 'F7',
      group: all.palette.groups.story,
      when: () => editable,
      run: begin
    }
  ])

  return (
    <>
      <span ref={anchor} className="spelling-anchor" aria-hidden />
      {open && (
        <SpellingMenu
          key={`${keyOf(open.place)} ${open.start} ${open.words}`}
          finding={open}
          isWalk={walk.current !== null}
          anchor={anchor}
          asInStory={(offered) => inStoryApostrophes(offered, textsAtWork(), open.language)}
          onReplace={replace}
          onIgnore={ignore}
          onNext={next}
          {...(open.place.in === 'block' && { onParagraph: () => showParagraph(open) })}
          onClose={() => {
            // Choosing an item closes the menu too, and has to be handled first.
            queueMicrotask(() => {
              if (!work.current?.marks.isPresent(open)) return
              walk.current = null
              close()
              work.current.places.select(open)
            })
          }}
        />
      )}
    </>
  )
}

function hereKey({ place, words, rule }: PlacedFinding): string {
  return `${keyOf(place)} ${rule} ${words}`
}

function caretSpot(handle: BodyEditorHandle | null): Spot | null {
  const caret = handle?.caretPlace()
  return caret ? { place: { in: 'block', id: caret.blockId, part: '' }, offset: caret.start } : null
}

/** The mark under the pointer, or at the caret if the menu key was pressed; null if something else is selected. */
function markOf(marks: SpellingMarks, event: MouseEvent): { readonly finding: PlacedFinding } | null {
  const selection = document.getSelection()
  const isKey = event instanceof PointerEvent && event.pointerType === ''
  const mark = isKey ? marks.atCaret() : marks.under(event.clientX, event.clientY)
  const selected = selection?.toString() ?? ''
  return mark && (selected === '' || mark.finding.words.includes(selected.trim())) ? mark : null
}

/** Turns the browser's own checker off where ours works, and leaves it on where we have no dictionary. */
function keepOtherCheckerOff(story: HTMLElement, session: StorySession, spelling: SpellingSession): () => void {
  const put = (): void => {
    const isOurs = !(session.fields.get().language in spelling.view.get().troubles)
    if (story.spellcheck === isOurs) story.spellcheck = !isOurs
  }
  put()
  const stop = spelling.view.subscribe(put)
  return () => {
    stop()
    story.removeAttribute('spellcheck')
  }
}

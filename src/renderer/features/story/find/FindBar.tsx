import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ArrowDown, ArrowUp, CaseSensitive, ChevronDown, ChevronRight, Regex, WholeWord, X } from 'lucide-react'
import { Input, TextField } from 'react-aria-components'
import { emptyQuery, type FindQuery } from '../../../../shared/find/find.ts'
import { isOnPage, type TextPlace } from '../../../../shared/find/story-texts.ts'
import { takeTyped } from '../../../api/typed-ahead.ts'
import { useStorePart, type Readable } from '../../../api/store.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import { useStrings, type Strings } from '../../../strings/strings.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { StorySession } from '../story-session.ts'
import { markHits } from './find-marks.ts'
import { FindSession, type FindRequest, type FindView } from './find-session.ts'
import { TextPlaces } from '../text-places.ts'
import './find.css'

export interface FindBarProps {
  readonly session: StorySession
  readonly handle: BodyEditorHandle
  readonly editable: boolean
  readonly request: FindRequest
  /** Called when the hit is in the details beside the story, so that they are shown. */
  onShowDetails(): void
  onClose(): void
}

/** The last search, in whichever story. */
let last: { query: FindQuery; replacement: string } = { query: emptyQuery, replacement: '' }

export function FindBar({ session, handle, editable, request, onShowDetails, onClose }: FindBarProps) {
  const all = useStrings()
  const words = all.find
  const bar = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const places = useRef<TextPlaces>(null)
  const [finding, setFinding] = useState<FindSession | null>(null)
  const [replacing, setReplacing] = useState(request.replace)
  const current = useRef({ handle, onShowDetails })
  useLayoutEffect(() => {
    current.current = { handle, onShowDetails }
  })

  useEffect(() => {
    const story = bar.current?.closest<HTMLElement>('.story')
    if (!story) return
    const where = (places.current = new TextPlaces(story, () => current.current.handle))
    const made = new FindSession({
      story: session,
      editor: () => current.current.handle,
      startWorker: () => new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' }),
      query: request.text === null ? last.query : { ...last.query, text: request.text, isRegExp: false },
      replacement: last.replacement,
      from: request.from
    })
    const marks = markHits(where, made.view.get)
    let shown = -1
    const follow = (): void => {
      const { query, replacement, hits, at, reveal: asked } = made.view.get()
      last = { query, replacement }
      marks.redraw()
      const hit = hits[at]
      if (asked === shown) return
      shown = asked
      if (!hit) return
      if (!isOnPage(hit.place)) current.current.onShowDetails()
      // The details may have to be rendered first.
      const reveal = (tries: number): void => {
        if (shown !== asked || tries === 0) return
        if (!where.elementOf(hit.place)) requestAnimationFrame(() => reveal(tries - 1))
        else {
          where.reveal(hit)
          marks.redraw()
        }
      }
      requestAnimationFrame(() => reveal(30))
    }
    follow()
    const stop = made.view.subscribe(follow)
    // While somebody is typing in the story, every visible mark would cost time at each key; the first pause brings
    // them back.
    const stopHiding = session.edits.subscribe(marks.hide)
    setFinding(made)
    return () => {
      // A hit about to be brought into view would draw its marks again, and they would stay.
      shown = -1
      stop()
      stopHiding()
      marks.stop()
      made.stop()
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new request brings its own words, below
  }, [session])

  // The bar was asked for again while open: with another text, or only to focus it.
  const answered = useRef(request)
  useEffect(() => {
    if (!finding) return
    if (request.replace) setReplacing(true)
    const early = takeTyped()
    if (early !== '') void finding.setQuery({ text: early })
    if (request.focus) {
      field.current?.focus()
      if (early === '') field.current?.select()
    }
    if (answered.current === request) return
    answered.current = request
    if (request.text !== null) void finding.setQuery({ text: request.text, isRegExp: false })
    if (request.go) finding.go(request.go)
  }, [request, finding])

  const close = (): void => {
    const view = finding?.view.get()
    const hit = view?.hits[view.at]
    onClose()
    if (hit && places.current?.elementOf(hit.place)) places.current.select(hit)
    else handle.focus()
  }

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  useLayoutEffect(() => {
    keys.current = (event) => {
      if (event.isComposing) return
      const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyZ'
      if (event.key === 'Escape') close()
      // In one of the bar's fields the key belongs to the field, unless the last action was replacing.
      else if (isUndo && (finding?.hasReplaced || !(event.target instanceof HTMLInputElement))) {
        if (event.shiftKey) session.redo()
        else session.undo()
      } else return
      event.preventDefault()
      event.stopPropagation()
    }
  })
  useEffect(() => {
    const element = bar.current
    const onKeyDown = (event: KeyboardEvent): void => keys.current(event)
    element?.addEventListener('keydown', onKeyDown)
    return () => element?.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <div ref={bar} className="find" role="search" aria-label={words.label}>
      {finding && (
        <Fields
          finding={finding}
          field={field}
          editable={editable}
          replacing={replacing}
          onReplacing={setReplacing}
          onClose={close}
        />
      )}
    </div>
  )
}

interface FieldsProps {
  readonly finding: FindSession
  readonly field: React.RefObject<HTMLInputElement | null>
  readonly editable: boolean
  readonly replacing: boolean
  onReplacing(replacing: boolean): void
  onClose(): void
}

function Fields({ finding, field, editable, replacing, onReplacing, onClose }: FieldsProps) {
  const all = useStrings()
  const words = all.find
  // The hits are found anew after every pause in typing: only the count renders then, and only if it is another.
  const query = useStorePart(finding.view, (view) => view.query)
  const replacement = useStorePart(finding.view, (view) => view.replacement)
  const none = useStorePart(finding.view, ({ hits }) => hits.length === 0)
  const isInvalid = useStorePart(finding.view, ({ state }) => state === 'invalid' || state === 'ended')
  const replacementField = useRef<HTMLInputElement>(null)
  // With the last hit gone its button is disabled, and would lose the focus.
  const replace = (which: 'replaceOne' | 'replaceAll'): void => {
    void finding[which]().then(() => {
      if (finding.view.get().hits.length === 0) field.current?.focus()
    })
  }
  const toggle = (
    name: 'matchCase' | 'wholeWord' | 'matchAccents' | 'isRegExp',
    label: string,
    icon: React.ReactNode
  ) => (
    <IconButton
      label={label}
      icon={icon}
      isSelected={query[name]}
      isDisabled={name === 'matchAccents' && query.isRegExp}
      onPress={() => void finding.setQuery({ [name]: !query[name] })}
    />
  )
  return (
    <>
      <div className="find-row">
        {editable && (
          <IconButton
            label={replacing ? words.hideReplace : words.showReplace}
            icon={replacing ? <ChevronDown /> : <ChevronRight className="find-open" />}
            onPress={() => onReplacing(!replacing)}
          />
        )}
        <TextField
          className="find-field"
          aria-label={words.find}
          value={query.text}
          onChange={(text) => void finding.setQuery({ text })}
          isInvalid={isInvalid}
          autoFocus={false}
        >
          <Input
            ref={field}
            className="g-input"
            placeholder={words.find}
            dir="auto"
            spellCheck="false"
            onKeyDown={(event) => {
              if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
              // On to what it becomes, as in other editors; the switches between are reached by going back.
              if (event.key === 'Tab' && !event.shiftKey && replacementField.current) {
                event.preventDefault()
                replacementField.current.focus()
              }
              if (event.key !== 'Enter') return
              event.preventDefault()
              finding.go(event.shiftKey ? -1 : 1)
            }}
          />
        </TextField>
        <span className="find-toggles">
          {toggle('matchCase', words.matchCase, <CaseSensitive />)}
          {toggle('wholeWord', words.wholeWord, <WholeWord />)}
          {toggle('matchAccents', words.matchAccents, <span className="find-accent">é</span>)}
          {toggle('isRegExp', words.isRegExp, <Regex />)}
        </span>
        <Count view={finding.view} />
        <span className="find-toggles">
          <IconButton
            label={words.previous}
            keys="Shift+F3"
            icon={<ArrowUp />}
            isDisabled={none}
            onPress={() => finding.go(-1)}
          />
          <IconButton
            label={words.next}
            keys="F3"
            icon={<ArrowDown />}
            isDisabled={none}
            onPress={() => finding.go(1)}
          />
        </span>
        <span className="find-end">
          <IconButton label={all.common.close} keys="Escape" icon={<X />} onPress={onClose} />
        </span>
      </div>
      {replacing && editable && (
        <div className="find-row find-replace">
          <TextField
            className="find-field"
            aria-label={words.replaceWith}
            value={replacement}
            onChange={(next) => finding.setReplacement(next)}
          >
            <Input
              ref={replacementField}
              className="g-input"
              placeholder={words.replaceWith}
              dir="auto"
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
                event.preventDefault()
                replace('replaceOne')
              }}
            />
          </TextField>
          <Button size="small" isDisabled={none} onPress={() => replace('replaceOne')}>
            {words.replace}
          </Button>
          <Button size="small" isDisabled={none} onPress={() => replace('replaceAll')}>
            {words.replaceAll}
          </Button>
        </div>
      )}
      <PlaceOfHit view={finding.view} />
    </>
  )
}

function Count({ view }: { readonly view: Readable<FindView> }) {
  const words = useStrings().find
  const count = useStorePart(view, (now) => countOf(now, words))
  return (
    <output className="find-count" aria-live="polite">
      {count}
    </output>
  )
}

/** Shown when the hit is not on the page itself. */
function PlaceOfHit({ view }: { readonly view: Readable<FindView> }) {
  const all = useStrings()
  const name = useStorePart(view, ({ hits, at }) => {
    const hit = hits[at]
    return hit ? placeName(hit.place, all) : null
  })
  return name ? <p className="find-place">{all.find.standsIn(name)}</p> : null
}

function placeName(place: TextPlace, words: Strings): string | null {
  if (place.in === 'block') return place.part === 'alt' ? words.story.alt : null
  return isOnPage(place) ? null : words.compare.fields[place.name]
}

function countOf({ query, state, hits, at, replaced }: FindView, words: Strings['find']): string {
  if (state === 'invalid') return words.invalid
  if (state === 'ended') return words.ended
  if (replaced !== null) return words.replaced(replaced)
  if (query.text === '' || state === 'searching') return ''
  return hits.length === 0 ? words.none : words.count({ at: at + 1, of: hits.length })
}

import { Suspense, useEffect, useRef } from 'react'
import { resolveDirection } from '../../../shared/document/language.ts'
import { sectionShown } from '../../../shared/story/section.ts'
import { reading } from '../../api/reading.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { useField } from '../../api/use-field.ts'
import type { PastedPicture, PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { PASTE_CUT } from '../../editor/clipboard/plain-import.ts'
import { PlainText } from '../../editor/PlainText.tsx'
import { useStrings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'
import { LengthNote } from './LengthNote.tsx'
import { StoryBody } from './StoryBody.tsx'
import type { StorySession } from './story-session.ts'
import { TimesLine } from './TimesLine.tsx'
import { useFieldRule, useIsShown } from './use-field-rule.ts'

export interface StoryPageProps {
  readonly session: StorySession
  readonly editable: boolean
  readonly onHandle: (handle: BodyEditorHandle | null) => void
  readonly onBodyFocus: () => void
  readonly onLink: () => void
  readonly onPictures: (pictures: readonly PastedPicture[]) => void
  readonly onPasteProgress: (progress: PasteProgress | null) => void
}

/** The story as readers will see it. Each line is a component of its own and renders alone. */
export function StoryPage({
  session,
  editable,
  onHandle,
  onBodyFocus,
  onLink,
  onPictures,
  onPasteProgress
}: StoryPageProps) {
  const { LeadPicture, Deliveries } = useSlots()
  const [language] = useField(session, 'language')
  const [direction] = useField(session, 'direction')
  const dir = resolveDirection(direction, language)
  const { size, measure } = useStore(reading)
  const words = useStrings().story
  const page = useRef<HTMLElement>(null)
  useEffect(() => {
    const told = (event: Event): void => {
      toast({ text: words.pasteCut((event as CustomEvent<number>).detail), stay: 15_000 })
    }
    document.addEventListener(PASTE_CUT, told)
    return () => document.removeEventListener(PASTE_CUT, told)
  }, [words])
  // A story with nothing in it starts with the caret in the headline.
  useEffect(() => {
    const { headline } = session.fields.get()
    if (editable && headline === '' && session.body().blocks.length === 0)
      page.current?.querySelector<HTMLElement>('.page-headline')?.focus()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the story is opened
  }, [])
  const next = (from: string): void => {
    const order = ['kicker', 'headline', 'standfirst', 'byline']
    const fields = order
      .slice(order.indexOf(from) + 1)
      .map((name) => page.current?.querySelector<HTMLElement>(`.page-${name}`))
    const field = fields.find(Boolean)
    if (field) field.focus()
    else onBodyFocus()
  }
  return (
    <article ref={page} className="page" dir={dir} lang={language} data-size={size} data-measure={measure}>
      <header className="page-head">
        <Title session={session} />
        <Section session={session} />
        <Line session={session} name="kicker" editable={editable} onEnter={next} />
        <Line session={session} name="headline" editable={editable} onEnter={next} />
        <Line session={session} name="standfirst" editable={editable} onEnter={next} />
        <div className="page-credits">
          <Line session={session} name="byline" editable={editable} onEnter={next} />
          <TimesLine session={session} />
          <Suspense>{Deliveries && <Deliveries storyId={session.id} />}</Suspense>
        </div>
      </header>
      {LeadPicture && <LeadPicture story={session} editable={editable} />}
      <StoryBody
        session={session}
        editable={editable}
        dir={dir}
        lang={language}
        onHandle={onHandle}
        onLink={onLink}
        onPictures={onPictures}
        onPasteProgress={onPasteProgress}
      />
    </article>
  )
}

/** The page's heading for screen readers, which navigate by headings; the Headline field itself is an edit box. */
function Title({ session }: { readonly session: StorySession }) {
  const { common, product } = useStrings()
  const [headline] = useField(session, 'headline')
  const title = headline || common.untitled
  useEffect(() => {
    document.title = `${title} – ${product}`
    return () => {
      document.title = product
    }
  }, [title, product])
  return <h1 className="visually-hidden">{title}</h1>
}

/** The section, where readers see it. It is set in the details. */
function Section({ session }: { readonly session: StorySession }) {
  const [section] = useField(session, 'section')
  const [kicker] = useField(session, 'kicker')
  const shown = sectionShown({ section, kicker })
  return shown === '' ? null : (
    <p className="page-section" dir="auto">
      {shown}
    </p>
  )
}

interface LineProps {
  readonly session: StorySession
  readonly name: 'kicker' | 'headline' | 'standfirst' | 'byline'
  readonly editable: boolean
  readonly onEnter: (from: string) => void
}

function Line({ session, name, editable, onEnter }: LineProps) {
  const words = useStrings().story
  const [value, setValue] = useField(session, name)
  const isShown = useIsShown(session, name)
  const rule = useFieldRule(name)
  if (!isShown) return null
  return (
    <>
      <PlainText
        label={words[name]}
        placeholder={words[`${name}Hint`]}
        className={`page-${name}`}
        part={name}
        value={value}
        undoKeys={session}
        onChange={setValue}
        editable={editable}
        onEnter={() => onEnter(name)}
      />
      {editable && rule && (
        <span className="page-length">
          <LengthNote value={value} rule={rule} />
        </span>
      )}
    </>
  )
}

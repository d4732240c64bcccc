import { Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { PanelLeft, PanelRight, Trash2 } from 'lucide-react'
import type { ExitWay } from '../../../shared/contract/exports.ts'
import type { Place } from '../../../shared/story/place.ts'
import { sectionShown } from '../../../shared/story/section.ts'
import { resolveDirection } from '../../../shared/document/language.ts'
import { useApi } from '../../api/api.tsx'
import { DeskMenu } from '../../api/DeskMenu.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { addPicture, chooseFiles, pictureTypes } from '../../api/pictures.ts'
import { navigate } from '../../api/router.ts'
import { runCommand, useCommands } from '../../api/commands.ts'
import { useSettings } from '../../api/desk.tsx'
import { useDeskZone } from '../../api/desk.tsx'
import { mayLeave } from '../../api/embargo.ts'
import { reading } from '../../api/reading.ts'
import { useSlots } from '../../api/slots.tsx'
import { createStore, useStore } from '../../api/store.ts'
import { emptyImageUse, type ImageUse } from '../../../shared/document/image-use.ts'
import { BodyEditorView } from '../../editor/BodyEditorView.tsx'
import type { PastedPicture, PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import { onComposition } from '../../editor/composition.ts'
import type { BodyEditorHandle } from '../../editor/create-body-editor.ts'
import { PlainText } from '../../editor/PlainText.tsx'
import { typingPreferences } from '../../editor/typing/preferences.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { toast } from '../../ui/Toast.tsx'
import { copyStoryAs, copyStoryText } from './copy-text.ts'
import { StoryFind } from './find/StoryFind.tsx'
import { FormatToolbar } from './FormatToolbar.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { lastPlace, placeNow, rememberPlace, scrollTo } from './last-place.ts'
import { LinkPopover } from './LinkPopover.tsx'
import { LengthNote } from './LengthNote.tsx'
import { PastingNotice } from './PastingNotice.tsx'
import { inspectorTab } from './show-place.ts'
import { printProof } from './print-proof.ts'
import { StorySpelling } from './spelling/StorySpelling.tsx'
import { StatusSelect } from './StatusSelect.tsx'
import type { StorySession } from './story-session.ts'
import { TimesLine } from './TimesLine.tsx'
import { useField } from '../../api/use-field.ts'
import { useFieldRule, useIsShown } from './use-field-rule.ts'

export interface StoryViewProps {
  readonly session: StorySession
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly inspectorShown: boolean
  readonly onToggleLibrary: () => void
  readonly onToggleInspector: () => void
}

export function StoryView({
  session,
  readOnly,
  libraryShown,
  inspectorShown,
  onToggleLibrary,
  onToggleInspector
}: StoryViewProps) {
  const words = useStrings()
  const api = useApi()
  const { StoryActions, OutboxDoor, ParagraphHistory } = useSlots()
  const [paragraph, setParagraph] = useState<string | null>(null)
  const zone = useDeskZone()
  // Watched by what shows something of it: its coming draws neither the page nor the details again.
  const [editor] = useState(() => createStore<BodyEditorHandle | null>(null))
  const [pasting] = useState(() => createStore<PasteProgress | null>(null))
  const status = useStore(session.status)
  const { smartPunctuation, markdownTyping } = useSettings()
  useEffect(() => {
    typingPreferences.smartPunctuation = smartPunctuation
    typingPreferences.markdown = markdownTyping
  }, [smartPunctuation, markdownTyping])
  const editable = !readOnly && status !== 'trashed'
  // The document: the details of a picture are a dialog of their own.
  useEffect(
    () => onComposition(document, { begin: () => session.compose(), end: (written) => session.composed(written) }),
    [session]
  )

  async function insertPictures(files: readonly File[]): Promise<void> {
    try {
      for (const file of files) editor.get()?.insertImage(emptyImageUse((await addPicture(api, file, words.media)).id))
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  /** Pasted pictures stand in the body already, as slots; each gets its picture when it is stored, or goes again. */
  async function storePasted(pictures: readonly PastedPicture[]): Promise<void> {
    for (const { id, file } of pictures) {
      try {
        editor.get()?.updateImage(id, { mediaId: (await addPicture(api, file, words.media)).id })
      } catch (thrown) {
        editor.get()?.refuseImage(id)
        sayFailure(thrown)
      }
    }
  }

  const leave = (way: ExitWay, go: () => void): void => {
    mayLeave(api, session, way).then((may) => {
      if (may) go()
    }, sayFailure)
  }

  useCommands([
    {
      id: 'story.save',
      title: words.commands.save,
      keys: 'Mod+S',
      group: words.palette.groups.story,
      run: () => void session.flush().catch(() => undefined)
    },
    {
      id: 'story.copy',
      title: words.commands.copyText,
      group: words.palette.groups.story,
      run: () => leave('copy', () => void copyStoryText(session, words))
    },
    ...(['html', 'json', 'text'] as const).map((format) => ({
      id: `story.copy.${format}`,
      title: words.commands.copyAs[format],
      group: words.palette.groups.story,
      run: () => void copyStoryAs(api, session, format, words)
    })),
    {
      id: 'story.proof',
      title: words.proof.command,
      group: words.palette.groups.story,
      also: 'paper line numbers',
      run: () => leave('print', () => printProof(session, words, zone))
    },
    {
      id: 'story.duplicate',
      title: words.commands.duplicate,
      group: words.palette.groups.story,
      when: () => !readOnly,
      run: () => void duplicate()
    },
    {
      id: 'story.checks',
      title: words.checks.command,
      group: words.palette.groups.go,
      run: () => {
        inspectorTab.set('checks')
        if (!inspectorShown) onToggleInspector()
      }
    },
    {
      id: 'history.paragraph',
      title: words.history.paragraph,
      keys: 'Mod+Alt+P',
      group: words.palette.groups.story,
      when: () => editable,
      run: () => {
        const isElsewhere = document.activeElement?.closest('.page-head, .lead')
        const blockId = isElsewhere ? null : editor.get()?.selection.getSnapshot().blockId
        if (blockId) setParagraph(blockId)
        else toast({ text: words.history.paragraphWhere })
      }
    },
    {
      id: 'story.body',
      title: words.commands.focusBody,
      keys: 'Mod+Alt+B',
      group: words.palette.groups.go,
      run: () => editor.get()?.focus()
    }
  ])

  async function duplicate(): Promise<void> {
    try {
      await session.flush()
      const { headline } = session.fields.get()
      const copy = await api.call.stories.duplicate({
        id: session.id,
        headline: words.library.copyOf(headline || words.common.untitled)
      })
      toast({
        text: words.library.duplicated,
        action: { label: words.common.open, run: () => navigate({ name: 'story', id: copy.id }) }
      })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  return (
    <div className="story" data-inspector={inspectorShown || undefined}>
      <section className="story-main" aria-label={words.story.label}>
        <header className="story-bar">
          {!libraryShown && (
            <>
              <IconButton label={words.library.show} keys="Mod+\" icon={<PanelLeft />} onPress={onToggleLibrary} />
              <DeskMenu readOnly={readOnly} />
              {OutboxDoor && <OutboxDoor />}
            </>
          )}
          <FormatToolbar
            editor={editor}
            session={session}
            isDisabled={!editable}
            onPicture={() => void chooseFiles({ accept: pictureTypes, multiple: true }).then(insertPictures)}
          />
          <div className="story-bar-end">
            <StatusSelect session={session} isDisabled={readOnly} />
            {StoryActions && <StoryActions storyId={session.id} />}
            <IconButton
              label={inspectorShown ? words.story.hideDetails : words.story.showDetails}
              keys="Mod+Alt+I"
              icon={<PanelRight />}
              isSelected={inspectorShown}
              onPress={onToggleInspector}
            />
          </div>
        </header>
        <StoryFind
          session={session}
          editor={editor}
          editable={editable}
          onShowDetails={() => {
            inspectorTab.set('story')
            if (!inspectorShown) onToggleInspector()
          }}
        />
        <StorySpelling
          session={session}
          editor={editor}
          editable={editable}
          onParagraph={setParagraph}
          onShowDetails={() => {
            inspectorTab.set('story')
            if (!inspectorShown) onToggleInspector()
          }}
        />
        <LinkPopover editor={editor} editable={editable} />
        <div className="story-stage">
          <div className="story-scroll">
            {status === 'trashed' && (
              <div className="story-notice">
                <Notice
                  icon={<Trash2 />}
                  actions={
                    <Button size="small" onPress={() => session.setStatus('draft')}>
                      {words.library.restore}
                    </Button>
                  }
                >
                  {words.story.trashedNotice}
                </Notice>
              </div>
            )}
            {status === 'killed' && (
              <div className="story-notice">
                <Notice
                  tone="danger"
                  actions={
                    <Button size="small" onPress={() => session.setStatus('draft')}>
                      {words.story.makeDraft}
                    </Button>
                  }
                >
                  {words.story.killedNotice}
                </Notice>
              </div>
            )}
            <Page
              session={session}
              editable={editable}
              onHandle={editor.set}
              onBodyFocus={() => editor.get()?.focus('start')}
              onLink={() => runCommand('format.link')}
              onPictures={(pictures) => void storePasted(pictures)}
              onPasteProgress={pasting.set}
            />
          </div>
          <PastingNotice
            progress={pasting}
            onStop={() => {
              editor.get()?.cancelPaste()
              editor.get()?.focus()
            }}
          />
        </div>
      </section>
      {paragraph !== null && ParagraphHistory && (
        <Suspense>
          <ParagraphHistory story={session} blockId={paragraph} onClose={() => setParagraph(null)} />
        </Suspense>
      )}
      {inspectorShown && <Inspector session={session} isDisabled={!editable} />}
    </div>
  )
}

interface PageProps {
  readonly session: StorySession
  readonly editable: boolean
  readonly onHandle: (handle: BodyEditorHandle | null) => void
  readonly onBodyFocus: () => void
  readonly onLink: () => void
  readonly onPictures: (pictures: readonly PastedPicture[]) => void
  readonly onPasteProgress: (progress: PasteProgress | null) => void
}

/** The story as its readers will see it. Each line is a leaf that renders alone. */
function Page({ session, editable, onHandle, onBodyFocus, onLink, onPictures, onPasteProgress }: PageProps) {
  const { LeadPicture, Deliveries } = useSlots()
  const [language] = useField(session, 'language')
  const [direction] = useField(session, 'direction')
  const dir = resolveDirection(direction, language)
  const { size, measure } = useStore(reading)
  const page = useRef<HTMLElement>(null)
  // A story nobody has written yet begins with its headline.
  useEffect(() => {
    const { headline } = session.fields.get()
    if (editable && headline === '' && session.body().blocks.length === 0)
      page.current?.querySelector<HTMLElement>('.page-headline')?.focus()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the story comes onto the desk
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
      <Body
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

/** The page's heading for those who go through it by headings; the Headline field itself is an edit box. */
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

/** The section, where readers see it. It is chosen in the details. */
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

interface BodyProps {
  readonly session: StorySession
  readonly editable: boolean
  readonly dir: 'ltr' | 'rtl'
  readonly lang: string
  readonly onHandle: (handle: BodyEditorHandle | null) => void
  readonly onLink: () => void
  readonly onPictures: (pictures: readonly PastedPicture[]) => void
  readonly onPasteProgress: (progress: PasteProgress | null) => void
}

function Body({ session, editable, dir, lang, onHandle, onLink, onPictures, onPasteProgress }: BodyProps) {
  const { story: words, media } = useStrings()
  const api = useApi()
  const { PictureDetails } = useSlots()
  /** The picture whose alt text is written, as it was when it was asked for. */
  const [picture, setPicture] = useState<{ readonly id: string; readonly image: ImageUse } | null>(null)
  const editAlt = useCallback((id: string, image: ImageUse) => setPicture({ id, image }), [])
  const editor = useRef<BodyEditorHandle | null>(null)
  const choosePicture = useCallback(
    (slot: string) => {
      chooseFiles({ accept: pictureTypes })
        .then(async ([file]) => {
          if (file) editor.current?.updateImage(slot, { mediaId: (await addPicture(api, file, media)).id })
        })
        .catch(sayFailure)
    },
    [api, media]
  )
  const { generation, body } = useStore(session.onScreen)
  const take = useCallback(
    (handle: BodyEditorHandle | null) => {
      session.editor = handle
      editor.current = handle
      onHandle(handle)
    },
    [session, onHandle]
  )
  // A body that comes back to the screen (the library shown and hidden) starts from what was typed, not from what was
  // opened.
  const [first] = useState(() => ({ generation, body: generation === 0 ? session.body() : body }))
  useEffect(
    () => () => {
      session.editor = null
    },
    [session]
  )
  // A story that comes back has its caret where it was, and what was in sight. The caret is only put there for a person
  // who is nowhere else, in the list of stories perhaps; to them it is where the story goes on once they come.
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
  }, [session])
  return (
    <>
      <BodyEditorView
        key={generation}
        document={generation === first.generation ? first.body : body}
        editable={editable}
        dir={dir}
        lang={lang}
        label={words.body}
        placeholder={words.bodyHint}
        undoKeys={session}
        onPatch={(patch, step) => session.patchBody(patch, step)}
        onStats={(stats) => session.stats.set(stats)}
        onLinkRequest={onLink}
        onLinkEdit={() => runCommand('format.link.edit')}
        onPictureRequest={() => runCommand('format.picture')}
        onPastePictures={onPictures}
        onPasteProgress={onPasteProgress}
        onPasteCut={(characters) => toast({ text: words.pasteCut(characters), stay: 15_000 })}
        onPasteLeftOut={({ comments }) => toast({ text: words.commentsLeftOut(comments) })}
        onChoosePicture={choosePicture}
        onEditAlt={editAlt}
        handleRef={take}
      />
      {picture && PictureDetails && (
        <PictureDetails
          image={picture.image}
          onChange={(news) => editor.current?.updateImage(picture.id, news)}
          onClose={() => setPicture(null)}
        />
      )}
    </>
  )
}

/** The keyboard goes on in the story, its first line next, and nothing that is typed by mistake gets into it. */
function focusPage(page: HTMLElement | null): void {
  if (!page) return
  page.tabIndex = -1
  page.focus({ preventScroll: true })
  page.addEventListener('blur', () => page.removeAttribute('tabindex'), { once: true })
}

import { Fragment, Suspense, useEffect, useState } from 'react'
import { PanelLeft, PanelRight, Trash2 } from 'lucide-react'
import { useApi } from '../../api/api.tsx'
import { DeskMenu } from '../../api/DeskMenu.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { addPicture, chooseFiles, pictureTypes } from '../../api/pictures.ts'
import { runCommand } from '../../api/commands.ts'
import { useSettings } from '../../api/desk.tsx'
import { useSlots } from '../../api/slots.tsx'
import { createStore, useStore, type Store } from '../../api/store.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import type { PastedPicture, PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import { onComposition } from '../../editor/composition.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { typingPreferences } from '../../editor/typing/preferences.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { FocusLeft } from '../../ui/FocusLeft.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { StoryFind } from './find/StoryFind.tsx'
import { FormatToolbar } from './FormatToolbar.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { LanguageNotice } from './LanguageNotice.tsx'
import { LinkPopover } from './LinkPopover.tsx'
import { PastingNotice } from './PastingNotice.tsx'
import { inspectorTab } from './show-place.ts'
import { StorySpelling } from './spelling/StorySpelling.tsx'
import { StatusSelect } from './StatusSelect.tsx'
import type { StorySession } from './story-session.ts'
import { StoryPage } from './StoryPage.tsx'
import { useStoryCommands } from './use-story-commands.ts'

export interface StoryViewProps {
  readonly session: StorySession
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly inspectorShown: boolean
  readonly onToggleLibrary: () => void
  readonly onToggleInspector: () => void
}

interface Page {
  /** Null until the body is rendered. */
  readonly editor: Store<BodyEditorHandle | null>
  readonly pasting: Store<PasteProgress | null>
}

const pages = new WeakMap<StorySession, Page>()

/**
 * Stores, so that only what depends on the editor renders again when it arrives. Each session has its own, because a
 * picture still being added to a story that was left must not end up in the next one.
 */
function pageOf(session: StorySession): Page {
  let page = pages.get(session)
  if (!page) pages.set(session, (page = { editor: createStore(null), pasting: createStore(null) }))
  return page
}

/**
 * The open story. The frame around it (toolbar, tabs of the details) stays mounted from one story to the next, because
 * mounting it is a good part of the cost of opening; everything that holds state of a story has the session as its key.
 */
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
  const [asked, setAsked] = useState<{ readonly session: StorySession; readonly paragraph: string } | null>(null)
  const paragraph = asked?.session === session ? asked.paragraph : null
  const setParagraph = (id: string): void => setAsked({ session, paragraph: id })
  const { editor, pasting } = pageOf(session)
  const status = useStore(session.status)
  const { smartPunctuation, markdownTyping } = useSettings()
  useEffect(() => {
    typingPreferences.smartPunctuation = smartPunctuation
    typingPreferences.markdown = markdownTyping
  }, [smartPunctuation, markdownTyping])
  const editable = !readOnly && status !== 'trashed'
  // On the document, because the details of a picture are a dialog outside this view.
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

  /**
   * Pasted pictures are already in the body as empty slots. Each is filled when its picture is stored, or removed if
   * that fails.
   */
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

  useStoryCommands(session, {
    readOnly,
    editable,
    editor,
    onChecks: () => {
      inspectorTab.set('checks')
      if (!inspectorShown) onToggleInspector()
    },
    onParagraph: setParagraph
  })

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
            <StatusSelect key={session.key} session={session} isDisabled={readOnly} />
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
        <Fragment key={session.key}>
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
            detailsShown={inspectorShown}
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
                <FocusLeft className="story-notice">
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
                </FocusLeft>
              )}
              {status === 'killed' && (
                <FocusLeft className="story-notice">
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
                </FocusLeft>
              )}
              <StoryPage
                session={session}
                editable={editable}
                onHandle={editor.set}
                onBodyFocus={() => editor.get()?.focus('start')}
                onLink={() => runCommand('format.link')}
                onPictures={(pictures) => void storePasted(pictures)}
                onPasteProgress={pasting.set}
              />
            </div>
            {editable && <LanguageNotice session={session} editor={editor} />}
            <PastingNotice
              progress={pasting}
              onStop={() => {
                editor.get()?.cancelPaste()
                editor.get()?.focus()
              }}
            />
          </div>
        </Fragment>
      </section>
      {paragraph !== null && ParagraphHistory && (
        <Suspense>
          <ParagraphHistory story={session} blockId={paragraph} onClose={() => setAsked(null)} />
        </Suspense>
      )}
      {inspectorShown && <Inspector session={session} isDisabled={!editable} />}
    </div>
  )
}

import { useCallback, useEffect, useRef, useState } from 'react'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { useApi } from '../../api/api.tsx'
import { runCommand } from '../../api/commands.ts'
import { addPicture, chooseFiles, pictureTypes } from '../../api/pictures.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { BodyEditorView } from '../../editor/BodyEditorView.tsx'
import type { PastedPicture, PasteProgress } from '../../editor/clipboard/register-clipboard.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { useStrings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'
import type { StorySession } from './story-session.ts'
import { useLastPlace } from './use-last-place.ts'

export interface StoryBodyProps {
  readonly session: StorySession
  readonly editable: boolean
  readonly dir: 'ltr' | 'rtl'
  readonly lang: string
  readonly onHandle: (handle: BodyEditorHandle | null) => void
  readonly onLink: () => void
  readonly onPictures: (pictures: readonly PastedPicture[]) => void
  readonly onPasteProgress: (progress: PasteProgress | null) => void
}

export function StoryBody({
  session,
  editable,
  dir,
  lang,
  onHandle,
  onLink,
  onPictures,
  onPasteProgress
}: StoryBodyProps) {
  const { story: words, media } = useStrings()
  const api = useApi()
  const { PictureDetails } = useSlots()
  /** The picture whose alt text is being edited, as it was when editing began. */
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
  // When the body is shown again (after the library was shown in its place), it starts from what was typed, not from
  // what was opened.
  const [first] = useState(() => ({ generation, body: generation === 0 ? session.body() : body }))
  useEffect(
    () => () => {
      session.editor = null
    },
    [session]
  )
  useLastPlace(session, editor)
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

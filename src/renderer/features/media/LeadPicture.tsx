import { useRef, useState } from 'react'
import { ImagePlus, ImageUp, X } from 'lucide-react'
import { Button as AriaButton, DropZone, isFileDropItem } from 'react-aria-components'
import { emptyImageUse, withPicture, type ImageUse } from '../../../shared/document/image-use.ts'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { addPicture, chooseFiles, isPicture, pictureTypes, pictureUrl } from '../../api/pictures.ts'
import { useField } from '../../api/use-field.ts'
import { PlainText } from '../../editor/PlainText.tsx'
import { useStrings } from '../../strings/strings.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { toast } from '../../ui/Toast.tsx'
import { PictureProposals } from './PictureProposals.tsx'
import { PictureTerms } from './PictureTerms.tsx'
import './media.css'

/**
 * The lead picture as readers see it, its caption and credit edited where they stand. A slot without a picture keeps
 * its words.
 */
export function LeadPicture({ story, editable }: { readonly story: OpenStory; readonly editable: boolean }) {
  const all = useStrings()
  const words = all.story
  const api = useApi()
  const [lead, setLead] = useField(story, 'leadImage')
  const [busy, setBusy] = useState(false)
  const figure = useRef<HTMLElement>(null)
  /** The picture that was taken away last, with its words, and how many edits there were when it was. */
  const removed = useRef<{ readonly use: ImageUse; readonly edits: number } | null>(null)
  const change = (news: Partial<ImageUse>, isStep = false): void =>
    setLead({ ...(lead ?? emptyImageUse()), ...news }, isStep)

  async function take(files: readonly File[]): Promise<void> {
    const file = files.find(isPicture) ?? files[0]
    if (!file) return
    setBusy(true)
    try {
      const asset = await addPicture(api, file, all.media)
      // Asked of the story again: its caption may have been written meanwhile.
      const now = story.fields.get().leadImage ?? emptyImageUse()
      // A slot that has the words of a picture that was here: what that one showed this one does not.
      const was =
        now.mediaId === null && removed.current?.use.alt === now.alt ? removed.current.use.mediaId : now.mediaId
      setLead(withPicture({ ...now, mediaId: was }, asset.id))
      // The button that asked for the picture goes with its coming; what is written next is the caption.
      setTimeout(() => {
        if (document.activeElement === document.body)
          document.querySelector<HTMLElement>('.lead .lead-caption')?.focus({ preventScroll: true })
      }, 0)
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }

  const choose = (): void => void chooseFiles({ accept: pictureTypes }).then(take)
  const remove = (): void => {
    const old = lead
    if (!old) return
    const hasWords = [old.caption, old.credit, old.alt].some((text) => text.trim() !== '')
    // The words stay until they are taken away too: they may well do for the picture that comes.
    setLead(old.mediaId !== null && hasWords ? { ...old, mediaId: null, focalPoint: null } : null)
    removed.current = { use: old, edits: story.edits.get() }
    // What had the focus is gone; the key that undoes is to find the desk.
    setTimeout(() => document.querySelector<HTMLElement>('.lead :is(.lead-choose, .lead-add)')?.focus(), 0)
    toast({
      text: old.mediaId !== null && hasWords ? words.removedPictureKept : words.removedPicture,
      action: { label: all.common.undo, run: putBack }
    })
  }
  function putBack(): void {
    const last = removed.current
    removed.current = null
    if (last) story.setFields({ leadImage: last.use })
  }
  if (!lead && !editable) return null
  return (
    <DropZone
      className="lead"
      aria-label={words.leadPicture}
      isDisabled={!editable}
      getDropOperation={() => 'copy'}
      onDrop={(event) => void Promise.all(event.items.filter(isFileDropItem).map((item) => item.getFile())).then(take)}
    >
      {!lead ? (
        <AriaButton className="lead-add" onPress={choose} isDisabled={busy}>
          <ImagePlus aria-hidden /> <span>{busy ? all.media.adding : words.addLead}</span>{' '}
          {!busy && <span className="lead-add-hint">{words.addLeadHint}</span>}
        </AriaButton>
      ) : (
        <figure ref={figure} className="lead-figure">
          {lead.mediaId ? (
            <div className="lead-frame">
              <img className="lead-image" src={pictureUrl(lead.mediaId, 1600)} alt={lead.alt} />
              {editable && (
                <div className="lead-tools">
                  <IconButton label={words.replacePicture} icon={<ImageUp />} onPress={choose} />
                  <IconButton label={words.removePicture} icon={<X />} onPress={remove} />
                </div>
              )}
            </div>
          ) : (
            <div className="lead-frame lead-to-come">
              <span className="lead-to-come-words">{busy ? all.media.adding : words.pictureToCome}</span>
              {editable && (
                <AriaButton className="lead-choose" onPress={choose}>
                  {words.choosePicture}
                </AriaButton>
              )}
              {editable && (
                <div className="lead-tools">
                  <IconButton label={words.removePicture} icon={<X />} onPress={remove} />
                </div>
              )}
            </div>
          )}
          <figcaption className="lead-words">
            <PlainText
              label={words.caption}
              part="leadImage.caption"
              placeholder={words.captionHint}
              className="lead-caption"
              value={lead.caption}
              undoKeys={story}
              onChange={(caption, isStep) => change({ caption }, isStep)}
              editable={editable}
              multiline
            />
            <PlainText
              label={words.credit}
              part="leadImage.credit"
              placeholder={words.creditHint}
              className="lead-credit"
              value={lead.credit}
              undoKeys={story}
              onChange={(credit, isStep) => change({ credit }, isStep)}
              editable={editable}
            />
          </figcaption>
          {editable && (
            <div className="lead-alt">
              <span className="lead-alt-label" aria-hidden>
                {words.alt}
              </span>
              <PlainText
                label={words.alt}
                part="leadImage.alt"
                placeholder={words.altHint}
                className="lead-alt-text"
                value={lead.alt}
                undoKeys={story}
                onChange={(alt, isStep) => change({ alt }, isStep)}
                multiline
              />
            </div>
          )}
          {lead.mediaId && <PictureTerms mediaId={lead.mediaId} />}
          {editable && lead.mediaId && <PictureProposals mediaId={lead.mediaId} use={lead} onUse={change} />}
        </figure>
      )}
    </DropZone>
  )
}

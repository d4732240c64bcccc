import { useState } from 'react'
import { useApi } from '../../../api/api.tsx'
import { mayLeave } from '../../../api/embargo.ts'
import type { OpenStory } from '../../../api/open-story.ts'
import { saveFile } from '../../../api/save-file.ts'
import { sayFailure } from '../../../api/say-failure.ts'
import { useCall } from '../../../api/use-call.ts'
import { inWords, useStrings } from '../../../strings/strings.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Notice } from '../../../ui/Notice.tsx'

/** Characters of a page shown at most: more would make the window hang, and nobody reads that far here. */
const MOST_SHOWN = 400_000

/** Opens the page a story was made from. Renders nothing for a story that was typed. */
export function RawPage({ story }: { readonly story: OpenStory }) {
  const { inspector: words } = useStrings()
  const [isOpen, setOpen] = useState(false)
  const { data: origin } = useCall((call, signal) => call.intake.origin({ storyId: story.id }, signal), [story.id])
  if (!origin) return null
  return (
    <div className="raw-page">
      <span dir="auto">{words.madeFrom(origin.name)}</span>
      <Button size="small" onPress={() => setOpen(true)}>
        {words.rawShow}
      </Button>
      {isOpen && <RawPageDialog story={story} name={origin.name} onClose={() => setOpen(false)} />}
    </div>
  )
}

interface RawPageDialogProps {
  readonly story: OpenStory
  readonly name: string
  readonly onClose: () => void
}

/** The original page as text: nothing in it is executed or fetched. */
function RawPageDialog({ story, name, onClose }: RawPageDialogProps) {
  const { inspector: words, common } = useStrings()
  const api = useApi()
  const { data, error } = useCall(
    async (call, signal) => {
      const raw = await call.intake.raw({ storyId: story.id }, signal)
      if (!raw) return null
      const text = new TextDecoder(raw.encoding).decode(raw.bytes)
      return { raw, text: text.slice(0, MOST_SHOWN), isCut: text.length > MOST_SHOWN }
    },
    [api, story.id]
  )
  /** The page is the story's copy: under embargo, saving it needs a reason like any other export. */
  const save = async (): Promise<void> => {
    if (data && (await mayLeave(api, story, 'export')))
      saveFile(name, new Blob([Uint8Array.from(data.raw.bytes)], { type: 'application/octet-stream' }))
  }
  return (
    <Dialog
      title={words.rawTitle}
      lead={<span dir="auto">{name}</span>}
      isOpen
      onClose={onClose}
      width="large"
      actions={
        <>
          <Button isDisabled={!data} onPress={() => void save().catch(sayFailure)}>
            {words.rawSave}
          </Button>
          <Button variant="primary" onPress={onClose}>
            {common.done}
          </Button>
        </>
      }
    >
      {error && <Notice tone="warn">{inWords(error)}</Notice>}
      {!data && !error && <p>{words.rawLoading}</p>}
      {data && (
        <>
          {data.isCut && <p>{words.rawCut}</p>}
          <textarea className="raw-page-text" readOnly dir="auto" aria-label={words.rawTitle} value={data.text} />
        </>
      )}
    </Dialog>
  )
}

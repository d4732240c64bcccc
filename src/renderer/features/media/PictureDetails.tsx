import { useState } from 'react'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import { pictureUrl } from '../../api/pictures.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PictureProposals } from './PictureProposals.tsx'
import { PictureTerms } from './PictureTerms.tsx'
import './media.css'

export interface PictureDetailsProps {
  readonly image: ImageUse
  readonly onChange: (news: Partial<ImageUse>) => void
  readonly onClose: () => void
}

/** Alt text of a picture in the body, with the picture in sight and what its own record offers. */
export function PictureDetails({ image, onChange, onClose }: PictureDetailsProps) {
  const { story: words, common } = useStrings()
  const [use, setUse] = useState(image)
  const change = (news: Partial<ImageUse>): void => {
    setUse({ ...use, ...news })
    onChange(news)
  }
  return (
    <Dialog
      title={words.alt}
      isOpen
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          {common.done}
        </Button>
      }
    >
      {use.mediaId && <img className="picture-preview" src={pictureUrl(use.mediaId, 800)} alt="" />}
      <TextField
        label={words.alt}
        value={use.alt}
        onChange={(alt) => change({ alt })}
        description={words.altHint}
        multiline
        autoFocus
      />
      {use.mediaId && <PictureTerms mediaId={use.mediaId} />}
      {use.mediaId && <PictureProposals mediaId={use.mediaId} use={use} onUse={change} />}
    </Dialog>
  )
}

import { useState } from 'react'
import type { ImageUse } from '../../../shared/document/image-use.ts'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'

interface Proposal {
  readonly field: 'caption' | 'credit' | 'alt'
  readonly value: string
  readonly from: 'xmp' | 'iptc' | 'exif'
}

export interface PictureProposalsProps {
  readonly mediaId: string
  readonly use: ImageUse
  readonly onUse: (news: Partial<ImageUse>) => void
}

const ignored = new Set<string>()

/** What the picture's own record says, offered with where it is there. Nothing is filled in by itself. */
export function PictureProposals({ mediaId, use, onUse }: PictureProposalsProps) {
  const { media: words, story } = useStrings()
  const asset = useCall((call, signal) => call.media.get({ id: mediaId }, signal), [mediaId])
  const [, redraw] = useState(0)
  if (!asset.data) return null
  const open = proposalsOf(asset.data).filter(
    ({ field, value }) => use[field].trim() !== value && !ignored.has(`${mediaId} ${field}`)
  )
  if (open.length === 0) return null
  return (
    <div className="proposals" role="group" aria-label={words.proposals}>
      {open.map(({ field, value, from }) => (
        <div key={field} className="proposal">
          <span className="proposal-from">{words.from(story[field], words.records[from])}</span>
          <span className="proposal-value" dir="auto">
            {value}
          </span>
          <Button size="small" onPress={() => onUse({ [field]: value })}>
            {words.use}
          </Button>
          <Button
            size="small"
            variant="quiet"
            onPress={() => {
              ignored.add(`${mediaId} ${field}`)
              redraw((n) => n + 1)
            }}
          >
            {words.dismiss}
          </Button>
        </div>
      ))}
    </div>
  )
}

function proposalsOf({ metadata }: MediaAsset): Proposal[] {
  const { caption, credit, creator, source, alt } = metadata
  const by = credit ?? creator ?? source
  const proposals: Proposal[] = []
  if (caption) proposals.push({ field: 'caption', value: caption.value.trim(), from: caption.from })
  if (by) proposals.push({ field: 'credit', value: by.value.trim(), from: by.from })
  if (alt) proposals.push({ field: 'alt', value: alt.value.trim(), from: alt.from })
  return proposals.filter((proposal) => proposal.value !== '')
}

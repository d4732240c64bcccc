import type { KnownItem } from '../../../shared/contract/intake.ts'
import type { WireItem } from '../../../shared/story/fields.ts'
import { useSettings } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'

interface KnownItemsProps {
  readonly wire: WireItem
  readonly onOpen: (storyId: string) => void
  readonly onUpdate: (known: KnownItem) => void
  readonly isDisabled: boolean
}

/** Says that the item is on the desk already, and offers to bring its story up to it. */
export function KnownItems({ wire, onOpen, onUpdate, isDisabled }: KnownItemsProps) {
  const words = useStrings()
  const { zone } = useSettings()
  const { data } = useCall((call, signal) => call.intake.known({ wire }, signal), [wire.id, wire.version])
  return data?.map((known) => (
    <Notice
      key={known.storyId}
      tone="warn"
      actions={
        <>
          <Button size="small" onPress={() => onOpen(known.storyId)}>
            {words.intake.openKnown}
          </Button>
          {known.status !== 'trashed' && known.relation !== 'same' && (
            <Button size="small" isDisabled={isDisabled} onPress={() => onUpdate(known)}>
              {words.intake.updateKnown}
            </Button>
          )}
        </>
      }
    >
      {words.intake.known[known.relation](
        known.headline || words.common.untitled,
        moment(known.createdAt, zone),
        words.status[known.status]
      )}
    </Notice>
  ))
}

import type { Instant } from '../../../shared/story/instant.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { moment } from '../../ui/format.ts'

export interface PassedHourDialogProps {
  /** The hour of release that has passed; null while there is nothing to ask. */
  readonly hour: Instant | null
  /** The target it was planned for, if there are several. */
  readonly targetName?: string | undefined
  readonly onClose: () => void
  readonly onPublish: () => void
}

/** Asks before publishing for an hour that has passed, so that a mistyped year does not publish at once. */
export function PassedHourDialog({ hour, targetName, onClose, onPublish }: PassedHourDialogProps) {
  const words = useStrings()
  return (
    <Dialog
      role="alertdialog"
      width="small"
      title={words.publishing.passedTitle}
      isOpen={hour !== null}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.cancel}</Button>
          <Button
            variant="primary"
            onPress={() => {
              onClose()
              onPublish()
            }}
          >
            {words.publishing.publishNow}
          </Button>
        </>
      }
    >
      {hour && (
        <p dir="auto">
          {targetName === undefined
            ? words.publishing.passedText(moment(hour.utc, hour.zone))
            : words.publishing.passedOn(moment(hour.utc, hour.zone), targetName)}
        </p>
      )}
    </Dialog>
  )
}

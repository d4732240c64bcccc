import type { Instant } from '../../../shared/story/instant.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { moment } from '../../ui/format.ts'

export interface PassedHourDialogProps {
  /** The hour of release that has gone by; null while there is nothing to ask. */
  readonly hour: Instant | null
  /** The target it was to be released on, where there are several. */
  readonly targetName?: string | undefined
  readonly onClose: () => void
  readonly onPublish: () => void
}

/** Nothing leaves at once because a year was mistyped: an hour that has passed is asked about. */
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

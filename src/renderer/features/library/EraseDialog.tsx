import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

export interface EraseDialogProps {
  readonly stories: number
  readonly onClose: () => void
  readonly onErase: () => void
}

/** Asks before stories are deleted for good. */
export function EraseDialog({ stories, onClose, onErase }: EraseDialogProps) {
  const all = useStrings()
  const words = all.libraryMany
  return (
    <Dialog
      title={words.eraseTitle(stories)}
      lead={words.eraseText}
      role="alertdialog"
      width="small"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {all.common.cancel}
          </Button>
          <Button
            variant="danger"
            onPress={() => {
              onErase()
              onClose()
            }}
          >
            {words.eraseDo}
          </Button>
        </>
      }
    />
  )
}

import { useState } from 'react'
import type { Story } from '../../../shared/story/story.ts'
import { sayFailure } from '../../api/actions.ts'
import type { CompareButtonProps } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CompareView } from './CompareView.tsx'

/** Asks for both versions and shows what differs. */
export function CompareButton({ label, title, names, load }: CompareButtonProps) {
  const words = useStrings()
  const [shown, setShown] = useState<{ readonly before: Story; readonly after: Story } | null>(null)
  return (
    <>
      <Button size="small" onPress={() => void load().then(setShown, sayFailure)}>
        {label}
      </Button>
      <Dialog
        title={title}
        width="large"
        isOpen={shown !== null}
        onClose={() => setShown(null)}
        actions={<Button onPress={() => setShown(null)}>{words.common.close}</Button>}
      >
        {shown && <CompareView {...shown} names={names} />}
      </Dialog>
    </>
  )
}

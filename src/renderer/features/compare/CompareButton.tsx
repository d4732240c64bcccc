import { useState } from 'react'
import type { VersionPart } from '../../../shared/contract/revisions.ts'
import type { Story } from '../../../shared/story/story.ts'
import { sayFailure } from '../../api/say-failure.ts'
import type { CompareButtonProps } from '../../api/slots.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CompareView } from './CompareView.tsx'

/** Asks for both versions and shows what differs; brings the first back where that is offered. */
export function CompareButton({ label, description, title, names, load, restore }: CompareButtonProps) {
  const words = useStrings()
  const [shown, setShown] = useState<{ readonly before: Story; readonly after: Story } | null>(null)
  const [chosen, setChosen] = useState<VersionPart>(NOTHING)
  const close = (): void => {
    setShown(null)
    setChosen(NOTHING)
  }
  const count = chosen.fields.length + chosen.blocks.length
  return (
    <>
      <Button
        size="small"
        {...(description !== undefined && { 'aria-label': description })}
        onPress={() => void load().then(setShown, sayFailure)}
      >
        {label}
      </Button>
      <Dialog
        title={title}
        width="large"
        isOpen={shown !== null}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{words.common.close}</Button>
            {restore && (
              <Button
                variant="primary"
                onPress={() => {
                  close()
                  restore.run(count > 0 ? chosen : undefined).catch(sayFailure)
                }}
              >
                {count > 0 ? restore.some(count) : restore.all}
              </Button>
            )}
          </>
        }
      >
        {shown && (
          <CompareView
            {...shown}
            names={names}
            choice={restore && { label: restore.choose, chosen, onChange: setChosen }}
          />
        )}
      </Dialog>
    </>
  )
}

const NOTHING: VersionPart = { fields: [], blocks: [] }

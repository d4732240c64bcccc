import { useLayoutEffect, useState } from 'react'
import { Form } from 'react-aria-components'
import { isSafeHref } from '../../../shared/document/runs.ts'
import { takeTyped } from '../../api/typed-ahead.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { withScheme } from './link-address.ts'

export interface LinkDialogProps {
  /** The existing link's address; null for a new link. */
  readonly href: string | null
  readonly onClose: () => void
  /** null removes the link. */
  readonly onApply: (href: string | null) => void
}

export function LinkDialog({ href, onClose, onApply }: LinkDialogProps) {
  const { link: words, common } = useStrings()
  const [typed, setTyped] = useState(href ?? '')
  const [tried, setTried] = useState(false)
  // The field has the focus by now, so later keys reach it by themselves.
  useLayoutEffect(() => {
    const early = takeTyped()
    if (early !== '') setTyped(early)
  }, [])
  const address = withScheme(typed.trim())
  const fits = isSafeHref(address)
  const apply = (): void => {
    setTried(true)
    if (fits) onApply(address)
  }
  return (
    <Dialog
      title={words.title}
      isOpen
      onClose={onClose}
      width="small"
      actions={
        <>
          {href !== null && (
            <Button variant="quiet" onPress={() => onApply(null)}>
              {words.remove}
            </Button>
          )}
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button variant="primary" onPress={apply}>
            {words.apply}
          </Button>
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <TextField
          label={words.address}
          value={typed}
          onChange={setTyped}
          placeholder={words.addressHint}
          description={words.description}
          error={tried && !fits ? words.invalid : null}
          autoFocus
          dir="ltr"
        />
      </Form>
    </Dialog>
  )
}

import { useState } from 'react'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'

export interface NameDialogProps {
  readonly title: string
  /** The name it has; null for none. */
  readonly name: string | null
  readonly onClose: () => void
  /** Empty: the name is taken away. */
  readonly onName: (name: string) => void
}

/** Asks for the name under which a version is kept. */
export function NameDialog({ title, name: present, onClose, onName }: NameDialogProps) {
  const { history: words, common } = useStrings()
  const [name, setName] = useState(present ?? '')
  const save = (): void => {
    if (name.trim() !== '') onName(name.trim().slice(0, 100))
  }
  return (
    <Dialog
      isOpen
      title={title}
      lead={words.nameLead}
      width="small"
      onClose={onClose}
      actions={
        <>
          {present !== null && (
            <Button variant="quiet" onPress={() => onName('')}>
              {words.nameTake}
            </Button>
          )}
          <Button onPress={onClose}>{common.cancel}</Button>
          <Button variant="primary" isDisabled={name.trim() === ''} onPress={save}>
            {words.nameSave}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField label={words.nameLabel} value={name} onChange={setName} autoFocus />
      </form>
    </Dialog>
  )
}

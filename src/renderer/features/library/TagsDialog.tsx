import { useState } from 'react'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TagField } from '../../ui/TagField.tsx'

export interface TagsDialogProps {
  readonly onClose: () => void
  readonly onChange: (add: readonly string[], remove: readonly string[]) => void
}

export function TagsDialog({ onClose, onChange }: TagsDialogProps) {
  const all = useStrings()
  const words = all.libraryMany
  const [add, setAdd] = useState<readonly string[]>([])
  const [remove, setRemove] = useState<readonly string[]>([])
  /** Apply was pressed with nothing entered: just closing would look as if something had been done. */
  const [isBare, setBare] = useState(false)
  const isEmpty = add.length + remove.length === 0
  return (
    <Dialog
      title={words.tagsTitle}
      width="small"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{all.common.cancel}</Button>
          <Button
            variant="primary"
            onPress={() => {
              if (isEmpty) return setBare(true)
              onChange(add, remove)
              onClose()
            }}
          >
            {words.tagsApply}
          </Button>
        </>
      }
    >
      <TagField label={words.tagsAdd} values={add} onChange={setAdd} placeholder={words.tagsPlaceholder} autoFocus />
      <TagField label={words.tagsRemove} values={remove} onChange={setRemove} />
      {isBare && (
        // Always takes its room, so that the button does not move from under the pointer when the field, on losing the
        // focus, takes over what was typed.
        <div style={{ visibility: isEmpty ? 'visible' : 'hidden' }}>
          <Notice tone="warn">{words.tagsNone}</Notice>
        </div>
      )}
    </Dialog>
  )
}

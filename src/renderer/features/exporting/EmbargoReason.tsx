import { useEffect, useState } from 'react'
import { useSettings } from '../../api/desk.tsx'
import { embargoQuestion } from '../../api/embargo.ts'
import { useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { moment } from '../../ui/format.ts'

/** Asks why copy under embargo leaves the desk; mounted once, over it. */
export function EmbargoReason() {
  const words = useStrings()
  const question = useStore(embargoQuestion)
  const { person } = useSettings()
  const [reason, setReason] = useState('')
  useEffect(() => setReason(''), [question])
  if (!question) return null
  const { until, way, answer } = question
  const leave = (): void => {
    if (reason.trim() !== '') answer(reason.trim())
  }
  return (
    <Dialog
      title={words.embargo.title}
      lead={words.embargo.lead(moment(until.utc, until.zone))}
      isOpen
      width="small"
      onClose={() => answer(null)}
      actions={
        <>
          <Button onPress={() => answer(null)}>{words.common.cancel}</Button>
          <Button variant="danger" isDisabled={reason.trim() === ''} onPress={leave}>
            {words.embargo.ways[way]}
          </Button>
        </>
      }
    >
      <TextField
        label={words.embargo.reason}
        isNeeded
        description={words.embargo.logged(person)}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
        onKeyDown={({ key }) => {
          if (key === 'Enter') leave()
        }}
      />
    </Dialog>
  )
}

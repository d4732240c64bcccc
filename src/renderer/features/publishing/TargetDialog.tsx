import { useState } from 'react'
import { Target } from '../../../shared/contract/publishing.ts'
import { sayFailure } from '../../api/actions.ts'
import { useApi } from '../../api/api.tsx'
import { useAppInfo } from '../../api/desk.tsx'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

interface TargetDialogProps {
  /** null: a new one. */
  readonly target: Target | null
  readonly onClose: () => void
  readonly onSaved: () => void
}

export function TargetDialog({ target, onClose, onSaved }: TargetDialogProps) {
  const api = useApi()
  const words = useStrings()
  const { capabilities } = useAppInfo()
  const [name, setName] = useState(target?.name ?? '')
  const [url, setUrl] = useState(target?.url ?? '')
  const [secret, setSecret] = useState('')
  const [format, setFormat] = useState(target?.format ?? 'galley')
  const [tried, setTried] = useState(false)
  const urlOk = Target.shape.url.safeParse(url.trim()).success
  const save = async (): Promise<void> => {
    setTried(true)
    if (!urlOk || name.trim() === '') return
    try {
      await api.call.publishing.saveTarget({
        ...(target && { id: target.id }),
        name: name.trim(),
        kind: 'open',
        url: url.trim(),
        format,
        ...(secret !== '' && { secret })
      })
      onSaved()
    } catch (thrown) {
      sayFailure(thrown)
    }
  }
  return (
    <Dialog
      title={target ? words.publishing.editTitle : words.publishing.addTitle}
      lead={words.publishing.endpointText}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.cancel}</Button>
          <Button
            variant="primary"
            isDisabled={name.trim() === ''}
            onPress={() => {
              void save()
            }}
          >
            {words.publishing.save}
          </Button>
        </>
      }
    >
      <TextField label={words.publishing.name} value={name} onChange={setName} />
      <TextField
        label={words.publishing.url}
        value={url}
        onChange={setUrl}
        placeholder={words.publishing.urlHint}
        dir="ltr"
        error={tried && !urlOk ? words.publishing.urlInvalid : null}
      />
      <TextField
        label={words.publishing.secret}
        value={secret}
        onChange={setSecret}
        type="password"
        dir="ltr"
        autoComplete="off"
        description={
          target && target.secret !== 'none'
            ? words.publishing.secretKept
            : capabilities.keychain
              ? undefined
              : words.publishing.secretRun
        }
      />
      <SegmentedControl
        label={words.publishing.format}
        value={format}
        onChange={setFormat}
        options={(['galley', 'ninjs'] as const).map((id) => ({ id, label: words.publishing.formats[id] }))}
      />
    </Dialog>
  )
}

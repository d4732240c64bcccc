import { useState } from 'react'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useSettings } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Refusals } from '../../ui/Refusals.tsx'
import { useMoments } from './use-moment.ts'

/** A second folder for backups, and how it is. */
export function SecondPlace({ readOnly }: { readonly readOnly: boolean }) {
  const all = useStrings()
  const { moment } = useMoments()
  const words = all.recovery.second
  const api = useApi()
  const { backupFolder } = useSettings()
  const [draft, setDraft] = useState<string | null>(null)
  const { data, reload } = useCall((call, signal) => call.recovery.state({}, signal), [backupFolder])
  const save = async (): Promise<void> => {
    try {
      await api.call.settings.set({ backupFolder: (draft ?? backupFolder).trim() })
      setDraft(null)
      await api.call.recovery.backUp({})
    } catch (thrown) {
      sayFailure(thrown)
    }
    reload()
  }
  const second = data?.second
  return (
    <section aria-label={words.title} className="recovery-second">
      <h2>{words.title}</h2>
      <TextField
        label={words.label}
        description={words.text}
        value={draft ?? backupFolder}
        onChange={setDraft}
        dir="ltr"
        isDisabled={readOnly}
      />
      <div>
        <Button isDisabled={readOnly || draft === null} onPress={() => void save()}>
          {all.common.save}
        </Button>
      </div>
      {second && (
        <Notice tone={second.problem ? 'warn' : 'plain'}>
          {second.folder === ''
            ? words.off
            : second.problem
              ? words[second.problem]
              : second.newestAt
                ? words.ok(moment(second.newestAt))
                : words.waiting}
        </Notice>
      )}
      <Refusals />
    </section>
  )
}

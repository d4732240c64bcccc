import { useState } from 'react'
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { Backup } from '../../../shared/contract/recovery.ts'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Refusals } from '../../ui/Refusals.tsx'
import { toast } from '../../ui/Toast.tsx'
import { BackupStories } from './BackupStories.tsx'
import { SecondPlace } from './SecondPlace.tsx'
import { useMoments } from './use-moment.ts'
import './recovery.css'

/** The backups of the library, each checked when the screen opens, and what is in them. */
export function RecoveryScreen({ readOnly, onBack }: { readonly readOnly: boolean; readonly onBack: () => void }) {
  const all = useStrings()
  const words = all.recovery
  const api = useApi()
  const [shown, setShown] = useState<string | null>(null)
  const { data, error, reload } = useCall((call, signal) => call.recovery.backups({}, signal), [])
  const backUp = (): void => {
    api.call.recovery.backUp({}).then(() => {
      toast({ tone: 'ok', text: words.backedUp })
      reload()
    }, sayFailure)
  }
  return (
    <div className="recovery">
      <div className="recovery-page">
        <header className="recovery-head">
          <div>
            <h1>{words.title}</h1>
            <p>{words.lead}</p>
          </div>
          <Button onPress={onBack}>{all.common.back}</Button>
        </header>
        <section aria-label={words.backups}>
          <div className="recovery-head">
            <h2>{words.backups}</h2>
            <Button isDisabled={readOnly} onPress={backUp}>
              {words.backUpNow}
            </Button>
          </div>
          {error && <Notice tone="danger">{inWords(error)}</Notice>}
          <Refusals />
          {data?.length === 0 && <p>{words.none}</p>}
          <ul className="recovery-backups" aria-busy={data === undefined}>
            {data?.map((backup) => (
              <li key={backup.id}>
                <BackupRow
                  backup={backup}
                  isShown={shown === backup.id}
                  onShow={() => setShown(shown === backup.id ? null : backup.id)}
                />
                {shown === backup.id && <BackupStories backup={backup} readOnly={readOnly} />}
              </li>
            ))}
          </ul>
        </section>
        <SecondPlace readOnly={readOnly} />
      </div>
    </div>
  )
}

function BackupRow({
  backup,
  isShown,
  onShow
}: {
  readonly backup: Backup
  readonly isShown: boolean
  readonly onShow: () => void
}) {
  const words = useStrings().recovery
  const { moment } = useMoments()
  const { madeAt, stories, size, whole, place } = backup
  return (
    <div className="recovery-backup" data-bad={!whole || undefined}>
      {whole ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
      <strong>{moment(madeAt)}</strong>
      <span>{words.stories(stories)}</span>
      <span>{(size / 1_000_000).toFixed(1)} MB</span>
      <span>{whole ? words.whole : words.damaged}</span>
      <span>{words.place[place]}</span>
      <Button size="small" aria-expanded={isShown} onPress={onShow}>
        {words.show}
      </Button>
    </div>
  )
}

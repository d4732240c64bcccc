import { useState } from 'react'
import type { Backup, BackedUpStory } from '../../../shared/contract/recovery.ts'
import { newId } from '../../../shared/lib/id.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/actions.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toast.tsx'
import { moment } from './moment.ts'

/** The stories of one backup beside what they are today; restores one or all that differ. */
export function BackupStories({ backup, readOnly }: { readonly backup: Backup; readonly readOnly: boolean }) {
  const all = useStrings()
  const words = all.recovery
  const api = useApi()
  const [text, setText] = useState('')
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const [looking, setLooking] = useState<BackedUpStory | null>(null)
  const { data, reload } = useCall(
    (call, signal) => call.recovery.stories({ backup: backup.id, text }, signal),
    [backup.id, text]
  )
  const restore = ({ storyId, headline }: BackedUpStory): void => {
    setBusy(true)
    api.call.recovery
      .restore({ backup: backup.id, storyId })
      .then(() => {
        toast({ tone: 'ok', text: words.restored(headline || all.common.untitled) })
        setLooking(null)
        reload()
      }, sayFailure)
      .finally(() => setBusy(false))
  }
  const restoreAll = (): void => {
    setSure(false)
    setBusy(true)
    api.call.recovery
      .restoreAll({ backup: backup.id, jobId: newId() })
      .then(({ restored }) => {
        toast({ tone: 'ok', text: words.restoredAll(restored) })
        reload()
      }, sayFailure)
      .finally(() => setBusy(false))
  }
  return (
    <div className="recovery-stories">
      <div className="recovery-find">
        <TextField label={words.find} value={text} onChange={setText} />
        <Button isDisabled={readOnly || busy} onPress={() => setSure(true)}>
          {words.restoreAll}
        </Button>
      </div>
      <table className="recovery-table">
        <thead>
          <tr>
            <th scope="col">{words.backups}</th>
            <th scope="col">{words.inBackup}</th>
            <th scope="col">{words.today}</th>
            <th scope="col" aria-label={words.restore} />
          </tr>
        </thead>
        <tbody>
          {data?.map((story) => {
            const same = story.now?.revision === story.backedUp.revision && story.now.at === story.backedUp.at
            return (
              <tr key={story.storyId}>
                <td dir="auto">{story.headline || all.common.untitled}</td>
                <td>{moment(story.backedUp.at)}</td>
                <td>{story.now ? (same ? words.same : moment(story.now.at)) : words.lost.gone}</td>
                <td className="recovery-row-actions">
                  <Button size="small" onPress={() => setLooking(story)}>
                    {words.look}
                  </Button>
                  <Button size="small" isDisabled={readOnly || busy || same} onPress={() => restore(story)}>
                    {words.restore}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {looking && (
        <SideBySide
          backup={backup.id}
          story={looking}
          onClose={() => setLooking(null)}
          onRestore={readOnly ? null : () => restore(looking)}
        />
      )}
      <Dialog
        title={words.restoreAllSure.title}
        isOpen={sure}
        onClose={() => setSure(false)}
        role="alertdialog"
        actions={
          <>
            <Button onPress={() => setSure(false)}>{all.common.cancel}</Button>
            <Button variant="primary" onPress={restoreAll}>
              {words.restoreAll}
            </Button>
          </>
        }
      >
        {words.restoreAllSure.text}
      </Dialog>
    </div>
  )
}

interface SideBySideProps {
  readonly backup: string
  readonly story: BackedUpStory
  readonly onClose: () => void
  readonly onRestore: (() => void) | null
}

/** The backup's version of a story beside today's, as text. */
function SideBySide({ backup, story, onClose, onRestore }: SideBySideProps) {
  const all = useStrings()
  const words = all.recovery
  const { storyId } = story
  const then = useCall((call, signal) => call.recovery.story({ backup, storyId }, signal), [backup, storyId])
  const now = useCall(
    async (call, signal) => (story.now ? await call.stories.get({ id: storyId }, signal) : null),
    [storyId]
  )
  return (
    <Dialog
      title={story.headline || all.common.untitled}
      isOpen
      onClose={onClose}
      width="large"
      actions={
        onRestore && (
          <Button variant="primary" onPress={onRestore}>
            {words.restore}
          </Button>
        )
      }
    >
      <div className="recovery-sides">
        {[
          { title: words.inBackup, at: story.backedUp.at, shown: then.data },
          { title: words.today, at: story.now?.at, shown: now.data }
        ].map(({ title, at, shown }) => (
          <section key={title} aria-label={title}>
            <h3>
              {title} {at && <span>{moment(at)}</span>}
            </h3>
            {shown ? (
              <div className="recovery-text" dir={shown.fields.direction} lang={shown.fields.language}>
                <strong>{shown.fields.headline}</strong>
                {'\n'}
                {shown.fields.standfirst}
                {'\n\n'}
                {bodyToText(shown.body)}
              </div>
            ) : (
              <p>{story.now ? all.common.loading : words.lost.gone}</p>
            )}
          </section>
        ))}
      </div>
    </Dialog>
  )
}

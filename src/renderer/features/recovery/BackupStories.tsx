import { useState } from 'react'
import type { Backup, BackedUpStory } from '../../../shared/contract/recovery.ts'
import { newId } from '../../../shared/lib/id.ts'
import { emptyBody } from '../../../shared/document/document.ts'
import { emptyFields } from '../../../shared/story/fields.ts'
import type { Story } from '../../../shared/story/story.ts'
import { useApi, type Api } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useSlots } from '../../api/slots.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useMoments } from './use-moment.ts'

/** The stories of one backup beside what they are today; restores one or all that differ. */
export function BackupStories({ backup, readOnly }: { readonly backup: Backup; readonly readOnly: boolean }) {
  const all = useStrings()
  const words = all.recovery
  const api = useApi()
  const [text, setText] = useState('')
  const [sure, setSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const { CompareButton } = useSlots()
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
  const { moment, apart } = useMoments()
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
            <th scope="col">{words.story.column}</th>
            <th scope="col">{words.inBackup}</th>
            <th scope="col">{words.today}</th>
            <th scope="col" aria-label={words.restore} />
          </tr>
        </thead>
        <tbody>
          {data?.map((story) => {
            const shown = apart(story.backedUp.at, story.now?.at)
            const same = story.now?.revision === story.backedUp.revision && story.now.at === story.backedUp.at
            return (
              <tr key={story.storyId}>
                <td>
                  <bdi>{story.headline || all.common.untitled}</bdi>
                </td>
                <td>{shown(story.backedUp.at)}</td>
                <td>{story.now ? (same ? words.same : shown(story.now.at)) : words.lost.gone}</td>
                <td className="recovery-row-actions">
                  {CompareButton && (
                    <CompareButton
                      label={words.look}
                      title={story.headline || all.common.untitled}
                      names={{
                        before: `${words.today}${story.now ? ` · ${moment(story.now.at)}` : ` · ${words.lost.gone}`}`,
                        after: `${words.inBackup} · ${moment(story.backedUp.at)}`
                      }}
                      load={() => bothSides(api, backup.id, story)}
                    />
                  )}
                  <Button size="small" isDisabled={readOnly || busy || same} onPress={() => restore(story)}>
                    {words.restore}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
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

/** Today's version of a story and the backup's; for one that is gone, as if it were empty today. */
async function bothSides(
  api: Api,
  backup: string,
  { storyId, now }: BackedUpStory
): Promise<{ before: Story; after: Story }> {
  const after = await api.call.recovery.story({ backup, storyId })
  const { times, language } = after.fields
  const before = now
    ? await api.call.stories.get({ id: storyId })
    : { ...after, fields: emptyFields(times.created, language), body: emptyBody() }
  return { before, after }
}

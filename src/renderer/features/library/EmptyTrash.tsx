import { useRef, useState } from 'react'
import type { HeldStory } from '../../../shared/contract/stories.ts'
import { newId } from '../../../shared/lib/id.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { useApi } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { toast } from '../../ui/Toast.tsx'
import { HeldNotice } from './HeldNotice.tsx'

/** By default the dialog deletes what has been in the trash for this many days. */
const DAYS = 30

/** Shown above the trash: says that nothing is deleted automatically, and offers to empty it. */
export function TrashStrip() {
  const words = useStrings().libraryMany
  const [asking, setAsking] = useState(false)
  return (
    <div className="library-trash">
      <p>{words.trashStays}</p>
      <Button size="small" onPress={() => setAsking(true)}>
        {words.emptyTrash}
      </Button>
      {asking && <EmptyTrashDialog onClose={() => setAsking(false)} />}
    </div>
  )
}

function EmptyTrashDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const all = useStrings()
  const words = all.libraryMany
  const counts = useCall((call, signal) => call.stories.trashed({ days: DAYS }, signal), [])
  const [chosen, setChosen] = useState<'old' | 'all' | null>(null)
  const [job, setJob] = useState<{ id: string; done: number; total: number | null } | null>(null)
  const [held, setHeld] = useState<readonly HeldStory[]>([])
  const [refusal, setRefusal] = useState<WireError | null>(null)
  const stopped = useRef(false)
  const { stories = 0, resting = 0 } = counts.data ?? {}
  const which = chosen ?? (resting > 0 ? 'old' : 'all')
  const going = which === 'old' ? resting : stories
  useEvent('job', (told) =>
    setJob((old) => (old?.id === told.jobId ? { id: old.id, done: told.done, total: told.total } : old))
  )

  const empty = async (): Promise<void> => {
    const id = newId()
    stopped.current = false
    setJob({ id, done: 0, total: going })
    setHeld([])
    setRefusal(null)
    try {
      await openStory.get()?.flush()
      const answer = await api.call.stories.emptyTrash({ days: which === 'old' ? DAYS : 0, jobId: id })
      const open = openStory.get()
      if (open?.status.get() === 'trashed' && !answer.held.some((one) => one.id === open.id)) navigate('/', 'replace')
      if (answer.erased > 0) toast({ text: words.erased(answer.erased) })
      if (answer.held.length === 0 && !stopped.current) onClose()
      setHeld(answer.held)
    } catch (thrown) {
      setRefusal(toWireError(thrown))
    } finally {
      setJob(null)
      counts.reload()
    }
  }

  /** Deletes no further story; the reply says what has been deleted so far. */
  const stop = (id: string): void => {
    stopped.current = true
    api.call.app.cancelJob({ jobId: id }).catch((thrown: unknown) => setRefusal(toWireError(thrown)))
  }

  return (
    <Dialog
      title={words.emptyTitle}
      lead={words.emptyLead(stories)}
      role="alertdialog"
      isOpen
      // Deleting must not continue unseen.
      onClose={() => (job ? stop(job.id) : onClose())}
      actions={
        <>
          <Button autoFocus onPress={() => (job ? stop(job.id) : onClose())}>
            {job ? words.stop : all.common.cancel}
          </Button>
          <Button
            variant="danger"
            isDisabled={going === 0}
            isPending={job !== null}
            onPress={() => {
              void empty()
            }}
          >
            {words.eraseDo}
          </Button>
        </>
      }
    >
      <SegmentedControl
        label={words.emptyWhich}
        value={which}
        onChange={setChosen}
        options={[
          { id: 'old', label: words.emptyOld(resting) },
          { id: 'all', label: words.emptyAll(stories) }
        ]}
      />
      <p>{words.eraseText}</p>
      {job && (
        <div className="library-emptying">
          <ProgressBar label={words.erasing} done={job.done} total={job.total} />
        </div>
      )}
      <HeldNotice
        many={{
          held,
          refusal,
          missed: 0,
          forget: () => {
            setHeld([])
            setRefusal(null)
          }
        }}
      />
    </Dialog>
  )
}

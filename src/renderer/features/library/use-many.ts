import { useCallback, useState } from 'react'
import type { ChangedStory, HeldStory, ManyChange } from '../../../shared/contract/stories.ts'
import type { Status } from '../../../shared/story/status.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { useApi } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useStrings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'
import { inBatches, type Batches } from './in-batches.ts'
import type { StorySelection } from './selection.ts'

/** What can be done with the selected stories, and the outcome of the last action. */
export interface Many {
  readonly busy: boolean
  /** Stories the last action left unchanged; cleared by the next. */
  readonly held: readonly HeldStory[]
  /** Why the last action ended early, and how many stories it had not reached. */
  readonly refusal: WireError | null
  readonly missed: number
  readonly forget: () => void
  readonly setStatus: (status: Status) => void
  readonly restore: () => void
  readonly changeTags: (add: readonly string[], remove: readonly string[]) => void
  readonly duplicate: () => void
  readonly erase: () => void
}

export function useMany(selection: StorySelection): Many {
  const api = useApi()
  const all = useStrings()
  const words = all.libraryMany
  const [busy, setBusy] = useState(false)
  const [held, setHeld] = useState<readonly HeldStory[]>([])
  const [refusal, setRefusal] = useState<WireError | null>(null)
  const [missed, setMissed] = useState(0)

  const forget = useCallback((): void => {
    setHeld([])
    setRefusal(null)
    setMissed(0)
  }, [])
  /** Shows what was left unchanged, and what a failed call left undone. Returns the ids of both. */
  const sayLeft = (
    { answers, left, refusal: why }: Batches<unknown, { readonly held: readonly HeldStory[] }>,
    idsLeft: readonly string[]
  ): string[] => {
    const heldNow = answers.flatMap((answer) => answer.held)
    setHeld(heldNow)
    setRefusal(why)
    setMissed(answers.length > 0 ? left.length : 0)
    return [...heldNow.map(({ id }) => id), ...idsLeft]
  }
  /** Runs one action at a time; failures are shown beside the list. */
  const work = (body: () => Promise<void>): void => {
    if (busy) return
    forget()
    setBusy(true)
    void (async () => {
      try {
        // Text being typed right now belongs to the story being changed.
        await openStory.get()?.flush()
        await body()
      } catch (thrown) {
        setRefusal(toWireError(thrown))
      } finally {
        setBusy(false)
      }
    })()
  }

  const undo = (changes: readonly ChangedStory[]): void =>
    work(async () => {
      const batches = await inBatches(changes, (some) => api.call.stories.undoMany({ changes: some }))
      sayLeft(batches, [])
      const undone = batches.answers.reduce((sum, { changed }) => sum + changed.length, 0)
      if (undone > 0) toast({ text: words.undone(undone) })
    })

  const change = (what: ManyChange, done: (n: number) => string, leaves: boolean): void =>
    work(async () => {
      const batches = await inBatches(selection.ids, (ids) => api.call.stories.changeMany({ ids, change: what }))
      const changed = batches.answers.flatMap((answer) => answer.changed)
      const left = sayLeft(batches, batches.left)
      if (leaves) selection.set(left)
      if (changed.length === 0) {
        if (left.length === 0) toast({ text: words.nothingChanged })
        return
      }
      toast({
        text: done(changed.length),
        action: { label: all.common.undo, run: () => undo(changed) }
      })
    })

  return {
    busy,
    held,
    refusal,
    missed,
    forget,
    setStatus: (status) =>
      change({ status }, status === 'trashed' ? words.trashed : words.statusChanged, status === 'trashed'),
    restore: () => change({ status: 'draft' }, words.restored, true),
    changeTags: (add, remove) => change({ addTags: [...add], removeTags: [...remove] }, words.tagged, false),
    duplicate: () =>
      work(async () => {
        const called = all.library.copyOf('{}')
        const batches = await inBatches(selection.ids, (ids) =>
          api.call.stories.duplicateMany({ ids, called, untitled: all.common.untitled })
        )
        const copies = batches.answers.flatMap((answer) => answer.ids)
        sayLeft(batches, [])
        if (copies.length === 0) return
        selection.set(copies)
        toast({ text: words.copied(copies.length) })
      }),
    erase: () =>
      work(async () => {
        const batches = await inBatches(selection.ids, (ids) => api.call.stories.erase({ ids }))
        const left = sayLeft(batches, batches.left)
        const open = openStory.get()?.id
        if (open !== undefined && selection.has(open) && !left.includes(open)) navigate('/', 'replace')
        selection.set(left)
        const erased = batches.answers.reduce((sum, answer) => sum + answer.erased, 0)
        if (erased > 0) toast({ text: words.erased(erased) })
      })
  }
}

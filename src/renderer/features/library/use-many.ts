import { useCallback, useState } from 'react'
import type { ChangedStory, HeldStory, ManyChange } from '../../../shared/contract/stories.ts'
import type { Status } from '../../../shared/story/status.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { useApi } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useStrings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'
import { inBatches } from './in-batches.ts'
import type { StorySelection } from './selection.ts'

/** What can be done with the chosen stories, and what came of the last of it. */
export interface Many {
  readonly busy: boolean
  /** Stories the last action left as they are; gone with the next. */
  readonly held: readonly HeldStory[]
  readonly refusal: WireError | null
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

  const forget = useCallback((): void => {
    setHeld([])
    setRefusal(null)
  }, [])
  /** One at a time; what fails is said beside the list. */
  const work = (body: () => Promise<void>): void => {
    if (busy) return
    forget()
    setBusy(true)
    void (async () => {
      try {
        // What is typed at this moment is part of the story that is changed.
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
      const answers = await inBatches(changes, (some) => api.call.stories.undoMany({ changes: some }))
      setHeld(answers.flatMap((answer) => answer.held))
      toast({ text: words.undone })
    })

  const change = (what: ManyChange, done: (n: number) => string, leaves: boolean): void =>
    work(async () => {
      const ids = selection.ids
      const answers = await inBatches(ids, (some) => api.call.stories.changeMany({ ids: some, change: what }))
      const changed = answers.flatMap((answer) => answer.changed)
      const left = answers.flatMap((answer) => answer.held)
      setHeld(left)
      if (leaves) selection.set(left.map(({ id }) => id))
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
    forget,
    setStatus: (status) =>
      change({ status }, status === 'trashed' ? words.trashed : words.statusChanged, status === 'trashed'),
    restore: () => change({ status: 'draft' }, words.restored, true),
    changeTags: (add, remove) => change({ addTags: [...add], removeTags: [...remove] }, words.tagged, false),
    duplicate: () =>
      work(async () => {
        const called = all.library.copyOf('{}')
        const answers = await inBatches(selection.ids, (ids) =>
          api.call.stories.duplicateMany({ ids, called, untitled: all.common.untitled })
        )
        const copies = answers.flatMap((answer) => answer.ids)
        setHeld(answers.flatMap((answer) => answer.held))
        selection.set(copies)
        if (copies.length > 0) toast({ text: words.copied(copies.length) })
      }),
    erase: () =>
      work(async () => {
        const answers = await inBatches(selection.ids, (ids) => api.call.stories.erase({ ids }))
        const left = answers.flatMap((answer) => answer.held)
        setHeld(left)
        const open = openStory.get()?.id
        if (open !== undefined && selection.has(open) && !left.some(({ id }) => id === open)) navigate('/', 'replace')
        selection.set(left.map(({ id }) => id))
        const erased = answers.reduce((sum, answer) => sum + answer.erased, 0)
        if (erased > 0) toast({ text: words.erased(erased) })
      })
  }
}

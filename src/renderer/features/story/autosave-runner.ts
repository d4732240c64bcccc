import type { Saved } from '../../../shared/contract/stories.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError, toWireError } from '../../../shared/rpc/errors.ts'
import type { SaveView } from '../../api/open-story.ts'
import { createStore, type Readable } from '../../api/store.ts'
import type { Autosave, AutosaveEvent, Edit, Outgoing } from './autosave.ts'

export interface AutosaveRunner {
  readonly view: Readable<SaveView>
  readonly revision: Readable<number>
  edit(edit: Edit): void
  /** Sends what waits at once; resolves when all of it is on disk, rejects with what is in the way. */
  flush(): Promise<void>
  retry(): void
  /** `undoFits`: the way back is still of the text as it is. */
  rebase(revision: number, undoFits: boolean): void
  readonly settled: boolean
  readonly underWay: boolean
  /** No more timers. What is under way still arrives. */
  stop(): void
}

export interface RunnerOptions {
  readonly machine: Autosave
  /** One that only goes forward: a system clock that is set back must not hold up a save. */
  readonly clock: Clock
  readonly send: (outgoing: Outgoing) => Promise<Saved>
  /** Told of each save in order, before the next is sent. */
  readonly onSaved?: (outgoing: Outgoing, saved: Saved) => void
}

/** Gives the machine its timer and its wire. */
export function runAutosave({ machine, clock, send, onSaved }: RunnerOptions): AutosaveRunner {
  const view = createStore<SaveView>(machine.view)
  const revision = createStore(machine.revision)
  let cancelWake: (() => void) | null = null
  let waiters: { resolve: () => void; reject: (error: unknown) => void }[] = []

  function handle(event: AutosaveEvent): void {
    const { send: outgoing, wakeAt } = machine.handle(event, clock.now())
    cancelWake?.()
    cancelWake =
      wakeAt === null
        ? null
        : clock.after(Math.max(0, wakeAt - clock.now()), () => {
            cancelWake = null
            handle({ type: 'woke' })
          })
    publish()
    if (!outgoing) return
    send(outgoing).then(
      (saved) => {
        onSaved?.(outgoing, saved)
        handle({ type: 'saved', saved })
      },
      (thrown: unknown) => handle({ type: 'failed', error: toWireError(thrown), at: new Date().toISOString() })
    )
  }

  function publish(): void {
    const next = machine.view
    const old = view.get()
    if (next.state !== old.state || next.savedAt !== old.savedAt || next.problem !== old.problem) view.set(next)
    revision.set(machine.revision)
    if (waiters.length === 0) return
    if (machine.settled) {
      const all = waiters
      waiters = []
      for (const waiter of all) waiter.resolve()
    } else if (next.problem && !machine.underWay) {
      const all = waiters
      waiters = []
      for (const waiter of all) waiter.reject(GalleyError.fromWire(next.problem))
    }
  }

  return {
    view,
    revision,
    edit: (edit) => handle({ type: 'edited', edit }),
    flush: () =>
      new Promise((resolve, reject) => {
        if (machine.settled) {
          resolve()
          return
        }
        waiters.push({ resolve, reject })
        handle({ type: 'flush' })
      }),
    retry: () => handle({ type: 'retry' }),
    rebase: (newer, undoFits) => handle({ type: 'rebased', revision: newer, undoFits }),
    get settled() {
      return machine.settled
    },
    get underWay() {
      return machine.underWay
    },
    stop() {
      cancelWake?.()
      cancelWake = null
    }
  }
}

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
  /** Sends everything waiting at once. Resolves when it is all on disk; rejects with whatever prevents that. */
  flush(): Promise<void>
  retry(): void
  /** `undoFits`: the undo line still belongs to the text as it is. */
  rebase(revision: number, undoFits: boolean): void
  readonly settled: boolean
  readonly underWay: boolean
  /** Cancels all timers. A save under way still completes. */
  stop(): void
}

export interface RunnerOptions {
  readonly machine: Autosave
  /** Monotonic: setting the system clock back must not hold up a save. */
  readonly clock: Clock
  readonly send: (outgoing: Outgoing) => Promise<Saved>
  /** Called for each save in order, before the next is sent. */
  readonly onSaved?: (outgoing: Outgoing, saved: Saved) => void
}

/** Connects the machine to a timer and to `send`. */
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

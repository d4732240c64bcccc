import type { HeldStory } from '../../../shared/contract/stories.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import type { Jobs } from '../app/jobs.ts'
import type { Events } from '../events.ts'
import { countTrash, listTrash } from '../store/stories.ts'
import type { Store } from '../store/store.ts'
import { headlineOf, notReached } from './held.ts'
import { inSlices } from './slices.ts'
import type { StoriesService } from './stories.ts'

export interface TrashOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly clock: Clock
  readonly events: Events
  readonly jobs: Jobs
  /** Why a story may not be deleted: it is live somewhere or waiting to be sent. Null if it may be deleted. */
  readonly whyNeeded: (storyId: string) => Message | null
  /** The pictures of the stories to be deleted, which are deleted too if nothing else uses them. */
  readonly pictures: {
    of(storyIds: readonly string[]): Promise<readonly string[]>
    release(pictures: readonly string[]): void
  }
  /** Called when something other than a GalleyError ended a deletion that nevertheless returns how far it got. */
  readonly onBug?: (thrown: unknown) => void
}

const DAY = 24 * 60 * 60_000
/** How many of the stories that could not be deleted are listed; nobody reads further. */
const MOST_NAMED = 100
/** The pictures of at most this many stories are looked up before these are deleted. */
const LOOKED_THROUGH = 200
/** How many are deleted in one transaction; each also deletes its entry in the search index. */
const AT_ONCE = 25

/** Deletes for good, only ever at a person's request: nothing leaves the trash by itself. */
export class Trash {
  readonly #options: TrashOptions

  constructor(options: TrashOptions) {
    this.#options = options
  }

  count(days: number): { stories: number; resting: number } {
    return this.#options.store.read((db) => ({ stories: countTrash(db), resting: countTrash(db, this.#since(days)) }))
  }

  erase(ids: readonly string[]): Promise<{ erased: number; held: HeldStory[] }> {
    return this.#erase([...new Set(ids)])
  }

  /** Deletes everything that has been in the trash, unchanged, for that many days. */
  empty(days: number, jobId: string | undefined, signal: AbortSignal): Promise<{ erased: number; held: HeldStory[] }> {
    return this.#options.jobs.run(jobId, say('stories.emptyingTrash'), signal, async (job) => {
      const ids = this.#options.store.read((db) => listTrash(db, this.#since(days)))
      return this.#erase(ids, { signal: job.signal, named: MOST_NAMED, done: (n) => job.progress(n, ids.length) })
    })
  }

  #since(days: number): string {
    return new Date(this.#options.clock.now() - days * DAY).toISOString()
  }

  async #erase(
    ids: readonly string[],
    {
      named = Infinity,
      signal,
      done = () => undefined
    }: { readonly signal?: AbortSignal; readonly done?: (n: number) => void; readonly named?: number } = {}
  ): Promise<{ erased: number; held: HeldStory[] }> {
    const { stories, events, pictures, onBug = () => undefined } = this.#options
    const held: HeldStory[] = []
    const theirs: string[] = []
    let erased = 0
    let reached = 0
    try {
      while (reached < ids.length) {
        const before = reached
        const some = ids.slice(before, before + LOOKED_THROUGH)
        theirs.push(...(await pictures.of(some)))
        await inSlices(
          some,
          (next, enough) => {
            const free: string[] = []
            let taken = 0
            for (const id of next.slice(0, AT_ONCE)) {
              if (taken > 0 && enough()) break
              taken += 1
              const why = this.#whyNot(id)
              if (!why) free.push(id)
              else if (held.length < named) held.push({ id, headline: headlineOf(stories, id), why })
            }
            if (free.length > 0) stories.erase(free)
            erased += free.length
            reached += taken
            return taken
          },
          { ...(signal && { signal }), done: (n) => done(before + n) }
        )
      }
    } catch (error) {
      // If a person stopped it, the result is what was deleted; if something else did, also what was left.
      if (!(error instanceof GalleyError && error.code === 'cancelled')) {
        if (erased === 0) throw error
        if (!(error instanceof GalleyError)) onBug(error)
        held.push(...notReached(stories, ids.slice(reached, reached + named - held.length), error))
      }
    } finally {
      if (erased > 0) {
        events.emit('libraryChanged', {})
        pictures.release(theirs)
      }
    }
    return { erased, held }
  }

  #whyNot(id: string): Message | null {
    try {
      if (this.#options.stories.summary(id).status !== 'trashed') return say('stories.notInTrash')
    } catch (error) {
      if (!(error instanceof GalleyError) || error.code.startsWith('storage')) throw error
      return error.said
    }
    return this.#options.whyNeeded(id)
  }
}

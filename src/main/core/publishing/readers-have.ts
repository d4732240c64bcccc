import type { Receipt } from '../../../shared/contract/outbox.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Status } from '../../../shared/story/status.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { listLive, listUpdatingOnRemoved, type Live } from '../store/receipts.ts'
import type { Store } from '../store/store.ts'
import { listTargets } from '../store/targets.ts'
import type { StoriesService } from '../stories/stories.ts'
import type { ApprovedCopies } from './approved-copies.ts'

/** Readers have a version of the story. */
export function isLiveStatus(status: Status): boolean {
  return status === 'published' || status === 'updating'
}

interface ReadersHaveOptions {
  readonly store: Store
  readonly stories: StoriesService
  readonly approved: ApprovedCopies
  readonly log?: ((line: string) => void) | undefined
}

/** What readers have of a story, on all of its sites together, by the receipts. */
export class ReadersHave {
  readonly #options: ReadersHaveOptions
  #leavingOut: Promise<void> = Promise.resolve()
  #closed = false

  constructor(options: ReadersHaveOptions) {
    this.#options = options
  }

  /** What the CMSs hold of the story once this receipt is written. */
  with({ storyId, targetId }: Pick<OutboxRow, 'storyId' | 'targetId'>, receipt: Receipt): Live[] {
    const others = this.#options.store.read((db) => listLive(db, storyId)).filter((live) => live.targetId !== targetId)
    return [...others, { storyId, targetId, receipt }]
  }

  /**
   * The status of a story of which nothing is under way: `published` only if every site has it as it is on the desk.
   * Null: no site has it.
   */
  statusOf(story: Story, lives: readonly Live[]): Status | null {
    const live = lives.filter(({ receipt }) => !receipt.withdrawn)
    if (live.length === 0) return null
    const shown = live.filter(({ receipt }) => receipt.since !== 'gone')
    if (shown.length === 0) return 'ready'
    // Nobody can send an update to a CMS that was removed from the settings: its text says nothing of the others.
    const known = this.#options.store.read(listTargets)
    const reached = shown.filter(({ targetId }) => known.some(({ id }) => id === targetId))
    const isAllCurrent = (reached.length > 0 ? reached : shown).every(
      ({ receipt }) => receipt.since === undefined && this.#options.approved.isSame(story, receipt.revision)
    )
    return isAllCurrent ? 'published' : 'updating'
  }

  /**
   * After a CMS was removed from the settings, and at each start in case that was cut short: where such a CMS alone had
   * an older text, the story is live as it is on the desk. Never rejects: the CMS is removed whatever comes of this.
   */
  leaveOutRemoved(): Promise<void> {
    this.#leavingOut = this.#leavingOut.then(async () => {
      try {
        await this.#leaveOutRemoved()
      } catch (error) {
        this.#options.log?.(`a removed CMS still counts: ${error instanceof GalleyError ? error.code : 'unknown'}`)
      }
    })
    return this.#leavingOut
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#leavingOut
  }

  async #leaveOutRemoved(): Promise<void> {
    const { store, stories } = this.#options
    // There may be many; whoever types, or waits for the window, goes first.
    const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    await rest()
    if (this.#closed) return
    for (const id of store.read(listUpdatingOnRemoved)) {
      const story = glanceAt(stories, id)
      const status =
        story &&
        this.statusOf(
          story,
          store.read((db) => listLive(db, id))
        )
      if (story?.status === 'updating' && status === 'published') stories.markStatus(id, status, () => undefined)
      await rest()
      if (this.#closed) return
    }
  }
}

/** The desk's copy; null if it is gone or damaged. */
export function glanceAt(stories: StoriesService, id: string): Story | null {
  try {
    return stories.glance(id)
  } catch (error) {
    if (error instanceof GalleyError) return null
    throw error
  }
}

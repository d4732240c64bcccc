import type { ChangedStory, HeldStory, ManyChange } from '../../../shared/contract/stories.ts'
import { fitting } from '../../../shared/document/text.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { mayChangeStatus, statusAfterEdit, type Status } from '../../../shared/story/status.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import { headlineOf, notReached } from './held.ts'
import type { OpenStory, StoryChange } from './open-story.ts'
import { inSlices } from './slices.ts'
import type { StoriesService } from './stories.ts'

export interface ManyStoriesOptions {
  readonly stories: StoriesService
  /**
   * Why publishing keeps a story from being moved to the trash or from a status change in bulk: it is waiting to be
   * sent, or it is live. Null if nothing does.
   */
  readonly whyBusy: (storyId: string) => Message | null
  /** Called when something other than a GalleyError ended a batch that nevertheless returns what was done by then. */
  readonly onBug?: (thrown: unknown) => void
}

interface Result {
  readonly changed: ChangedStory[]
  readonly held: HeldStory[]
}

/** A story gets at most this many keywords here; one that already has more keeps them. */
const MOST_KEYWORDS = 200
/** Only publishing sets these, so undoing never goes back to one. */
const BY_PUBLISHING: readonly Status[] = ['scheduled', 'published', 'updating']

/** Does the same to several stories at once, and undoes it. */
export class ManyStories {
  readonly #stories: StoriesService
  readonly #whyBusy: ManyStoriesOptions['whyBusy']
  readonly #onBug: NonNullable<ManyStoriesOptions['onBug']>

  constructor({ stories, whyBusy, onBug = () => undefined }: ManyStoriesOptions) {
    this.#stories = stories
    this.#whyBusy = whyBusy
    this.#onBug = onBug
  }

  change(ids: readonly string[], change: ManyChange, by: string | null): Promise<Result> {
    return this.#each([...new Set(ids)], by, (story) =>
      'status' in change ? this.#statusChange(story, change.status) : tagsChange(story, change)
    )
  }

  /** Restores each story to what it was before, as long as nothing else has happened to it. */
  undo(changes: readonly ChangedStory[], by: string | null): Promise<Result> {
    const known = new Map(changes.map((one) => [one.id, one]))
    return this.#each([...known.keys()], by, (story) => {
      const one = known.get(story.id)
      if (one?.revision !== story.revision) throw new GalleyError('conflict', say('stories.movedOn'))
      const { status, keywords } = one.before
      if (!keywords) return statusBack(story, status)
      // A receipt that arrived meanwhile changes the status without a new revision.
      if (story.status !== statusAfterEdit(status)) throw new GalleyError('conflict', say('stories.movedOn'))
      return { fields: { keywords }, status }
    })
  }

  async duplicate(
    ids: readonly string[],
    called: (headline: string) => string,
    by: string | null
  ): Promise<{ ids: string[]; held: HeldStory[] }> {
    const unique = [...new Set(ids)]
    const copies: string[] = []
    const held: HeldStory[] = []
    let reached = 0
    await this.#asFarAsItGoes(
      inSlices(unique, (next, enough) => {
        let taken = 0
        for (const id of next) {
          if (taken > 0 && enough()) break
          try {
            const { headline } = this.#stories.summary(id)
            copies.push(this.#stories.duplicate(id, by, fitting(called(headline))).id)
          } catch (error) {
            held.push(this.#held(id, error))
          }
          taken += 1
          reached += 1
        }
        return taken
      }),
      () => ({ done: copies.length, left: unique.slice(reached), held })
    )
    return { ids: copies, held }
  }

  /** Throws `refused` for a story that is waiting to be sent or is live. */
  requireFree(id: string): void {
    const why = this.#whyBusy(id)
    if (why) throw new GalleyError('refused', why)
  }

  #statusChange(story: OpenStory, status: Status): StoryChange | null {
    const { status: from } = story
    if (from === status) return null
    if (!mayChangeStatus(from, status)) {
      throw new GalleyError(
        'refused',
        status === 'trashed' ? say('stories.cannotTrash') : say('stories.statusByHand', { from, to: status })
      )
    }
    // A bulk change must not take back a delivery. A story in the trash may always leave it.
    if (from !== 'trashed') this.requireFree(story.id)
    return { status }
  }

  async #each(
    ids: readonly string[],
    by: string | null,
    decide: (story: OpenStory) => StoryChange | null
  ): Promise<Result> {
    const result: Result = { changed: [], held: [] }
    let reached = 0
    const changing = inSlices(ids, (next, enough) => {
      const before = new Map<string, ChangedStory['before']>()
      const { changed, failed, taken } = this.#stories.changeTogether(
        next,
        (story) => {
          const change = decide(story)
          if (!change) return null
          before.set(story.id, { status: story.status, ...(change.fields && { keywords: story.fields.keywords }) })
          return { kind: change.fields ? 'fields' : 'status', change }
        },
        by,
        enough
      )
      for (const { id, revision } of changed) {
        const was = before.get(id)
        if (was) result.changed.push({ id, revision, before: was })
      }
      for (const [id, error] of failed) result.held.push(this.#held(id, error))
      reached += taken
      return taken
    })
    await this.#asFarAsItGoes(changing, () => ({
      done: result.changed.length,
      left: ids.slice(reached),
      held: result.held
    }))
    return result
  }

  /**
   * When work ends early with part of it on disk, the call does not fail: its result makes it possible to undo that
   * part. The remaining stories are listed with the reason. Throws if nothing had been done.
   */
  async #asFarAsItGoes(
    work: Promise<void>,
    sofar: () => { readonly done: number; readonly left: readonly string[]; readonly held: HeldStory[] }
  ): Promise<void> {
    try {
      await work
    } catch (error) {
      const { done, left, held } = sofar()
      if (done === 0) throw error
      if (!(error instanceof GalleyError)) this.#onBug(error)
      held.push(...notReached(this.#stories, left, error))
    }
  }

  #held(id: string, error: unknown): HeldStory {
    if (!(error instanceof GalleyError) || error.code.startsWith('storage')) throw error
    return { id, headline: headlineOf(this.#stories, id), why: error.said }
  }
}

/** Throws `refused` if undoing would lead to or from a status that only publishing sets. */
function statusBack({ status: from }: OpenStory, to: Status): StoryChange | null {
  if (from === to) return null
  if (BY_PUBLISHING.includes(from) || BY_PUBLISHING.includes(to))
    throw new GalleyError('refused', say('stories.statusByHand', { from, to }))
  return { status: to }
}

function tagsChange(
  { fields }: OpenStory,
  { addTags, removeTags }: Exclude<ManyChange, { status: Status }>
): StoryChange | null {
  const kept = fields.keywords.filter((keyword) => !removeTags.includes(keyword))
  const keywords = [...new Set([...kept, ...addTags])].slice(0, Math.max(MOST_KEYWORDS, kept.length))
  const isSame = keywords.length === fields.keywords.length && keywords.every((one, at) => one === fields.keywords[at])
  return isSame ? null : { fields: { keywords } }
}

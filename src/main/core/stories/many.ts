import type { ChangedStory, HeldStory, ManyChange } from '../../../shared/contract/stories.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { mayChangeStatus, type Status } from '../../../shared/story/status.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import type { OpenStory, StoryChange } from './open-story.ts'
import { inSlices } from './slices.ts'
import type { StoriesService } from './stories.ts'

export interface ManyStoriesOptions {
  readonly stories: StoriesService
  /** Why a story may not go into the trash as far as publishing is concerned: it waits to be sent; null where it may. */
  readonly whyBusy: (storyId: string) => Message | null
}

interface Result {
  readonly changed: ChangedStory[]
  readonly held: HeldStory[]
}

/** A keyword is not longer than a field takes, and a story has not more of them. */
const MOST_KEYWORDS = 200
/** Reached by publishing alone, so undoing leads back to none of them. */
const BY_PUBLISHING: readonly Status[] = ['scheduled', 'published', 'updating']

/** The same done to several stories at once, and undone. */
export class ManyStories {
  readonly #stories: StoriesService
  readonly #whyBusy: ManyStoriesOptions['whyBusy']

  constructor({ stories, whyBusy }: ManyStoriesOptions) {
    this.#stories = stories
    this.#whyBusy = whyBusy
  }

  change(ids: readonly string[], change: ManyChange, by: string | null): Promise<Result> {
    return this.#each([...new Set(ids)], by, (story) =>
      'status' in change ? this.#statusChange(story, change.status) : tagsChange(story, change)
    )
  }

  /** Each to what it was before, as long as nothing else has happened to it. */
  undo(changes: readonly ChangedStory[], by: string | null): Promise<Result> {
    const known = new Map(changes.map((one) => [one.id, one]))
    return this.#each([...known.keys()], by, (story) => {
      const one = known.get(story.id)
      if (one?.revision !== story.revision) throw new GalleyError('conflict', say('stories.movedOn'))
      const { status, keywords } = one.before
      return {
        ...(keywords && { fields: { keywords } }),
        status: BY_PUBLISHING.includes(status) || BY_PUBLISHING.includes(story.status) ? story.status : status
      }
    })
  }

  async duplicate(
    ids: readonly string[],
    called: (headline: string) => string,
    by: string | null
  ): Promise<{ ids: string[]; held: HeldStory[] }> {
    const copies: string[] = []
    const held: HeldStory[] = []
    await inSlices([...new Set(ids)], (next, enough) => {
      let taken = 0
      for (const id of next) {
        if (taken > 0 && enough()) break
        taken += 1
        try {
          const { headline } = this.#stories.summary(id)
          copies.push(this.#stories.duplicate(id, by, called(headline).slice(0, 1000)).id)
        } catch (error) {
          held.push(this.#held(id, error))
        }
      }
      return taken
    })
    return { ids: copies, held }
  }

  /** Throws `refused` for a story that is waiting to be sent somewhere. */
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
    if (status === 'trashed') this.requireFree(story.id)
    return { status }
  }

  async #each(
    ids: readonly string[],
    by: string | null,
    decide: (story: OpenStory) => StoryChange | null
  ): Promise<Result> {
    const result: Result = { changed: [], held: [] }
    await inSlices(ids, (next, enough) => {
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
      return taken
    })
    return result
  }

  #held(id: string, error: unknown): HeldStory {
    if (!(error instanceof GalleyError) || error.code.startsWith('storage')) throw error
    let headline = ''
    try {
      headline = this.#stories.summary(id).headline
    } catch {
      // One that is not there, or cannot be read, has none to show.
    }
    return { id, headline, why: error.said }
  }
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

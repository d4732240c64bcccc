import { useEffect, useSyncExternalStore } from 'react'
import { checkInSteps, type CheckMemory } from '../../shared/checks/check-story.ts'
import type { Finding } from '../../shared/checks/finding.ts'
import type { CheckProfile } from '../../shared/checks/profile.ts'
import { steadyClock, type Clock } from '../../shared/lib/clock.ts'
import { pictureUses } from '../../shared/story/pictures.ts'
import type { Place } from '../../shared/story/place.ts'
import { useApi } from './api.tsx'
import { useDeskFacts } from './desk.tsx'
import type { OpenStory } from './open-story.ts'
import { createStore, type Readable, type Store } from './store.ts'

export interface ChecksView {
  /** Null before the first look at the story is done. */
  readonly findings: readonly Finding[] | null
  /** It has been looked at since the last change. */
  readonly isCurrent: boolean
}

/** Milliseconds without a change before the story is looked at again, and how long a look may hold the window up. */
const PAUSE = 400
const SLICE = 4

export type CheckedStory = Pick<OpenStory, 'fields' | 'edits' | 'body'>

/**
 * Looks at a story again after each pause in the writing, a few milliseconds at a time; only blocks that changed are
 * read. `start` and `stop` come in pairs, one for each part of the window that shows it.
 */
export class StoryChecks {
  readonly view: Readable<ChecksView>
  readonly #view: Store<ChecksView> = createStore<ChecksView>({ findings: null, isCurrent: false })
  readonly #story: CheckedStory
  readonly #clock: Clock
  readonly #askWidth: (mediaId: string) => Promise<number | undefined>
  readonly #memory: CheckMemory = new WeakMap()
  readonly #widths = new Map<string, number | undefined>()
  #profile: CheckProfile | null = null
  #shown = 0
  #stopListening: (() => void) | null = null
  #stopWaiting: (() => void) | null = null

  constructor(story: CheckedStory, askWidth: (mediaId: string) => Promise<number | undefined>, clock = steadyClock) {
    this.#story = story
    this.#askWidth = askWidth
    this.#clock = clock
    this.view = this.#view
  }

  use(profile: CheckProfile): void {
    if (profile === this.#profile) return
    this.#profile = profile
    this.#again(0)
  }

  start(): void {
    this.#shown += 1
    if (this.#shown > 1) return
    this.#stopListening = this.#story.edits.subscribe(() => this.#again(PAUSE))
    this.#again(0)
  }

  stop(): void {
    this.#shown -= 1
    if (this.#shown > 0) return
    this.#stopListening?.()
    this.#stopWaiting?.()
  }

  #again(ms: number): void {
    const { findings, isCurrent } = this.#view.get()
    if (isCurrent) this.#view.set({ findings, isCurrent: false })
    this.#stopWaiting?.()
    if (this.#shown > 0) this.#stopWaiting = this.#clock.after(ms, () => this.#look())
  }

  #look(): void {
    const profile = this.#profile
    if (!profile) return
    const story = { fields: this.#story.fields.get(), body: this.#story.body() }
    this.#learnWidths(story)
    const steps = checkInSteps({ story, profile, memory: this.#memory, widthOf: (id) => this.#widths.get(id) })
    const go = (): void => {
      for (const end = performance.now() + SLICE; ;) {
        const step = steps.next()
        if (step.done) {
          const { findings } = this.#view.get()
          // Keeps the same list while its content is the same, so that it is not rendered again at each pause.
          this.#view.set({
            findings: findings && areSame(findings, step.value) ? findings : step.value,
            isCurrent: true
          })
          return
        }
        if (performance.now() > end) break
      }
      this.#stopWaiting = this.#clock.after(0, go)
    }
    go()
  }

  #learnWidths(story: Parameters<typeof pictureUses>[0]): void {
    for (const { mediaId } of pictureUses(story)) {
      if (mediaId === null || this.#widths.has(mediaId)) continue
      this.#widths.set(mediaId, undefined)
      void this.#askWidth(mediaId).then((width) => {
        this.#widths.set(mediaId, width)
        this.#again(0)
      })
    }
  }
}

const checksOf = new WeakMap<OpenStory, StoryChecks>()

/**
 * What the desk's checks find in a story, kept current while something shows it. Null until the first check is done.
 */
export function useFindings(story: OpenStory | null): readonly Finding[] | null {
  const api = useApi()
  const profile = useDeskFacts()?.checks.profile ?? null
  let checks = story ? checksOf.get(story) : undefined
  if (story && !checks) {
    checks = new StoryChecks(story, (id) =>
      api.call.media.get({ id }).then(
        ({ width }) => width,
        () => undefined
      )
    )
    checksOf.set(story, checks)
  }
  useEffect(() => {
    checks?.start()
    return () => checks?.stop()
  }, [checks])
  useEffect(() => {
    if (profile) checks?.use(profile)
  }, [checks, profile])
  const view = checks?.view ?? nothing
  return useSyncExternalStore(view.subscribe, () => view.get().findings)
}

function areSame(some: readonly Finding[], others: readonly Finding[]): boolean {
  return some.length === others.length && some.every((one, at) => isSame(one, others[at]))
}

function isSame(one: Finding, other: Finding | undefined): boolean {
  return (
    one.rule === other?.rule &&
    one.level === other.level &&
    one.quote === other.quote &&
    isSamePlace(one.place, other.place) &&
    // A block's text is the same object until the block changes.
    (one.said === other.said || JSON.stringify(one.said) === JSON.stringify(other.said))
  )
}

function isSamePlace(one: Place, other: Place): boolean {
  if (one.start !== other.start || one.end !== other.end) return false
  return 'field' in one
    ? 'field' in other && one.field === other.field
    : 'blockId' in other && one.blockId === other.blockId
}

const nothing = createStore<ChecksView>({ findings: null, isCurrent: false })

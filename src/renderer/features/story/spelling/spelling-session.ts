import type { TextPlace } from '../../../../shared/find/story-texts.ts'
import { steadyClock, type Clock } from '../../../../shared/lib/clock.ts'
import { copyOfStory, type CopyText } from '../../../../shared/spelling/copy.ts'
import { shownFindings, type Finding, type FindingFilter } from '../../../../shared/spelling/finding.ts'
import { createStore, type Store } from '../../../api/store.ts'
import type { Speller, Trouble } from '../../../spelling/speller.ts'
import type { StorySession } from '../story-session.ts'

/** A finding and its place in the story. */
export interface PlacedFinding extends Finding {
  readonly place: TextPlace
  /** The characters found. */
  readonly words: string
  readonly language: string
}

export interface SpellingView {
  /** `working` until every text has been checked. */
  readonly state: 'working' | 'done'
  /** Languages of the story that could not be checked, and why. */
  readonly troubles: Readonly<Record<string, Trouble>>
  /** Increases whenever the findings change. */
  readonly round: number
  /** Increases only when findings in view change, which is when there is something to draw. */
  readonly inSight: number
}

/** Tests whether a text is on the screen or close to it. */
type IsNear = () => (place: TextPlace) => boolean

type SpelledStory = Pick<StorySession, 'fields' | 'body' | 'edits'>

/** Edits are checked this long after the last key, or `AT_LATEST_MS` after the first. */
const AFTER_EDIT_MS = 350
const AT_LATEST_MS = 1500
/** Texts far from the screen are checked after this long a pause in typing. */
const QUIET_MS = 600
/**
 * Characters sent to the worker at once; it reports its findings before it is sent more. In view, batches are small so
 * that the first marks need not wait for the last. Out of view, they are short enough to end soon after typing resumes.
 */
const NEAR_AT_ONCE = 600
const FAR_AT_ONCE = 1500
/** Blocks checked before the story is on the screen. */
const FIRST_BLOCKS = 12

/**
 * Checks the spelling of the open story. A text is checked again only when it has changed, and texts in view come
 * first. A key press only starts a timer. Lives outside React.
 */
export class SpellingSession {
  readonly view: Store<SpellingView> = createStore<SpellingView>({
    state: 'working',
    troubles: {},
    round: 0,
    inSight: 0
  })
  readonly #story: SpelledStory
  readonly #speller: Pick<Speller, 'check' | 'known' | 'isOut'>
  #isNear: IsNear | null
  readonly #clock: Clock
  readonly #stopListening: () => void
  /** The findings of each text as it was last read. */
  readonly #known = new WeakMap<CopyText, readonly Finding[]>()
  /** The texts still to be checked, in page order. */
  #queue: readonly CopyText[] = []
  #texts: readonly CopyText[] = []
  /** Texts sent one at a time, because the engine failed on a batch that contained them. */
  readonly #alone = new WeakSet<CopyText>()
  #stopTimer: () => void = () => undefined
  #firstEdit: number | null = null
  #lastEdit = -Infinity
  /** Tests which texts are on the screen; null once that may have changed. */
  #near: ((place: TextPlace) => boolean) | null = null
  #asking = false
  #stopped = false

  constructor(options: {
    readonly story: SpelledStory
    readonly speller: Pick<Speller, 'check' | 'known' | 'isOut'>
    /** Null while the story is not on the screen; until `shown`, only its beginning is checked. */
    readonly isNear: IsNear | null
    readonly clock?: Clock
  }) {
    this.#story = options.story
    this.#speller = options.speller
    this.#isNear = options.isNear
    this.#clock = options.clock ?? steadyClock
    this.#stopListening = this.#story.edits.subscribe(() => this.#edited())
    this.#read()
    void this.#ask()
  }

  /** The texts as last read, in page order. */
  get texts(): readonly CopyText[] {
    return this.#texts
  }

  /** The findings in a text; null if it has not been checked. */
  findingsIn(text: CopyText): readonly Finding[] | null {
    let found = this.#known.get(text)
    if (!found && (found = this.#speller.known(text.language, text))) this.#known.set(text, found)
    return found ?? null
  }

  /** The findings to show to the user. */
  placed(text: CopyText, filter: FindingFilter): PlacedFinding[] | null {
    const found = this.findingsIn(text)
    if (found === null) return null
    if (found.length === 0) return []
    return shownFindings(text.text, found, text.code, filter).map((finding) => ({
      ...finding,
      place: text.place,
      words: text.text.slice(finding.start, finding.end),
      language: text.language
    }))
  }

  /** Call when other texts have come into view. */
  moved(): void {
    this.#near = null
    void this.#ask()
  }

  /** Call when the story is on the screen: the rest of it is checked. */
  shown(isNear: IsNear): void {
    this.#isNear = isNear
    this.#read()
    void this.#ask()
  }

  /** Checks the story now, without waiting for a pause. */
  readNow(): void {
    this.#read()
    void this.#ask()
  }

  stop(): void {
    this.#stopped = true
    this.#stopTimer()
    this.#stopListening()
  }

  #edited(): void {
    const now = this.#clock.now()
    this.#lastEdit = now
    this.#firstEdit ??= now
    this.#stopTimer()
    const wait = Math.min(AFTER_EDIT_MS, Math.max(0, this.#firstEdit + AT_LATEST_MS - now))
    this.#stopTimer = this.#clock.after(wait, () => {
      this.#read()
      void this.#ask()
    })
  }

  #read(): void {
    this.#firstEdit = null
    this.#near = null
    const before = new Set(this.#texts)
    const { blocks } = this.#story.body()
    this.#texts = copyOfStory(this.#story.fields.get(), this.#isNear ? blocks : blocks.slice(0, FIRST_BLOCKS))
    this.#queue = this.#texts.filter((text) => this.findingsIn(text) === null)
    // New texts that are only queued have nothing to show, and each round costs the listeners a frame.
    const isTold = this.#texts.some((text) => !before.has(text) && this.#known.has(text))
    if (isTold) this.#tellFound(true)
  }

  async #ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      for (;;) {
        const next = this.#next()
        if (next === 'later' || next === null || this.#stopped) return
        const { batch, isNear } = next
        const [first] = batch
        if (!first) return
        const { language } = first
        const checked = await this.#speller.check(
          language,
          batch.map(({ text, isProse }) => ({ text, isProse }))
        )
        if (this.#stopped) return
        if (checked === 'failed' && !this.#speller.isOut(language)) {
          // One of the texts may be too much for the engine, so each is sent separately and only that one is skipped.
          if (batch.length > 1) for (const text of batch) this.#alone.add(text)
          else this.#known.set(first, [])
          continue
        }
        if (typeof checked === 'string') {
          this.#tell({ troubles: { ...this.view.get().troubles, [language]: checked } })
          continue
        }
        for (const [at, text] of batch.entries()) this.#known.set(text, checked[at] ?? [])
        this.#tellFound(isNear)
      }
    } finally {
      this.#asking = false
    }
  }

  /** The next batch, all in one language; null when everything has been checked, `later` while the user is typing. */
  #next(): { readonly batch: readonly CopyText[]; readonly isNear: boolean } | 'later' | null {
    const { troubles } = this.view.get()
    const unknown = this.#queue.filter((text) => !(text.language in troubles) && !this.#known.has(text))
    this.#queue = unknown
    if (unknown.length === 0) {
      this.#tell({ state: 'done' })
      return null
    }
    this.#tell({ state: 'working' })
    const isNear = (this.#near ??= this.#isNear?.() ?? everywhere)
    const near = unknown.filter(({ place }) => isNear(place))
    const wait = near.length > 0 ? 0 : this.#lastEdit + QUIET_MS - this.#clock.now()
    if (wait > 0) {
      this.#stopTimer()
      this.#stopTimer = this.#clock.after(wait, () => {
        this.#read()
        void this.#ask()
      })
      return 'later'
    }
    const from = near.length > 0 ? near : unknown
    const language = from[0]?.language
    let left = near.length > 0 ? NEAR_AT_ONCE : FAR_AT_ONCE
    const batch: CopyText[] = []
    for (const text of from) {
      if (text.language !== language) continue
      if (batch.length > 0 && (left < text.text.length || this.#alone.has(text))) break
      batch.push(text)
      if (this.#alone.has(text)) break
      left -= text.text.length
    }
    return { batch, isNear: near.length > 0 }
  }

  #tellFound(isInSight: boolean): void {
    const { round, inSight } = this.view.get()
    this.#tell({ round: round + 1, inSight: inSight + (isInSight ? 1 : 0) })
  }

  #tell(change: Partial<SpellingView>): void {
    const old = this.view.get()
    const next = { ...old, ...change }
    if (next.state !== old.state || next.round !== old.round || next.troubles !== old.troubles) this.view.set(next)
  }
}

const everywhere = (): boolean => true

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
 * Texts are sent to the worker in batches; it reports its findings before it is sent more. In view, batches are small so
 * that the first marks need not wait for the last. Out of view, they are short enough to end soon after typing resumes.
 * A batch is at least one text and at most `MOST_AT_ONCE` characters: as many as the engine checks in about `NEAR_MS` or
 * `FAR_MS`, or `FIRST_AT_ONCE` while its speed is not known.
 */
const NEAR_MS = 40
const FAR_MS = 30
const FIRST_AT_ONCE = 150
const MOST_AT_ONCE = 1500
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
  /** The texts still to be checked, in view and out of view, each in page order. */
  #inSight: readonly CopyText[] = []
  #far: readonly CopyText[] = []
  #texts: readonly CopyText[] = []
  /** The story's edit count when it was last read. */
  #edits: number
  /** Texts sent one at a time, because the engine failed on a batch that contained them. */
  readonly #alone = new WeakSet<CopyText>()
  #stopTimer: () => void = () => undefined
  #firstEdit: number | null = null
  #lastEdit = -Infinity
  /** The texts on the screen may have changed since `#inSight` and `#far` were last sorted. */
  #isElsewhere = true
  /** Characters the engine checks per ms; null before its first reply. */
  #pace: number | null = null
  /** No text out of view is sent before this time: the engine rests after each batch for as long as it took. */
  #restsUntil = -Infinity
  /** Someone is waiting for the whole story to be checked, so the engine takes no rests until the next edit. */
  #isAwaited = false
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
    this.#edits = this.#story.edits.get()
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
    this.#isElsewhere = true
    void this.#ask()
  }

  /** Call when the story is on the screen: the rest of it is checked. */
  shown(isNear: IsNear): void {
    this.#isNear = isNear
    this.#read()
    void this.#ask()
  }

  /** Checks the story now, without waiting for a pause or resting between batches, until the next edit. */
  readNow(): void {
    this.#isAwaited = true
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
    this.#isAwaited = false
    this.#firstEdit ??= now
    this.#stopTimer()
    const wait = Math.min(AFTER_EDIT_MS, Math.max(0, this.#firstEdit + AT_LATEST_MS - now))
    this.#stopTimer = this.#clock.after(wait, () => {
      this.#read()
      void this.#ask()
    })
  }

  /** Looks up findings only for texts that changed, so that a pause in a long story costs little more than in a short one. */
  #read(): void {
    this.#firstEdit = null
    const { blocks } = this.#story.body()
    const before = this.#texts
    const texts = copyOfStory(this.#story.fields.get(), this.#isNear ? blocks : blocks.slice(0, FIRST_BLOCKS))
    const { head, tail } = sameEnds(before, texts)
    this.#texts = texts
    const edits = this.#story.edits.get()
    const isEdited = edits !== this.#edits
    this.#edits = edits
    if (head + tail === texts.length && texts.length === before.length) {
      // Fields that are not checked themselves, such as bylines and credits, still supply accepted names.
      if (isEdited) this.#tellFound(true)
      return
    }
    const gone = new Set(before.slice(head, before.length - tail))
    const there = new Set(gone.size === 0 ? [] : texts.slice(head, texts.length - tail))
    const isLeft = (text: CopyText): boolean => !gone.has(text) || there.has(text)
    const fresh = texts.slice(head, texts.length - tail).filter((text) => !gone.has(text))
    const unknown = fresh.filter((text) => this.findingsIn(text) === null)
    // `#next` sorts them into in view and out of view.
    this.#inSight = this.#inSight.filter(isLeft)
    this.#far = [...this.#far.filter(isLeft), ...unknown]
    this.#isElsewhere = true
    // New texts that are only queued have nothing to show, and each round costs the listeners a frame.
    if (unknown.length === 0 || unknown.length < fresh.length) this.#tellFound(true)
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
        const asked = this.#clock.now()
        const checked = await this.#speller.check(
          language,
          batch.map(({ text, isProse }) => ({ text, isProse }))
        )
        if (this.#stopped) return
        if (checked === 'failed' && !this.#speller.isOut(language)) {
          // One text may be more than the engine bears: each is asked for by itself, and that one left out.
          if (batch.length === 1) this.#known.set(first, [])
          else {
            for (const text of batch) this.#alone.add(text)
            this.#inSight = [...batch, ...this.#inSight]
          }
          continue
        }
        if (typeof checked === 'string') {
          this.#tell({ troubles: { ...this.view.get().troubles, [language]: checked } })
          continue
        }
        const took = this.#clock.now() - asked
        this.#pace = batch.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, took)
        if (!isNear) this.#restsUntil = this.#clock.now() + took
        for (const [at, text] of batch.entries()) this.#known.set(text, checked[at] ?? [])
        // Someone may have scrolled to these texts while they were being checked.
        this.#tellFound(isNear || this.#isElsewhere)
      }
    } finally {
      this.#asking = false
    }
  }

  /** The next batch, all in one language; null when everything has been checked, `later` while the user is typing. */
  #next(): { readonly batch: readonly CopyText[]; readonly isNear: boolean } | 'later' | null {
    if (this.#isElsewhere) this.#sort()
    const near = this.#take(this.#inSight, NEAR_MS)
    this.#inSight = near.left
    if (near.batch.length > 0) {
      this.#tell({ state: 'working' })
      return { batch: near.batch, isNear: true }
    }
    const far = this.#take(this.#far, FAR_MS)
    if (far.batch.length === 0) {
      this.#far = far.left
      this.#tell({ state: 'done' })
      return null
    }
    this.#tell({ state: 'working' })
    const from = this.#isAwaited ? -Infinity : Math.max(this.#lastEdit + QUIET_MS, this.#restsUntil)
    const wait = from - this.#clock.now()
    if (wait <= 0) {
      this.#far = far.left
      return { batch: far.batch, isNear: false }
    }
    this.#stopTimer()
    this.#stopTimer = this.#clock.after(wait, () => {
      this.#read()
      void this.#ask()
    })
    return 'later'
  }

  #sort(): void {
    this.#isElsewhere = false
    const all = [...this.#inSight, ...this.#far]
    const isNear = all.length > 0 ? (this.#isNear?.() ?? everywhere) : everywhere
    const inSight: CopyText[] = []
    const far: CopyText[] = []
    for (const text of all) (isNear(text.place) ? inSight : far).push(text)
    this.#inSight = inSight
    this.#far = far
  }

  /** Takes a batch from the front of a queue; also returns the rest of the queue. */
  #take(queue: readonly CopyText[], ms: number): { batch: readonly CopyText[]; left: readonly CopyText[] } {
    const { troubles } = this.view.get()
    const batch: CopyText[] = []
    const others: CopyText[] = []
    let characters = this.#pace === null ? FIRST_AT_ONCE : Math.min(MOST_AT_ONCE, ms * this.#pace)
    let at = 0
    for (; at < queue.length; at += 1) {
      const text = queue[at]
      if (!text || text.language in troubles || this.findingsIn(text) !== null) continue
      const [first] = batch
      if (first && text.language !== first.language) {
        others.push(text)
        continue
      }
      if (first && (characters < text.text.length || this.#alone.has(text))) break
      batch.push(text)
      characters -= text.text.length
      if (this.#alone.has(text)) {
        at += 1
        break
      }
    }
    return { batch, left: [...others, ...queue.slice(at)] }
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

/** The lengths of the common beginning and the common end of two lists. */
function sameEnds(some: readonly CopyText[], others: readonly CopyText[]): { head: number; tail: number } {
  const most = Math.min(some.length, others.length)
  let head = 0
  while (head < most && some[head] === others[head]) head += 1
  let tail = 0
  while (head + tail < most && some[some.length - 1 - tail] === others[others.length - 1 - tail]) tail += 1
  return { head, tail }
}

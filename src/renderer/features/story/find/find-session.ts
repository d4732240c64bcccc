import { emptyQuery, plainFinder, regExpOf, type FindQuery } from '../../../../shared/find/find.ts'
import { keyOf, replaceInStory, type Hit, type Replacement } from '../../../../shared/find/replace.ts'
import { textsOfStory, type StoryText, type TextPlace } from '../../../../shared/find/story-texts.ts'
import { steadyClock, type Clock } from '../../../../shared/lib/clock.ts'
import { createStore, type Store } from '../../../api/store.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import type { StorySession } from '../story-session.ts'
import { RegExpSearch, type SearchWorker } from './regexp-search.ts'

export interface FindView {
  readonly query: FindQuery
  readonly replacement: string
  /** In page order. */
  readonly hits: readonly Hit[]
  /** Index of the current hit; -1 for none. */
  readonly at: number
  readonly state: 'done' | 'searching' | 'invalid' | 'ended'
  /** How many were just replaced; null after any other action. */
  readonly replaced: number | null
  /** Goes up when the current hit is to be brought into view; typing in the story must not scroll it away. */
  readonly reveal: number
}

/** Where to begin: the first hit at or after it becomes the current one. */
export interface Anchor {
  readonly place: TextPlace
  readonly offset: number
}

/** A request to the bar; each press of the key makes one. */
export interface FindRequest {
  readonly replace: boolean
  /** Whether the bar takes the focus; not when the library opens a story at a hit. */
  readonly focus: boolean
  /** null: the last search. */
  readonly text: string | null
  readonly from: Anchor | null
  readonly go: 1 | -1 | 0
}

/** Delay after the last change of the story before searching again. */
const AFTER_EDIT_MS = 150

type FoundHit = Hit & { readonly instead?: string }

/**
 * A search in the story on the desk. It searches the story's data rather than what is drawn, so that the result does
 * not depend on where the page is scrolled. Lives outside React.
 */
export class FindSession {
  readonly view: Store<FindView>
  readonly #story: StorySession
  readonly #editor: () => Pick<BodyEditorHandle, 'replaceBlocks'> | null
  readonly #clock: Clock
  readonly #regExps: RegExpSearch
  readonly #stopListening: () => void
  #texts: readonly StoryText[] = []
  /** By text, of one query: a text that nobody changed is not searched again. */
  #found: { readonly query: FindQuery; readonly of: WeakMap<StoryText, readonly FoundHit[]> } | null = null
  #toReveal = false
  #anchor: Anchor | null
  #stale = false
  #hasReplaced = false
  #stopWaiting: () => void = () => undefined

  constructor(options: {
    readonly story: StorySession
    readonly editor: () => Pick<BodyEditorHandle, 'replaceBlocks'> | null
    readonly startWorker: () => SearchWorker
    readonly query?: FindQuery
    readonly replacement?: string
    readonly from?: Anchor | null
    readonly clock?: Clock
  }) {
    this.#story = options.story
    this.#editor = options.editor
    this.#clock = options.clock ?? steadyClock
    this.#regExps = new RegExpSearch(options.startWorker, this.#clock)
    this.#anchor = options.from ?? null
    this.view = createStore<FindView>({
      query: options.query ?? emptyQuery,
      replacement: options.replacement ?? '',
      hits: [],
      at: -1,
      state: 'done',
      replaced: null,
      reveal: 0
    })
    this.#stopListening = this.#story.edits.subscribe(() => this.#searchLater())
    void this.search()
  }

  /** The last action here was replacing, so undo is meant for that. */
  get hasReplaced(): boolean {
    return this.#hasReplaced
  }

  setQuery(change: Partial<FindQuery>): Promise<void> {
    this.#hasReplaced = false
    this.#set({ query: { ...this.view.get().query, ...change }, replaced: null })
    return this.search()
  }

  setReplacement(replacement: string): void {
    this.#hasReplaced = false
    this.#set({ replacement, replaced: null })
    // The worker that runs the expression also works out its replacements.
    if (this.view.get().query.isRegExp) this.#searchLater()
  }

  /** Moves to the next or previous hit, wrapping around. */
  go(by: 1 | -1): void {
    const { hits, at } = this.view.get()
    if (hits.length === 0) return
    this.#goTo((at + by + hits.length) % hits.length)
  }

  /** Replaces the current hit and moves to the next. */
  async replaceOne(): Promise<void> {
    await this.#fresh()
    const { hits, at } = this.view.get()
    const hit = hits[at]
    if (!hit) return
    const one = this.#withInstead(hit)
    const replaced = this.#replace([one])
    this.#anchor = { place: hit.place, offset: replaced > 0 ? hit.start + one.instead.length : hit.end }
    await this.search()
    if (replaced === 0) this.#set({ replaced })
  }

  async replaceAll(): Promise<void> {
    await this.#fresh()
    const { hits, state } = this.view.get()
    if (hits.length === 0 || state !== 'done') return
    const replaced = this.#replace(hits.map((hit) => this.#withInstead(hit)))
    await this.search()
    this.#set({ replaced })
  }

  /** Searches again now, and brings the current hit into view. */
  search(): Promise<void> {
    this.#toReveal = true
    return this.#search()
  }

  async #search(): Promise<void> {
    this.#stopWaiting()
    this.#stale = false
    const { query, replacement } = this.view.get()
    this.#texts = textsOfStory(this.#story.fields.get(), this.#story.body().blocks)
    const texts = this.#texts
    if (query.text === '') {
      this.#show([])
    } else if (!query.isRegExp) {
      this.#show(this.#findPlain(query))
    } else if (!regExpOf(query)) {
      this.#set({ hits: [], at: -1, state: 'invalid' })
    } else {
      this.#set({ state: 'searching' })
      const found = await this.#regExps.search({
        texts: texts.map(({ searched }) => searched.text),
        query,
        replacement
      })
      if (found === 'overtaken') return
      if (found === 'ended') this.#set({ hits: [], at: -1, state: 'ended' })
      else this.#show(texts.flatMap(({ place }, at) => (found[at] ?? []).map((one) => ({ ...one, place }))))
    }
  }

  #findPlain(query: FindQuery): FoundHit[] {
    if (this.#found?.query !== query) this.#found = { query, of: new WeakMap() }
    const { of } = this.#found
    const find = plainFinder(query)
    const hits: FoundHit[] = []
    for (const text of this.#texts) {
      let found = of.get(text)
      if (!found) {
        const { place, searched } = text
        of.set(text, (found = find(searched).map((one) => ({ ...one, place }))))
      }
      for (const hit of found) hits.push(hit)
    }
    return hits
  }

  stop(): void {
    this.#stopListening()
    this.#stopWaiting()
    this.#regExps.stop()
  }

  #searchLater(): void {
    this.#stale = true
    if (this.view.get().replaced !== null) this.#set({ replaced: null })
    this.#stopWaiting()
    this.#stopWaiting = this.#clock.after(AFTER_EDIT_MS, () => void this.#search())
  }

  async #fresh(): Promise<void> {
    if (this.#stale) await this.#search()
  }

  #withInstead(hit: FoundHit): Replacement {
    return { ...hit, instead: hit.instead ?? this.view.get().replacement }
  }

  /** Replaces as a single undo step, even across fields and blocks. Returns how many were replaced. */
  #replace(replacements: readonly Replacement[]): number {
    const story = this.#story
    const editor = this.#editor()
    if (!editor) return 0
    const { fields, blocks, count } = replaceInStory(story.fields.get(), story.body().blocks, replacements)
    if (count === 0) return 0
    story.asOneStep(() => {
      editor.replaceBlocks(blocks)
      story.setFields(fields)
    })
    this.#hasReplaced = true
    return count
  }

  #show(hits: readonly FoundHit[]): void {
    const { reveal } = this.view.get()
    this.#set({ hits, at: this.#firstFrom(hits), state: 'done', reveal: reveal + (this.#toReveal ? 1 : 0) })
    this.#toReveal = false
  }

  #goTo(at: number): void {
    const hit = this.view.get().hits[at]
    if (!hit) return
    this.#anchor = { place: hit.place, offset: hit.start }
    this.#set({ at, replaced: null, reveal: this.view.get().reveal + 1 })
  }

  #firstFrom(hits: readonly Hit[]): number {
    if (hits.length === 0) return -1
    const anchor = this.#anchor
    if (!anchor) return 0
    const key = keyOf(anchor.place)
    const exact = this.#texts.findIndex(({ place }) => keyOf(place) === key)
    const from = exact >= 0 ? exact : this.#texts.findIndex(({ place }) => isNear(place, anchor.place))
    // Hits stand in the order of the texts, so both are gone through once.
    let here = 0
    const at = hits.findIndex((hit) => {
      while (here < this.#texts.length && this.#texts[here]?.place !== hit.place) here += 1
      return here > from || (here === from && hit.start >= anchor.offset)
    })
    return Math.max(0, at)
  }

  #set(change: Partial<FindView>): void {
    this.view.set({ ...this.view.get(), ...change })
  }
}

/** The same block or field, whichever of its texts. */
function isNear(a: TextPlace, b: TextPlace): boolean {
  return a.in === 'block' ? b.in === 'block' && a.id === b.id : b.in === 'field' && a.name === b.name
}

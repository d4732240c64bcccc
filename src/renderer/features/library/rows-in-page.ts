import { RowWindow } from './row-window.ts'
import { StoryRow, type ListRow, type RowsLook } from './story-row.ts'

export interface Rows extends RowsLook {
  rowAt(index: number): ListRow | undefined
  /** Called with the first and last row in the page. */
  onLook(from: number, to: number): void
}

/** Milliseconds without scrolling after which the list counts as at rest. */
const REST_MS = 150
/**
 * While the list scrolls in every frame, this many rows get their text per frame; the others stay empty until a later
 * frame has time for them. Scrolling at reading speed needs two.
 */
const WORDS_PER_FRAME = 4
/** Frames no further apart than this, in ms, count as consecutive. */
const NEXT_FRAME_MS = 40

/** Draws the rows in view and around, in the order in which screen readers should read them, and again on scrolling. */
export class RowsInPage {
  readonly #window = new RowWindow()
  #drawn = new Map<number, StoryRow>()
  #spare: StoryRow[] = []
  #rows: Rows | null = null
  #scroller: HTMLElement | null = null
  #place: HTMLElement | null = null
  #height = 0
  // As reported by the last scroll event: reading it at any other time would force a layout at every save.
  #top = 0
  #moving: ReturnType<typeof setTimeout> | undefined
  #frame = 0
  #drawnAt = -Infinity

  /** Draws the rows that `scroller` shows into `place`. Returns a function that stops it. */
  follow(scroller: HTMLElement, place: HTMLElement): () => void {
    this.#scroller = scroller
    this.#place = place
    const resized = new ResizeObserver(() => {
      this.#height = scroller.clientHeight
      this.#draw()
    })
    const scrolled = (): void => {
      this.#top = scroller.scrollTop
      clearTimeout(this.#moving)
      this.#moving = setTimeout(() => {
        this.#moving = undefined
        this.#draw()
      }, REST_MS)
      this.#drawInFrame()
    }
    // A list that was hidden comes back at the same place.
    scroller.scrollTop = this.#top
    resized.observe(scroller)
    scroller.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      resized.disconnect()
      scroller.removeEventListener('scroll', scrolled)
      clearTimeout(this.#moving)
      this.#moving = undefined
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
    }
  }

  show(rows: Rows): void {
    this.#rows = rows
    this.#draw()
  }

  /** The first story in view and its row; null at the top of the list, where new stories should appear. */
  first(): { readonly index: number; readonly story: string } | null {
    const index = Math.floor(this.#top / (this.#rows?.size ?? 1))
    const story = this.#drawn.get(this.#window.keyOf(index))?.story
    return this.#top > 0 && story ? { index, story } : null
  }

  /** Rows were added or removed above: scrolls by as much, so that the view stays the same. */
  moveBy(count: number): void {
    this.#scrollTo(this.#top + count * (this.#rows?.size ?? 0))
  }

  /** Scrolls only as far as necessary to show that row. Returns whether any of it was in view. */
  reveal(index: number): boolean {
    const size = this.#rows?.size ?? 0
    const seen = (index + 1) * size > this.#top && index * size < this.#top + this.#height
    this.#scrollTo(Math.min(index * size, Math.max(this.#top, (index + 1) * size - this.#height)))
    return seen
  }

  #scrollTo(top: number): void {
    if (top === this.#top || !this.#scroller) return
    this.#top = top
    this.#scroller.scrollTop = top
  }

  #drawInFrame(): void {
    this.#frame ||= requestAnimationFrame((now) => {
      this.#frame = 0
      const following = now - this.#drawnAt < NEXT_FRAME_MS
      this.#drawnAt = now
      this.#draw(following ? WORDS_PER_FRAME : Infinity)
    })
  }

  #draw(words = Infinity): void {
    if (!this.#rows || !this.#place || this.#height === 0) return
    const { total, size, active, rowAt, onLook } = this.#rows
    const range = {
      startIndex: Math.min(Math.floor(this.#top / size), total - 1),
      endIndex: Math.min(Math.ceil((this.#top + this.#height) / size), total) - 1,
      count: total,
      active
    }
    const indexes = this.#moving === undefined ? this.#window.atRest(range) : this.#window.scrolling(range)
    this.#goAlong(indexes, rowAt)
    const keys = new Set(indexes.map((index) => this.#window.keyOf(index)))
    for (const [key, row] of this.#drawn) {
      if (keys.has(key)) continue
      this.#drawn.delete(key)
      this.#spare.push(row)
    }
    let left = words
    for (const index of indexes) {
      const key = this.#window.keyOf(index)
      const row = this.#drawn.get(key) ?? this.#spare.pop() ?? new StoryRow()
      this.#drawn.set(key, row)
      const content = rowAt(index)
      const other = content && !row.says(content)
      if (other) left--
      row.show(index, other && left < 0 ? undefined : content, this.#rows)
      if (!row.element.isConnected && this.#moving !== undefined) this.#place.append(row.element)
    }
    for (const { element } of this.#spare) element.remove()
    if (left < 0) this.#drawInFrame()
    if (this.#moving === undefined) this.#putInOrder(indexes)
    onLook(...this.#window.span)
  }

  /**
   * When stories are added or removed, an element moves with its story: a person about to press it must not hit another
   * one.
   */
  #goAlong(indexes: readonly number[], rowAt: Rows['rowAt']): void {
    const isOther = (index: number): boolean => {
      const shown = this.#drawn.get(this.#window.keyOf(index))?.story
      return shown !== undefined && shown !== rowAt(index)?.summary.id
    }
    if (!indexes.some(isOther)) return
    const keys = new Map(indexes.map((index) => [rowAt(index)?.summary.id, this.#window.keyOf(index)]))
    const drawn = new Map<number, StoryRow>()
    const others: [number, StoryRow][] = []
    for (const [key, row] of this.#drawn) {
      const to = row.story === undefined ? undefined : keys.get(row.story)
      if (to === undefined) others.push([key, row])
      else drawn.set(to, row)
    }
    for (const [key, row] of others) {
      if (drawn.has(key)) this.#spare.push(row)
      else drawn.set(key, row)
    }
    this.#drawn = drawn
  }

  /**
   * The elements' order is the order in which they are read aloud. While rows are scrolling past it may wait, because a
   * moved element is laid out and drawn afresh.
   */
  #putInOrder(indexes: readonly number[]): void {
    let next: Element | null = null
    for (const index of indexes.toReversed()) {
      const element = this.#drawn.get(this.#window.keyOf(index))?.element
      if (!element) continue
      if (!element.isConnected || element.nextElementSibling !== next) this.#place?.insertBefore(element, next)
      next = element
    }
  }
}

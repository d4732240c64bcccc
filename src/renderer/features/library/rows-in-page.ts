import { RowWindow } from './row-window.ts'
import { StoryRow, type ListRow, type RowsLook } from './story-row.ts'

export interface Rows extends RowsLook {
  rowAt(index: number): ListRow | undefined
  /** Told from which row to which the page holds them. */
  onLook(from: number, to: number): void
}

/** A list that has not been scrolled for so long is at rest. */
const REST_MS = 150
/**
 * Where the list moves in frame after frame, so many rows are given words in each; the others stay empty until a frame
 * has room for them. Reading speed asks for two.
 */
const WORDS_PER_FRAME = 4
/** Frames that are no further apart follow one another. */
const NEXT_FRAME_MS = 40

/** Draws the rows in sight and around, in the order they are read aloud in, and again when the list is scrolled. */
export class RowsInPage {
  readonly #window = new RowWindow()
  #drawn = new Map<number, StoryRow>()
  #spare: StoryRow[] = []
  #rows: Rows | null = null
  #scroller: HTMLElement | null = null
  #place: HTMLElement | null = null
  #height = 0
  // As the last scroll event told: reading it anywhere else would force a layout for every save.
  #top = 0
  #moving: ReturnType<typeof setTimeout> | undefined
  #frame = 0
  #drawnAt = -Infinity

  /** Draws into `place` what is in sight of it in `scroller`. Returns how to end that. */
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
    // A list that was put away comes back where it was.
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

  /** The story that is first in sight, and where; null at the top of the list, where new stories are to be seen. */
  first(): { readonly index: number; readonly story: string } | null {
    const index = Math.floor(this.#top / (this.#rows?.size ?? 1))
    const story = this.#drawn.get(this.#window.keyOf(index))?.story
    return this.#top > 0 && story ? { index, story } : null
  }

  /** Rows have come, or gone, above what is in sight: it moves by as much, and the eye keeps its place. */
  moveBy(count: number): void {
    this.#scrollTo(this.#top + count * (this.#rows?.size ?? 0))
  }

  /** Scrolls no further than it takes to bring that row into sight. Returns whether any of it was. */
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
   * Where stories have come or gone, an element goes along with its story: whoever is about to press on it must not find
   * another one under the hand.
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
   * The order of the elements is the one they are read aloud in. While rows are passed by it may wait: an element that
   * is moved is laid out and drawn from nothing.
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

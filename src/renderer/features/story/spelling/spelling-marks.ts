import { keyOf } from '../../../../shared/find/replace.ts'
import type { CopyText } from '../../../../shared/spelling/copy.ts'
import { isControl, type TextPlaces } from '../text-places.ts'
import { FieldMirrors } from './field-mirrors.ts'
import type { PlacedFinding, SpellingSession } from './spelling-session.ts'

/** The finding being shown to the person. */
const PRESENT = 'galley-spelling-now'
const NAMES = { spelling: 'galley-spelling', grammar: 'galley-grammar' } as const

/** Time in ms without a caret move after which the caret counts as at rest. */
const CARET_MS = 250

interface DrawnPoint {
  readonly node: Node
  readonly offset: number
}

export interface Mark {
  readonly finding: PlacedFinding
  readonly range: Range
}

/**
 * Underlines what is found and in view with CSS highlights, which leave the page itself unchanged. The word being
 * written is left alone until the caret has left it.
 */
export class SpellingMarks {
  readonly #places: TextPlaces
  readonly #session: SpellingSession
  readonly #shown: (text: CopyText) => readonly PlacedFinding[] | null
  readonly #mirrors = new FieldMirrors()
  readonly #stop = new AbortController()
  readonly #stopWatching: () => void
  #drawn = new Map<string, readonly Mark[]>()
  readonly #underlined: Record<keyof typeof NAMES, readonly Range[]> = { spelling: [], grammar: [] }
  #asked = 0
  #present: PlacedFinding | null = null
  #waitsForCaret = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `shown`: what to mark in a text; null while it has not been checked. */
  constructor(
    places: TextPlaces,
    session: SpellingSession,
    shown: (text: CopyText) => readonly PlacedFinding[] | null
  ) {
    this.#places = places
    this.#session = session
    this.#shown = shown
    const { signal } = this.#stop
    const follow = (): void => {
      this.redraw()
      session.moved()
    }
    places.scroller?.addEventListener('scroll', follow, { passive: true, signal })
    addEventListener('resize', follow, { signal })
    document.addEventListener(
      'selectionchange',
      () => {
        if (!this.#waitsForCaret) return
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.redraw(), CARET_MS)
      },
      { signal }
    )
    let drawn = session.view.get()
    this.#stopWatching = session.view.subscribe(() => {
      const now = session.view.get()
      if (now.inSight !== drawn.inSight || now.troubles !== drawn.troubles) this.redraw()
      drawn = now
    })
    this.redraw()
  }

  redraw(): void {
    if (this.#asked === 0 && !this.#stop.signal.aborted) this.#asked = requestAnimationFrame(() => this.#draw())
  }

  /** Returns the mark at the caret, or at the focus end of the selection. */
  atCaret(): Mark | null {
    const focus = this.#focus()
    return focus && this.#at(focus.node, focus.offset)
  }

  #at(node: Node, offset: number): Mark | null {
    for (const marks of this.#drawn.values()) for (const mark of marks) if (isIn(mark.range, node, offset)) return mark
    return null
  }

  /** The marked words under the pointer; null if there are none. */
  under(x: number, y: number): Mark | null {
    const caret = document.caretPositionFromPoint(x, y)
    const point = caret && this.#drawnAt(caret.offsetNode, caret.offset)
    const mark = point && this.#at(point.node, point.offset)
    if (!mark) return null
    // For a distant point the browser still returns the nearest character.
    const isOver = [...mark.range.getClientRects()].some(
      (box) => x >= box.left - 2 && x <= box.right + 2 && y >= box.top - 2 && y <= box.bottom + 4
    )
    return isOver ? mark : null
  }

  /** What is marked in a text, in view or not; null while it has not been checked. */
  found(text: CopyText): readonly PlacedFinding[] | null {
    return this.#shown(text)
  }

  /** Highlights the finding being shown to the person. */
  setPresent(finding: PlacedFinding | null): void {
    this.#present = finding
    const range = finding && this.rangeOf(finding)
    if (range) CSS.highlights.set(PRESENT, new Highlight(range))
    else CSS.highlights.delete(PRESENT)
  }

  /** Returns the range of the words found, on the page or in a field beside it; null if they are not rendered. */
  rangeOf(finding: PlacedFinding): Range | null {
    const element = this.#places.elementOf(finding.place)
    return element && isControl(element)
      ? this.#mirrors.rangeOf(element, finding.start, finding.end)
      : this.#places.rangeOf(finding)
  }

  /** Brings the words found into view in a field beside the page that scrolls. */
  revealInField({ place, start, end }: PlacedFinding): void {
    const element = this.#places.elementOf(place)
    if (element && isControl(element)) this.#mirrors.reveal(element, start, end)
  }

  isPresent(finding: PlacedFinding): boolean {
    return this.#present === finding
  }

  stop(): void {
    this.#stop.abort()
    this.#stopWatching()
    this.#mirrors.stop()
    cancelAnimationFrame(this.#asked)
    clearTimeout(this.#timer)
    for (const name of [...Object.values(NAMES), PRESENT]) CSS.highlights.delete(name)
  }

  #draw(): void {
    this.#asked = 0
    const isNear = this.#places.isNear()
    const caret = this.#writing()
    const drawn = new Map<string, readonly Mark[]>()
    this.#waitsForCaret = false
    const ranges: Record<keyof typeof NAMES, Range[]> = { spelling: [], grammar: [] }
    for (const text of this.#session.texts) {
      if (!isNear(text.place)) continue
      const key = keyOf(text.place)
      const found = this.#shown(text)
      // Until a text has been checked again, its old marks stay with the words they are under.
      const marks = found === null ? (this.#drawn.get(key) ?? []) : this.#marksOf(found)
      drawn.set(key, marks)
      for (const { finding, range } of marks) {
        if (caret && isEndOf(range, caret)) this.#waitsForCaret = true
        else ranges[finding.kind].push(range)
      }
    }
    this.#drawn = drawn
    for (const kind of ['spelling', 'grammar'] as const) this.#underline(kind, ranges[kind])
  }

  /** Setting a highlight makes the browser repaint every line that has one, so it is left alone if nothing changed. */
  #underline(kind: keyof typeof NAMES, ranges: readonly Range[]): void {
    const name = NAMES[kind]
    if (areSame(ranges, this.#underlined[kind])) return
    this.#underlined[kind] = ranges
    if (ranges.length === 0) {
      CSS.highlights.delete(name)
      return
    }
    const highlight = new Highlight(...ranges)
    highlight.priority = -1
    CSS.highlights.set(name, highlight)
  }

  #marksOf(found: readonly PlacedFinding[]): Mark[] {
    return found.flatMap((finding) => {
      const range = this.rangeOf(finding)
      return range && !range.collapsed ? [{ finding, range }] : []
    })
  }

  #writing(): DrawnPoint | null {
    const active = document.activeElement
    const isAtRest = active && isControl(active) ? active.selectionStart === active.selectionEnd : isCaret()
    return isAtRest ? this.#focus() : null
  }

  #focus(): DrawnPoint | null {
    const active = document.activeElement
    if (active && isControl(active)) return this.#drawnAt(active, active.selectionEnd ?? 0)
    const { focusNode, focusOffset = 0 } = document.getSelection() ?? {}
    return focusNode ? { node: focusNode, offset: focusOffset } : null
  }

  /** Maps a point in a control to its mirror. */
  #drawnAt(node: Node, offset: number): DrawnPoint | null {
    return node instanceof HTMLElement && isControl(node) ? this.#mirrors.placeOf(node, offset) : { node, offset }
  }
}

function isCaret(): boolean {
  return document.getSelection()?.isCollapsed ?? false
}

function areSame(some: readonly Range[], others: readonly Range[]): boolean {
  return (
    some.length === others.length &&
    some.every((range, at) => {
      const other = others[at]
      return (
        other !== undefined &&
        range.startContainer === other.startContainer &&
        range.startOffset === other.startOffset &&
        range.endContainer === other.endContainer &&
        range.endOffset === other.endOffset
      )
    })
  )
}

function isIn(range: Range, node: Node, offset: number): boolean {
  try {
    return !range.collapsed && range.isPointInRange(node, offset)
  } catch {
    return false
  }
}

function isEndOf(range: Range, { node, offset }: DrawnPoint): boolean {
  return range.endContainer === node && range.endOffset === offset
}

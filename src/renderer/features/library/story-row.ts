import { resolveDirection } from '../../../shared/document/language.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { behindOnSites, onSites, statusOnSites, statusReadOut, type UnderWay } from '../../api/on-sites.ts'
import type { Strings } from '../../strings/strings.ts'
import { age, moment } from '../../ui/format.ts'
import '../../ui/status.css'

export interface ListRow {
  readonly summary: StorySummary
  /** From a search: pieces of text, every second one a match. */
  readonly headline?: readonly string[]
  readonly snippet?: readonly string[]
}

/** What all rows of a list are drawn with. */
export interface RowsLook {
  readonly total: number
  /** Pixels from one row to the next. */
  readonly size: number
  /** The open story. */
  readonly selected: string | null
  /** The stories selected together; empty if only one is open. */
  readonly chosen: ReadonlySet<string>
  /** The row with the keyboard focus, and the id by which the list refers to it. */
  readonly active: number
  readonly activeId: string
  readonly now: number
  /** The desk's time zone. */
  readonly zone: string
  /** Stories with an older version waiting to be sent. */
  readonly behind: ReadonlyMap<string, 'scheduled' | 'queued'>
  /** What of a story is under way, on any of its sites. */
  readonly underWay: ReadonlyMap<string, readonly UnderWay[]>
  readonly words: Strings
}

/**
 * One row of the list: elements that are created once and show one story after another, by writing only what differs
 * straight into them. A scrolled list does this in every frame, which is why it bypasses React.
 */
export class StoryRow {
  readonly element = make('div', 'story-slot')
  readonly #content = make('div', 'story-row')
  readonly #headline = make('span', 'story-row-headline')
  readonly #snippet = make('span', 'story-row-snippet')
  readonly #facts = make('span', 'story-row-facts')
  readonly #about = make('span', 'story-row-about')
  readonly #status = make('span', 'g-dot')
  readonly #section = make('span', 'story-row-section')
  readonly #length = make('span', 'story-row-words')
  readonly #behind = make('span', 'story-row-behind')
  readonly #age = make('time', 'story-row-age')
  #index = -1
  #shown: ListRow | undefined
  #look: RowsLook | undefined

  constructor() {
    set(this.element, 'role', 'option')
    set(this.#status, 'role', 'img')
    set(this.#section, 'dir', 'auto')
    this.#facts.append(this.#about, this.#age)
    this.element.append(this.#content)
  }

  /** The story shown; undefined if there is none. */
  get story(): string | undefined {
    return this.#shown?.summary.id
  }

  says(row: ListRow | undefined): boolean {
    return row?.summary === this.#shown?.summary && row?.headline === this.#shown?.headline
  }

  /** Empty if `row` is undefined. */
  show(index: number, row: ListRow | undefined, look: RowsLook): void {
    if (index === this.#index && look === this.#look && this.says(row)) return
    this.#place(index, row?.summary.id, look)
    this.#write(row, look)
    this.#index = index
    this.#shown = row
    this.#look = look
  }

  #place(index: number, id: string | undefined, { total, size, active, activeId, selected, chosen }: RowsLook): void {
    const isOpen = id !== undefined && id === selected
    const isChosen = id !== undefined && chosen.has(id)
    this.element.style.top = `${index * size}px`
    this.element.style.height = `${size}px`
    set(this.element, 'aria-posinset', String(index + 1))
    set(this.element, 'aria-setsize', String(total))
    set(this.element, 'aria-selected', String(chosen.size > 0 ? isChosen : isOpen))
    set(this.element, 'aria-current', isOpen ? 'true' : null)
    set(this.element, 'data-chosen', isChosen ? '' : null)
    set(this.element, 'id', index === active ? activeId : null)
    set(this.element, 'data-active', index === active ? '' : null)
  }

  #write(row: ListRow | undefined, { now, zone, behind, underWay, words }: RowsLook): void {
    const parts = row ? [this.#headline, ...(row.snippet ? [this.#snippet] : []), this.#facts] : []
    if (this.#content.childElementCount !== parts.length) this.#content.replaceChildren(...parts)
    set(this.#content, 'data-found', row?.snippet ? '' : null)
    if (!row) return
    const { summary } = row
    const dir = resolveDirection(summary.direction, summary.language)
    set(this.#headline, 'dir', dir)
    set(this.#headline, 'lang', summary.language)
    this.#headline.classList.toggle('story-row-untitled', !row.headline && summary.headline === '')
    say(this.#headline, row.headline ?? [summary.headline || summary.slugline || words.common.untitled])
    if (row.snippet) {
      set(this.#snippet, 'dir', dir)
      say(this.#snippet, row.snippet)
    }
    const how = underWay.get(summary.id)
    const said = onSites(summary.status, summary.sites, how)
    set(this.#status, 'data-status', said.status)
    set(this.#status, 'aria-label', statusReadOut(words, said))
    const waits = behind.get(summary.id)
    const about = waits ? [this.#status, this.#behind] : [this.#status, this.#section, this.#length]
    if (this.#about.childElementCount !== about.length) this.#about.replaceChildren(...about)
    if (waits) {
      say(this.#behind, [behindOnSites(words, waits, said, how)])
      set(this.#behind, 'title', words.library.behindText[waits])
    }
    say(this.#section, [[statusOnSites(words, said), summary.section].filter(Boolean).join(' · ')])
    say(this.#length, [words.library.words(summary.words)])
    set(this.#age, 'datetime', summary.changedAt)
    set(this.#age, 'title', moment(summary.changedAt, zone))
    say(this.#age, [age(summary.changedAt, now, zone)])
  }
}

function make(name: string, className: string): HTMLElement {
  const element = document.createElement(name)
  element.className = className
  return element
}

function set(element: HTMLElement, attribute: string, value: string | null): void {
  if (element.getAttribute(attribute) === value) return
  if (value === null) element.removeAttribute(attribute)
  else element.setAttribute(attribute, value)
}

/** Marks every second piece. If there is one text before and after, only its content changes. */
function say(element: HTMLElement, pieces: readonly string[]): void {
  const [first = ''] = pieces
  const text = element.firstChild
  if (pieces.length > 1 || !(text instanceof Text) || text.nextSibling)
    element.replaceChildren(...pieces.map((piece, at) => (at % 2 === 1 ? marked(piece) : piece)))
  else if (text.data !== first) text.data = first
}

function marked(piece: string): HTMLElement {
  const mark = document.createElement('mark')
  mark.textContent = piece
  return mark
}

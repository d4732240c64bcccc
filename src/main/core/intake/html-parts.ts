import { readDate } from '../../../shared/intake/dates.ts'
import { headingScore, siteNamesIn } from '../../../shared/intake/headings.ts'
import type { LineSpan, PageLine } from '../../../shared/intake/page.ts'
import { fold } from '../../../shared/intake/plain.ts'
import { LINE_TAGS, TELLING } from './html-elements.ts'

/** An element of the page: where it is, what its markup says, and how much running text it contains. */
export interface Part {
  readonly name: string
  readonly depth: number
  readonly parent: number
  readonly hints: string
  readonly isBody: boolean
  readonly isHidden: boolean
  /** Its letters have no size, and nothing in it has one of its own. */
  isSizeless: boolean
  readonly firstLine: number
  lastLine: number
}

export interface RawLine {
  readonly line: PageLine
  /** The elements around the line by number, outermost first. */
  readonly parts: readonly number[]
  /** Class words of the line's own element if that is not a part, such as a picture's. */
  readonly hints: string
  readonly spans: readonly RawSpan[]
}

/** A span, and the element that says what its words are. */
export interface RawSpan extends LineSpan {
  to: number
  readonly element: number
}

/** Elements whose text is furniture, unless most of the page's text is in them. */
const FURNITURE = new Set(['nav', 'footer', 'aside', 'button', 'dialog', 'menu', 'noscript', 'select', 'textarea'])
/** Class names of parts whose text does not count in the search for the story's part. */
const BESIDE =
  / (?:comments?|comment list|related|recommended|recirc|sidebar|footer|newsletter|promo|disclaimer|cookies?|modal|popup|outbrain|taboola|teaser|teasers|most read|read more|biography|author bio|bio|transcript|menu|navigation|rail|widget|disqus|replies|responses) /
/** Characters from which a line counts as running text; shorter ones are labels and headlines. */
const RUNNING = 60
/** Characters of class words kept for one line. */
const MAX_HINTS = 600

/**
 * Finds the part of a page that contains its story: most of its running text, and the heading above it. Everything
 * outside is marked as such, and class names and elements around the whole story say nothing about its lines.
 */
export class PageParts {
  readonly #parts: readonly Part[]
  readonly #lines: readonly RawLine[]
  #total: number
  #running: readonly number[]
  #holdsStory: readonly boolean[]
  readonly #isLinks = new Set<number>()

  constructor(parts: readonly Part[], lines: readonly RawLine[], titles: readonly string[]) {
    this.#parts = parts
    this.#lines = lines
    const all = this.#sum((line) => lengthOf(line))
    const shown = this.#sum((line) => (this.#isFurniture(line) ? 0 : lengthOf(line)))
    const isAllFurniture = most(shown) < 200 && most(all) > most(shown) * 3
    const first = isAllFurniture ? all : shown
    const total = most(first)
    this.#running = first
    this.#total = total
    this.#holdsStory = []
    const main = this.#main()
    this.heading = this.#findHeading(
      titles,
      lines.findIndex((raw) => lengthOf(raw) > 0 && (main === -1 || raw.parts.includes(main)))
    )
    const withHeading = new Set(this.heading === -1 ? [] : lines[this.heading]?.parts)
    this.#holdsStory = parts.map((_, n) => withHeading.has(n) || (total > 0 && (first[n] ?? 0) > total * 0.4))
    this.#running = this.#sum((line) =>
      (!isAllFurniture && this.#isFurniture(line)) || BESIDE.test(this.#hintsOf(line)) ? 0 : lengthOf(line)
    )
    this.#total = most(this.#running)
    this.#findLinks()
  }

  /** The line of the page's main heading; -1 if no heading is found. */
  readonly heading: number;

  *finish(): Generator<void, PageLine[]> {
    const story = this.#story()
    const lines: PageLine[] = []
    for (const [n, raw] of this.#lines.entries()) {
      if (n % 2000 === 0) yield
      const hints = this.#hintsOf(raw).trim()
      const isOutside = story !== null && (n < story.first || n > story.last)
      const spans = raw.spans.filter(
        ({ kind, element }, _, all) =>
          kind !== 'author' ||
          (this.#isSmall(element) &&
            !all.some((other) => other.kind === 'author' && this.#isAround(element, other.element)))
      )
      lines.push({
        ...raw.line,
        ...(spans.length > 0 && { spans: spans.map(toSpan) }),
        within: this.#withinOf(raw),
        ...(hints !== '' && { hints: ` ${hints.slice(-MAX_HINTS)} ` }),
        ...(isOutside && { outside: true as const }),
        ...(n === this.heading && { isHeading: true as const })
      })
    }
    return lines
  }

  /** The first and last line of the story; null if the page is too short to tell. */
  #story(): { readonly first: number; readonly last: number } | null {
    const main = this.#main()
    const part = this.#parts[main]
    if (!part) return null
    const { heading } = this
    if (heading === -1 || (heading >= part.firstLine && heading <= part.lastLine))
      return { first: part.firstLine, last: part.lastLine }
    // The story's own header may be beside its body: everything from the heading on belongs to the story.
    const around = this.#lines[heading]?.parts ?? []
    const common = this.#chain(main).find((n) => around.includes(n))
    if (common === undefined || heading > part.firstLine || part.firstLine - heading > 150)
      return { first: part.firstLine, last: part.lastLine }
    const header = around.findLast((n) => n !== common && this.#parts[n]?.parent === common) ?? -1
    const top = this.#parts[header]?.firstLine ?? heading
    return { first: heading - top <= 8 ? top : heading, last: part.lastLine }
  }

  /** The innermost part with most of the running text, or the body if the page itself names one. */
  #main(): number {
    if (this.#total < 200) return -1
    const named = this.#parts.flatMap((part, n) =>
      part.isBody && (this.#running[n] ?? 0) > this.#total * 0.3 ? [n] : []
    )
    if (named.length === 1 && named[0] !== undefined) return named[0]
    let best = this.#aroundHeading()
    const total = this.#running[best] ?? this.#total
    for (const [n, part] of this.#parts.entries()) {
      if (
        best >= 0 &&
        (part.firstLine < (this.#parts[best]?.firstLine ?? 0) || part.lastLine > (this.#parts[best]?.lastLine ?? 0))
      )
        continue
      if (
        (this.#running[n] ?? 0) >= total * 0.7 &&
        part.depth > (this.#parts[best]?.depth ?? -1) &&
        !LINE_TAGS.has(part.name) &&
        !TABLE.has(part.name)
      )
        best = n
    }
    return this.#widened(best)
  }

  /**
   * The innermost part with the page's own heading and a good deal of text below it; columns beside it do not count.
   */
  #aroundHeading(): number {
    const parts = this.#lines[this.heading]?.parts ?? []
    const share = (n: number) => (this.#parts[n]?.name === 'article' || this.#parts[n]?.name === 'main' ? 0.25 : 0.4)
    return parts.findLast((n) => (this.#running[n] ?? 0) >= this.#total * share(n)) ?? -1
  }

  /**
   * The surrounding part if it contains more paragraphs of the same story: one of several similar sections, or text
   * beside a column.
   */
  #widened(best: number): number {
    let main = best
    let child = best
    for (
      let n = this.#parts[best]?.parent ?? -1, steps = 0;
      n >= 0 && steps < 3;
      n = this.#parts[n]?.parent ?? -1, steps++
    ) {
      const part = this.#parts[n]
      if (!part || part.name === 'body' || part.name === 'html') break
      const more = (this.#running[n] ?? 0) - (this.#running[child] ?? 0)
      if (more > 0 && this.#runningBeside(n, child) >= more * 0.6) main = n
      child = n
    }
    return main
  }

  /** Running text in `parent` that is in parts like `child`, or in paragraphs of its own. */
  #runningBeside(parent: number, child: number): number {
    const like = this.#parts[child]
    const first = this.#parts[parent]?.firstLine ?? 0
    const last = this.#parts[parent]?.lastLine ?? -1
    let sum = 0
    for (const raw of this.#lines.slice(first, last + 1)) {
      const at = raw.parts.indexOf(parent)
      const beside = raw.parts[at + 1]
      const part = beside === undefined ? undefined : this.#parts[beside]
      if (at === -1 || beside === child || this.#isFurniture(raw)) continue
      if (!part || LINE_TAGS.has(part.name) || (part.name === like?.name && part.hints === like.hints))
        sum += lengthOf(raw)
    }
    return sum
  }

  /** `opening`: the first line of running text. The heading is above it and not far away. */
  #findHeading(titles: readonly string[], opening: number): number {
    let best = -1
    let most = 0
    const headings = this.#lines.filter(({ line }) => /^h[1-6]$/.test(line.tag ?? '') && line.text.length <= 400)
    const names = siteNamesIn(titles, new Set(headings.map(({ line }) => withoutSign(line.text))))
    const folded = titles.map(fold)
    for (const [n, raw] of this.#lines.entries()) {
      const { line } = raw
      // A heading that links to the front page is the site's name.
      if (line.text.length > 400 || this.#isFurniture(raw) || isFrontPage(line.href)) continue
      if (names.size > 0 && names.has(fold(line.text))) continue
      // The date heading of a diary.
      if (line.text.length < 60 && readDate(line.text)?.alone === true) continue
      const found = headingScore(line, this.#ownHints(raw), folded)
      const score =
        found === 0 || opening === -1
          ? found
          : found +
            (this.#isInArticle(raw) ? 0.5 : 0) +
            (n > opening + (found <= UNLIKE && titles.length > 0 ? 1 : 3) ? -5 : opening - n <= 40 ? 1.5 : 0)
      if (score > most) [best, most] = [n, score]
    }
    return best === -1 ? this.#findTitle(folded, opening) : best
  }

  /**
   * If nothing is marked as a heading: the last line above the text that matches the page's title or its longest part.
   */
  #findTitle(titles: readonly string[], opening: number): number {
    const wanted = new Set(
      titles.flatMap((title) => [title, longestPart(title)]).filter((title) => title.includes(' '))
    )
    return this.#lines.findLastIndex(
      (raw, n) =>
        n < opening &&
        raw.line.tag !== 'img' &&
        raw.line.href === undefined &&
        !this.#isFurniture(raw) &&
        wanted.has(fold(raw.line.text))
    )
  }

  #isInArticle({ parts }: RawLine): boolean {
    return parts.some((n) => this.#parts[n]?.name === 'article')
  }

  /** An element around the name contains its label and role as well. */
  #isAround(outer: number, inner: number): boolean {
    return outer !== inner && this.#chain(inner).includes(outer)
  }

  /** A large element is named after its authors only because it contains them, among other things. */
  #isSmall(element: number): boolean {
    const part = this.#parts[element]
    return part !== undefined && part.lastLine - part.firstLine < 4
  }

  /** Finds parts of several lines that are mostly links to other pages, whatever their names. */
  #findLinks(): void {
    const text = this.#sum(({ line }) => (line.tag === 'img' ? 0 : line.text.length))
    const linked = this.#sum(({ line }) => linkedLength(line))
    const lines = this.#sum(({ line }) => (line.tag === 'img' ? 0 : 1))
    const running = this.#running
    for (const [n, part] of this.#parts.entries()) {
      if (!BOXES.has(part.name) || (this.#holdsStory[n] ?? false) || (lines[n] ?? 0) < 4) continue
      const isSmall = (running[n] ?? 0) < this.#total * 0.15
      if (isSmall && (linked[n] ?? 0) > (text[n] ?? 0) * 0.5) this.#isLinks.add(n)
    }
  }

  /** Class words of the two innermost elements. */
  #ownHints({ parts, hints }: RawLine): string {
    return ` ${parts
      .slice(-2)
      .map((n) => this.#parts[n]?.hints ?? '')
      .join(' ')} ${hints} `
  }

  #chain(n: number): number[] {
    const chain: number[] = []
    for (let at = n; at >= 0; at = this.#parts[at]?.parent ?? -1) chain.push(at)
    return chain
  }

  #hintsOf({ parts, hints }: RawLine): string {
    const words = parts
      .filter((n) => !(this.#holdsStory[n] ?? false))
      .map((n) => this.#parts[n]?.hints ?? '')
      .filter((found) => found !== '')
    return ` ${[...words, ...(hints === '' ? [] : [hints])].join(' ')} `
  }

  #withinOf({ parts }: RawLine): ReadonlySet<string> {
    const within = new Set<string>()
    let quote = -1
    for (const n of parts) {
      const part = this.#parts[n]
      if (!part) continue
      if (part.name === 'blockquote') quote = n
      if (this.#isLinks.has(n)) within.add('links')
      if ((part.isHidden || part.isSizeless) && !(this.#holdsStory[n] ?? false)) within.add('hidden')
      // An element around the whole story is just the page's structure; the footer of a quotation names the speaker.
      if (
        TELLING.has(part.name) &&
        !(
          (this.#holdsStory[n] ?? false) &&
          (FURNITURE.has(part.name) || part.name === 'form' || part.name === 'table')
        ) &&
        !(part.name === 'footer' && quote >= 0)
      )
        within.add(part.name)
    }
    return within
  }

  #isFurniture({ parts, line }: RawLine): boolean {
    let quote = false
    for (const n of parts) {
      const part = this.#parts[n]
      if (!part) continue
      if (part.name === 'blockquote') quote = true
      if (part.isHidden || part.isSizeless || (FURNITURE.has(part.name) && !(part.name === 'footer' && quote)))
        return true
    }
    return line.tag === 'img'
  }

  #sum(of: (line: RawLine) => number): number[] {
    const sums = Array.from({ length: this.#parts.length }, () => 0)
    for (const line of this.#lines) {
      const length = of(line)
      if (length > 0) for (const n of line.parts) sums[n] = (sums[n] ?? 0) + length
    }
    return sums
  }
}

/** The highest score of a heading that resembles none of the page's titles. */
const UNLIKE = 6
const TABLE = new Set(['table', 'tbody', 'tr', 'ul', 'ol', 'dl'])

/** Folded, without a decorative sign in front: "■ Bridge closes". */
function withoutSign(text: string): string {
  return fold(text.replace(/^[^\p{L}\p{N}]+/u, ''))
}

function longestPart(title: string): string {
  return title.split(/\s[-–—|•·]\s/).reduce((one, other) => (other.length > one.length ? other : one), '')
}

function isFrontPage(href: string | undefined): boolean {
  return href !== undefined && /^https?:\/\/[^/?#]{1,200}\/?$/i.test(href)
}

function lengthOf({ line }: RawLine): number {
  return line.tag !== 'img' && line.href === undefined && line.text.length >= RUNNING ? line.text.length : 0
}

function toSpan({ kind, from, to, datetime }: RawSpan): LineSpan {
  return { kind, from, to, ...(datetime !== undefined && { datetime }) }
}

const BOXES = new Set(['div', 'section', 'ul', 'ol', 'aside', 'table', 'dl', 'td', 'article'])

function linkedLength({ text, href, tag, runs = [] }: PageLine): number {
  if (tag === 'img') return 0
  return href === undefined ? runs.reduce((sum, run) => sum + (run.link ? run.text.length : 0), 0) : text.length
}

function most(sums: readonly number[]): number {
  return sums.reduce((one, other) => Math.max(one, other), 0)
}

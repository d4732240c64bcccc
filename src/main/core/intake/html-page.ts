import { isCommentMark, isDocsComment, isHidden } from '../../../shared/document/from-html/setting.ts'
import { readStyle } from '../../../shared/document/from-html/style.ts'
import { MARK_TAGS } from '../../../shared/document/from-html/tags.ts'
import { sliceRuns, textOfRuns, trimRuns, type Mark, type Run } from '../../../shared/document/runs.ts'
import type { LineRow, Page, PageLine, PageMeta } from '../../../shared/intake/page.ts'
import { BLOCKS, CALLED, CLOSES, LINE_TAGS, SKIPPED, VOID } from './html-elements.ts'
import { kickerLength } from './html-kicker.ts'
import { datetimeOf, isAuthorMark, isDateMark, isKickerMark, kindOfDate, numberIn } from './html-marks.ts'
import { MetaReader } from './html-meta.ts'
import { PageParts, type Part, type RawLine, type RawSpan } from './html-parts.ts'
import { HtmlTables } from './html-tables.ts'
import { readTags, type Attributes, type TagListener } from './html-tags.ts'
import { OpenLine, type Format, type Saying } from './open-line.ts'
import { PageBase } from './page-base.ts'

/** In deeper elements only the text is read, so that the cost of a page never grows with its nesting. */
const MAX_DEPTH = 200

/**
 * Reads HTML into lines without ever building a tree: blocks break lines, inline elements become marks and links,
 * scripts and styles are passed over. Every visible word comes out once, in order, alternative texts of pictures among
 * them. Yields now and then.
 */
export function* pageOfHtml(html: string, encoding: string): Generator<void, Page> {
  const reader = new PageReader()
  yield* readTags(html, reader)
  return yield* reader.finish(encoding)
}

interface Element extends Saying {
  readonly name: string
  readonly mark: Mark | null
  readonly href: string | null
  readonly ordered: boolean
  /** Of a numbered list: the number of the item before. Of an item: its own, until a line has it. */
  count: number | null
  readonly isReversed: boolean
  /** A word or two above the headline, inside the heading element. */
  readonly isKicker: boolean
  /** Belongs to a margin comment of Word or Google Docs: its mark in the text, or its words. */
  isComment: boolean
  /** The line that contains the mark of a comment and continues after it. */
  readonly around: OpenLine | null
}

class PageReader implements TagListener {
  readonly #stack: Element[] = []
  #tooDeep = 0
  readonly #parts: Part[] = []
  readonly #lines: RawLine[] = []
  readonly #meta = new MetaReader()
  readonly #base = new PageBase()
  readonly #tables = new HtmlTables()
  readonly #formatHere = () => (this.#format ??= formatOf(this.#stack))
  #line = new OpenLine()
  #breaks = 0
  #seenRule = false
  /** The text format at the reader's position; null when it has to be determined again. */
  #format: Format | null = null
  #skipping = ''
  #skipped = ''
  #language = ''
  #direction: Page['direction'] = ''
  /** 1: an inline element has just ended; 2: another one has begun right after it. */
  #seam = 0

  open(tag: string, attributes: Attributes, isClosed: boolean): void {
    if (this.#skipping !== '') return
    const called = CALLED.get(tag)
    const name = called?.name ?? tag
    // As in browsers, the slash of <div/> does not close it.
    const selfClosing = isClosed && VOID.has(name)
    // Browsers save the content of a component as a shadow template; it is part of the page.
    const isShadow = name === 'template' && attributes['shadowrootmode'] !== undefined
    if ((SKIPPED.has(name) && !isShadow) || name === 'title') {
      if (selfClosing) return
      this.#skipping = name
      this.#skipped = ''
      this.#meta.openScript(name, attributes)
      return
    }
    if (name === 'meta')
      this.#meta.meta(
        attributes,
        this.#stack.some(({ says }) => says === 'author')
      )
    else if (attributes['itemprop'] !== undefined) this.#meta.item(attributes)
    if (name === 'base' || (name === 'link' && attributes['rel'] === 'canonical'))
      this.#base.set(attributes['href'] ?? '', name === 'link')
    if (name === 'html' || (name === 'body' && this.#language === '')) this.#setLanguage(attributes)
    if (name === 'br') {
      this.#breakLine()
      return
    }
    if (name === 'img' || name === 'amp-img') {
      this.#picture(attributes)
      return
    }
    const closes = CLOSES[name]
    while (closes?.has(this.#stack.at(-1)?.name ?? '') === true) this.#pop()
    if (BLOCKS.has(name) && this.#stack.at(-1)?.name === 'p') this.#pop()
    const isKicker = isKickerMark(name, attributes) && this.#stack.some((element) => element.name === 'h1')
    if (name === 'small' && !this.#line.isBegun) this.#line.small = 0
    if (BLOCKS.has(name) || isKicker) this.#flush()
    else if ((name === 'td' || name === 'th') && this.#line.isBegun) this.#append(' | ')
    else if (this.#seam === 1 && !MARK_TAGS.has(name)) this.#seam = 2
    if (name === 'hr') this.#seenRule = true
    if (VOID.has(name) || selfClosing) return
    if (this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep += 1
      return
    }
    this.#tables.enter(name, attributes, this.#line.length)
    const hint = called?.hint ?? ''
    this.#push(
      name,
      hint === '' ? attributes : { ...attributes, class: `${attributes['class'] ?? ''}${hint}` },
      isKicker
    )
  }

  #push(name: string, attributes: Attributes, isKicker: boolean): void {
    this.#format = null
    const hints = hintsOf(attributes)
    const { isSizeless } = readStyle(attributes['style'] ?? '')
    const parent = this.#stack.at(-1)?.number ?? -1
    this.#parts.push({
      name,
      depth: this.#stack.length,
      parent,
      hints,
      firstLine: this.#lines.length,
      lastLine: -1,
      isBody: (attributes['itemprop'] ?? '').toLowerCase() === 'articlebody',
      isHidden: isHidden(attributes['hidden'], attributes['style']),
      isSizeless: isSizeless === true
    })
    // Some pages give an element font size zero to close gaps between its boxes; the boxes then set their own size.
    if (isSizeless === false)
      for (const { number } of this.#stack) {
        const around = this.#parts[number]
        if (around) around.isSizeless = false
      }
    const datetime = datetimeOf(name, attributes)
    const element = { name, get: (attribute: string) => attributes[attribute] ?? '' }
    const isComment = isCommentMark(element)
    const around = isComment && !BLOCKS.has(name) ? this.#line : null
    if (around) this.#line = new OpenLine()
    // Google Docs puts each comment in a box, and the whole box is the comment.
    if (isDocsComment(element)) {
      const box = this.#stack.findLast(({ name: outer }) => outer === 'div') ?? this.#stack.at(-1)
      if (box) box.isComment = true
    }
    this.#stack.push({
      isComment,
      around,
      name,
      number: this.#parts.length - 1,
      mark: MARK_TAGS.get(name) ?? null,
      ordered: name === 'ol',
      isReversed: attributes['reversed'] !== undefined,
      count: this.#countOf(name, attributes),
      datetime,
      isKicker,
      href: name === 'a' ? this.#base.linkOf(attributes['href'] ?? '') : null,
      says: isAuthorMark(name, attributes, hints)
        ? 'author'
        : isDateMark(name, attributes, datetime)
          ? kindOfDate(attributes, hints)
          : null
    })
  }

  /** Where a numbered list begins to count, and the next number for an item of one. */
  #countOf(name: string, { start = '', value = '', reversed }: Attributes): number | null {
    // A list that counts down counts up here, because no list of a story counts down.
    if (name === 'ol') return reversed === undefined ? (numberIn(start) ?? 1) - 1 : 0
    if (name !== 'li') return null
    const list = this.#stack.findLast((element) => element.name === 'ol' || element.name === 'ul')
    if (!list || list.count === null) return null
    list.count = (list.isReversed ? null : numberIn(value)) ?? list.count + 1
    return list.count
  }

  /** The number of the item that a line begins. */
  #takeNumber(): number | null {
    const item = this.#stack.findLast(({ name }) => name === 'li')
    const number = item?.count ?? null
    if (item) item.count = null
    return number
  }

  close(tag: string): void {
    const name = CALLED.get(tag)?.name ?? tag
    if (this.#skipping !== '') {
      if (name !== this.#skipping) return
      this.#meta.closeScript(name, this.#skipped)
      this.#skipping = ''
      return
    }
    if (name === 'br') this.#breakLine()
    if (this.#tooDeep > 0 && !VOID.has(name)) {
      if (BLOCKS.has(name)) this.#flush()
      this.#tooDeep -= 1
      return
    }
    const at = this.#stack.findLastIndex((element) => element.name === name)
    if (at === -1) return
    while (this.#stack.length > at) this.#pop()
  }

  #pop(): void {
    const element = this.#stack.at(-1)
    if (!element) return
    this.#format = null
    this.#tables.leave(element.name, this.#line.length)
    if (element.around) {
      const breaks = this.#breaks
      this.#flush()
      this.#breaks = breaks
      this.#line = element.around
    } else if (BLOCKS.has(element.name) || element.isKicker) this.#flush(element.name === 'tr')
    else if (element.mark === null) this.#seam = 1
    if (element.name === 'small' && this.#line.small === 0) this.#line.small = this.#line.length
    const part = this.#parts[element.number]
    if (part) part.lastLine = this.#lines.length - 1
    if (element.name === 'h1' && part?.firstLine === part?.lastLine) this.#keepHeadline()
    this.#stack.pop()
  }

  /** A kicker with nothing else in its heading is the headline, however small it is set. */
  #keepHeadline(): void {
    const last = this.#lines.at(-1)
    if (last?.line.tag === 'kicker')
      this.#lines[this.#lines.length - 1] = { ...last, line: { ...last.line, tag: 'h1' } }
  }

  text(text: string): void {
    if (this.#skipping !== '') {
      if (this.#skipped.length < 500_000) this.#skipped += text
      return
    }
    this.#append(text)
  }

  comment(text: string): void {
    this.#base.readComment(text)
  }

  #append(text: string): void {
    if (this.#line.add(text, this.#formatHere, this.#seam > 0)) this.#seam = 0
  }

  /** A single line break stays inside its paragraph; two in a row, or one at the start, separate paragraphs. */
  #breakLine(): void {
    if (this.#skipping !== '') return
    // A headline broken over two lines is one headline.
    if (this.#stack.some(({ name }) => /^h[1-6]$/.test(name)))
      return this.#line.isSmall && kickerLength(this.#line.take().runs, this.#line.small, []) > 0
        ? this.#flush()
        : this.#append(' ')
    if (this.#line.isBegun) {
      this.#flush()
      this.#breaks = 1
    } else this.#breaks += 1
  }

  #picture(attributes: Attributes): void {
    const alt = (attributes['alt'] ?? '').replace(/\s+/g, ' ').trim()
    if (alt === '' || !/[\p{L}\p{N}]/u.test(alt)) return
    const open = this.#line
    this.#line = new OpenLine()
    // The line around an inline picture continues after it; a row with a picture is more than lines of text.
    this.#tables.broke()
    this.#emit([{ text: alt }], 'img', hintsOf(attributes))
    this.#line = open
  }

  #flush(endsRow = false): void {
    const line = this.#line
    this.#line = new OpenLine()
    this.#seam = 0
    if (!line.isBegun) return
    const { runs, spans, shift, linked } = line.take()
    const row = endsRow ? this.#tables.row(shift, textOfRuns(runs)) : null
    if (!endsRow) this.#tables.broke()
    const kicker = this.#kickerIn(line, runs, spans, linked !== null)
    if (kicker > 0) this.#emit(trimRuns(sliceRuns(runs, 0, kicker)), 'kicker', '')
    const rest = kicker > 0 ? trimRuns(sliceRuns(runs, kicker, textOfRuns(runs).length)) : runs
    if (rest.length > 0) this.#emit(rest, '', '', line.datetime, spans, row, linked)
    this.#breaks = 0
  }

  /** What is set small at the start of the headline, if nothing else is known of its words. */
  #kickerIn({ small }: OpenLine, runs: readonly Run[], spans: readonly RawSpan[], isLinked: boolean): number {
    if (small <= 0 || spans.length > 0 || isLinked || !this.#stack.some(({ name }) => name === 'h1')) return 0
    return kickerLength(runs, small, titlesOf(this.#meta.toMeta(this.#base.address)))
  }

  #emit(
    runs: Run[],
    tag: string,
    ownHints: string,
    datetime = '',
    spans: readonly RawSpan[] = [],
    row: LineRow | null = null,
    linked: PageLine['linked'] | null = null
  ): void {
    const around = this.#stack.findLast(({ name }) => LINE_TAGS.has(name))
    const name =
      tag ||
      (around?.name === 'time'
        ? (this.#stack.findLast((element) => element.name !== 'time' && LINE_TAGS.has(element.name))?.name ?? 'time')
        : (around?.name ?? 'div'))
    // A paragraph inside a quotation is the quotation.
    const called = this.#stack.some(({ isComment }) => isComment)
      ? 'comment'
      : this.#stack.some(({ isKicker }) => isKicker)
        ? 'kicker'
        : name === 'p' && this.#stack.some((element) => element.name === 'blockquote')
          ? 'blockquote'
          : name
    const href = runs.every((run) => run.link !== undefined || run.text.trim() === '')
      ? runs.find((run) => run.link)?.link?.href
      : undefined
    const list = this.#stack.filter((element) => element.name === 'ul' || element.name === 'ol')
    const number = name === 'li' ? this.#takeNumber() : null
    const last = this.#lines.at(-1)
    const joins =
      this.#breaks === 1 &&
      last !== undefined &&
      tag === '' &&
      last.parts.at(-1) === this.#stack.at(-1)?.number &&
      last.line.tag === called
    const line: PageLine = {
      text: textOfRuns(runs),
      runs,
      tag: called,
      ...(datetime !== '' && { datetime }),
      ...(href !== undefined && { href }),
      ...(linked && { linked }),
      ...(joins && { join: 'break' as const }),
      ...(row !== null && { row }),
      ...(this.#seenRule && { ruleAfter: this.#lines.length - 1 }),
      ...(number !== null && { number }),
      ...(name === 'li' && { ordered: list.at(-1)?.ordered ?? false, depth: Math.min(8, Math.max(0, list.length - 1)) })
    }
    this.#seenRule = false
    this.#lines.push({ line, parts: this.#stack.map(({ number }) => number), hints: ownHints, spans })
  }

  *finish(encoding: string): Generator<void, Page> {
    this.#flush()
    while (this.#stack.length > 0) this.#pop()
    // The line around a comment mark that was never closed.
    this.#flush()
    const meta = this.#meta.toMeta(this.#base.address)
    yield
    const parts = new PageParts(this.#parts, this.#lines, titlesOf(meta))
    yield
    const lines = yield* parts.finish()
    return { format: 'html', encoding, language: this.#language, direction: this.#direction, lines, meta }
  }

  #setLanguage(attributes: Attributes): void {
    const language = (attributes['lang'] ?? attributes['xml:lang'] ?? '').trim().replaceAll('_', '-')
    if (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) && language.length <= 35) this.#language = language
    const direction = (attributes['dir'] ?? '').toLowerCase()
    if (direction === 'rtl' || direction === 'ltr') this.#direction = direction
  }
}

function formatOf(stack: readonly Element[]): Format {
  return {
    marks: [...new Set(stack.flatMap(({ mark }) => mark ?? []))],
    href: stack.findLast((element) => element.href !== null)?.href ?? null,
    datetime: stack.findLast(({ datetime }) => datetime !== '')?.datetime ?? '',
    says: stack.findLast(({ says }) => says !== null) ?? null
  }
}

function titlesOf({ headline, title }: PageMeta): string[] {
  return [headline, title].flatMap((found) => (found === undefined || found === '' ? [] : [found]))
}

/** "story__shareBar" as words: story share bar. */
function hintsOf(attributes: Attributes): string {
  const names =
    `${attributes['class'] ?? ''} ${attributes['id'] ?? ''} ${attributes['itemprop'] ?? ''} ${attributes['data-component'] ?? ''}`.slice(
      0,
      400
    )
  return names
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

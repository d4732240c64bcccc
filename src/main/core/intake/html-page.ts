import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { isCommentMark, isDocsComment, isHidden } from '../../../shared/document/from-html/setting.ts'
import { MARK_TAGS } from '../../../shared/document/from-html/tags.ts'
import { isSafeHref, textOfRuns, type Mark, type Run } from '../../../shared/document/runs.ts'
import type { LineSpan, Page, PageLine, PageMeta } from '../../../shared/intake/page.ts'
import { BLOCKS, CLOSES, LINE_TAGS, SKIPPED, VOID } from './html-elements.ts'
import { datetimeOf, isAuthorMark, isDateMark, isKickerMark, kindOfDate } from './html-marks.ts'
import { MetaReader } from './html-meta.ts'
import { PageParts, type Part, type RawLine, type RawSpan } from './html-parts.ts'

/** Elements deeper than this are read for their text alone: the price of a page never grows with its nesting. */
const MAX_DEPTH = 200
/** Characters fed to the tokenizer at a time. */
const SLICE = 128 * 1024
/** Names and dates looked at in one line. */
const MAX_SPANS = 100

/**
 * Reads HTML into lines without ever building a tree: blocks break lines, inline elements become marks and links,
 * scripts and styles are passed over. Every visible word comes out once, in order, alternative texts of pictures among
 * them. Yields now and then.
 */
export function* pageOfHtml(html: string, encoding: string): Generator<void, Page> {
  const reader = new HtmlReader(html)
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, reader)
  for (let at = 0; at < html.length; at += SLICE) {
    tokenizer.write(html.slice(at, at + SLICE))
    yield
  }
  tokenizer.end()
  return yield* reader.finish(encoding)
}

interface Element {
  readonly name: string
  readonly number: number
  readonly mark: Mark | null
  readonly href: string | null
  readonly datetime: string
  readonly ordered: boolean
  /** What the page's markup says that the words in it are. */
  readonly says: LineSpan['kind'] | null
  /** A word or two above the headline, inside its heading. */
  readonly isKicker: boolean
  /** Of a comment from the margin of Word or Google Docs: its mark in the text, or its own words. */
  isComment: boolean
  /** The line that the mark of a comment stands in, and goes on behind it. */
  readonly around: OpenLine | null
}

interface OpenLine {
  runs: Run[]
  /** A word has been seen. */
  isBegun: boolean
  endsInSpace: boolean
  datetime: string
  format: Format | null
  spans: RawSpan[]
  length: number
}

interface Format {
  readonly marks: readonly Mark[]
  readonly href: string | null
  readonly datetime: string
  /** The innermost element that says what its words are. */
  readonly says: Element | null
}

class HtmlReader implements TokenizerCallbacks {
  readonly #html: string
  readonly #stack: Element[] = []
  #tooDeep = 0
  readonly #parts: Part[] = []
  readonly #lines: RawLine[] = []
  readonly #meta = new MetaReader()
  #line: OpenLine = emptyLine()
  #breaks = 0
  #seenRule = false
  /** How text is set where the reader is; null when that has to be looked up again. */
  #format: Format | null = null
  #skipping = ''
  #skipped = ''
  #tag = ''
  #attributes: Record<string, string> = {}
  #attribute = ''
  #value = ''
  #language = ''
  #direction: Page['direction'] = ''
  #base = ''
  #address = ''
  /** An inline element has just ended (1), and another begun right behind it (2). */
  #seam = 0

  constructor(html: string) {
    this.#html = html
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase()
    this.#attributes = {}
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, Math.min(end, start + 100)).toLowerCase()
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.#value.length < 20_000) this.#value += this.#html.slice(start, end)
  }

  onattribentity(code: number): void {
    this.#value += String.fromCodePoint(code)
  }

  onattribend(): void {
    if (!Object.hasOwn(this.#attributes, this.#attribute))
      Object.defineProperty(this.#attributes, this.#attribute, { value: this.#value, enumerable: true })
  }

  onopentagend(): void {
    this.#open(this.#tag, this.#attributes, false)
  }

  onselfclosingtag(): void {
    this.#open(this.#tag, this.#attributes, this.#skipping !== '' || VOID.has(this.#tag))
  }

  onclosetag(start: number, end: number): void {
    this.#close(this.#html.slice(start, end).trim().toLowerCase())
  }

  ontext(start: number, end: number): void {
    this.#text(this.#html.slice(start, end))
  }

  ontextentity(code: number): void {
    this.#text(String.fromCodePoint(code))
  }

  oncomment(start: number, end: number): void {
    const saved = /saved from url=\(\d{1,6}\)(https?:\/\/\S{1,2000})/i.exec(
      this.#html.slice(start, Math.min(end, start + 2200))
    )
    if (saved?.[1] !== undefined && this.#base === '') this.#base = saved[1]
  }

  oncdata(start: number, end: number): void {
    this.#text(this.#html.slice(start, end))
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #open(name: string, attributes: Readonly<Record<string, string>>, selfClosing: boolean): void {
    if (this.#skipping !== '') return
    if (SKIPPED.has(name) || name === 'title') {
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
      this.#setBase(attributes['href'] ?? '', name === 'link')
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
    if (closes && closes.has(this.#stack.at(-1)?.name ?? '')) this.#pop()
    if (BLOCKS.has(name) && this.#stack.at(-1)?.name === 'p') this.#pop()
    const isKicker = isKickerMark(name, attributes) && this.#stack.some((element) => element.name === 'h1')
    if (BLOCKS.has(name) || isKicker) this.#flush()
    else if ((name === 'td' || name === 'th') && this.#line.isBegun) this.#append(' | ')
    else if (this.#seam === 1 && !MARK_TAGS.has(name)) this.#seam = 2
    if (name === 'hr') this.#seenRule = true
    if (VOID.has(name) || selfClosing) return
    if (this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep += 1
      return
    }
    this.#push(name, attributes, isKicker)
  }

  #push(name: string, attributes: Readonly<Record<string, string>>, isKicker: boolean): void {
    this.#format = null
    const hints = hintsOf(attributes)
    const parent = this.#stack.at(-1)?.number ?? -1
    this.#parts.push({
      name,
      depth: this.#stack.length,
      parent,
      hints,
      firstLine: this.#lines.length,
      lastLine: -1,
      isBody: (attributes['itemprop'] ?? '').toLowerCase() === 'articlebody',
      isHidden: isHidden(attributes['hidden'], attributes['style'])
    })
    const datetime = datetimeOf(name, attributes)
    const element = { name, get: (attribute: string) => attributes[attribute] ?? '' }
    const isComment = isCommentMark(element)
    const around = isComment && !BLOCKS.has(name) ? this.#line : null
    if (around) this.#line = emptyLine()
    // All of the box that Google Docs puts a comment in is the comment.
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
      datetime,
      isKicker,
      href: name === 'a' ? this.#safeHref(attributes['href'] ?? '') : null,
      says: isAuthorMark(name, attributes, hints)
        ? 'author'
        : isDateMark(name, attributes, datetime)
          ? kindOfDate(attributes, hints)
          : null
    })
  }

  #close(name: string): void {
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
    if (element.around) {
      const breaks = this.#breaks
      this.#flush()
      this.#breaks = breaks
      this.#line = element.around
    } else if (BLOCKS.has(element.name) || element.isKicker) this.#flush()
    else if (element.mark === null) this.#seam = 1
    const part = this.#parts[element.number]
    if (part) part.lastLine = this.#lines.length - 1
    this.#stack.pop()
  }

  #text(text: string): void {
    if (this.#skipping !== '') {
      if (this.#skipped.length < 500_000) this.#skipped += text
      return
    }
    this.#append(text)
  }

  #append(text: string): void {
    const line = this.#line
    let words = text.replace(/[\t\n\f\r ]+/g, ' ')
    if (words.startsWith(' ') && (line.endsInSpace || !line.isBegun)) words = words.slice(1)
    if (words === '') return
    if (this.#seam > 0 && isGlued(line, words)) words = ` ${words}`
    this.#seam = 0
    line.isBegun = true
    line.endsInSpace = words.endsWith(' ')
    this.#format ??= formatOf(this.#stack)
    line.datetime ||= this.#format.datetime
    if (this.#format.says) addSpan(line, words, this.#format.says)
    line.length += words.length
    if (line.format === this.#format) {
      const last = line.runs.at(-1)
      if (last) last.text += words
      return
    }
    line.format = this.#format
    const { marks, href } = this.#format
    const run: Run = {
      text: words,
      ...(marks.length > 0 && { marks: [...marks] }),
      ...(href !== null && { link: { href } })
    }
    const last = line.runs.at(-1)
    if (last && sameFormat(last, run)) last.text += words
    else line.runs.push(run)
  }

  /** A break in running text is a break inside its paragraph; two in a row, or one at its start, part paragraphs. */
  #breakLine(): void {
    if (this.#skipping !== '') return
    // A headline set in two lines is one.
    if (this.#stack.some(({ name }) => /^h[1-6]$/.test(name))) return this.#append(' ')
    if (this.#line.isBegun) {
      this.#flush()
      this.#breaks = 1
    } else this.#breaks += 1
  }

  #picture(attributes: Readonly<Record<string, string>>): void {
    const alt = (attributes['alt'] ?? '').replace(/\s+/g, ' ').trim()
    if (alt === '' || !/[\p{L}\p{N}]/u.test(alt)) return
    const open = this.#line
    this.#line = emptyLine()
    // The line around an inline picture goes on behind it.
    this.#emit([{ text: alt }], 'img', hintsOf(attributes))
    this.#line = open
  }

  #flush(): void {
    const { runs, isBegun, datetime, spans } = this.#line
    this.#line = emptyLine()
    this.#seam = 0
    if (!isBegun) return
    const trimmed = trimRuns(runs)
    const shift = textOfRuns(runs).length - textOfRuns(runs).trimStart().length
    if (trimmed.length > 0) this.#emit(trimmed, '', '', datetime, spans, shift)
    this.#breaks = 0
  }

  #emit(runs: Run[], tag: string, ownHints: string, datetime = '', spans: readonly RawSpan[] = [], shift = 0): void {
    const text = textOfRuns(runs)
    const around = this.#stack.findLast(({ name }) => LINE_TAGS.has(name))
    const name =
      tag ||
      (around?.name === 'time'
        ? (this.#stack.findLast((element) => element.name !== 'time' && LINE_TAGS.has(element.name))?.name ?? 'time')
        : (around?.name ?? 'div'))
    // A paragraph of a quotation is the quotation.
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
    const last = this.#lines.at(-1)
    const joins =
      this.#breaks === 1 &&
      last !== undefined &&
      tag === '' &&
      last.parts.at(-1) === this.#stack.at(-1)?.number &&
      last.line.tag === called
    const marked = spans
      .map(({ from, to, ...span }) => ({
        ...span,
        from: Math.max(0, from - shift),
        to: Math.min(text.length, to - shift)
      }))
      .filter(({ from, to }) => to > from)
    const line: PageLine = {
      text,
      runs,
      tag: called,
      ...(datetime !== '' && { datetime }),
      ...(href !== undefined && { href }),
      ...(joins && { join: 'break' as const }),
      ...(this.#seenRule && { ruleAfter: this.#lines.length - 1 }),
      ...(name === 'li' && { ordered: list.at(-1)?.ordered ?? false, depth: Math.min(8, Math.max(0, list.length - 1)) })
    }
    this.#seenRule = false
    this.#lines.push({ line, parts: this.#stack.map(({ number }) => number), hints: ownHints, spans: marked })
  }

  *finish(encoding: string): Generator<void, Page> {
    this.#flush()
    while (this.#stack.length > 0) this.#pop()
    // The line around the mark of a comment that was never closed.
    this.#flush()
    const meta = this.#meta.toMeta(this.#address)
    yield
    const parts = new PageParts(this.#parts, this.#lines, titlesOf(meta))
    yield
    const lines = yield* parts.finish()
    return { format: 'html', encoding, language: this.#language, direction: this.#direction, lines, meta }
  }

  #setLanguage(attributes: Readonly<Record<string, string>>): void {
    const language = (attributes['lang'] ?? attributes['xml:lang'] ?? '').trim().replaceAll('_', '-')
    if (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) && language.length <= 35) this.#language = language
    const direction = (attributes['dir'] ?? '').toLowerCase()
    if (direction === 'rtl' || direction === 'ltr') this.#direction = direction
  }

  #setBase(href: string, isCanonical: boolean): void {
    if (!/^https?:\/\//i.test(href)) return
    this.#base = href
    if (isCanonical) this.#address = href.slice(0, 2000)
  }

  /** The address a reader may be sent to, made whole; null for anything that is not one. */
  #safeHref(href: string): string | null {
    const address = href.trim()
    if (address === '' || address.startsWith('#') || address.length > 4000) return null
    if (isSafeHref(address)) return address
    if (/^[a-z][a-z0-9+.-]*:/i.test(address.replace(/[\s\u0000-\u001f]/g, '')) || this.#base === '') return null
    const whole = URL.parse(address, this.#base)?.href
    return whole !== undefined && isSafeHref(whole) && whole.length <= 4000 ? whole : null
  }
}

function emptyLine(): OpenLine {
  return { runs: [], isBegun: false, endsInSpace: false, datetime: '', format: null, spans: [], length: 0 }
}

function formatOf(stack: readonly Element[]): Format {
  return {
    marks: [...new Set(stack.flatMap(({ mark }) => mark ?? []))],
    href: stack.findLast((element) => element.href !== null)?.href ?? null,
    datetime: stack.findLast(({ datetime }) => datetime !== '')?.datetime ?? '',
    says: stack.findLast(({ says }) => says !== null) ?? null
  }
}

/** The words of the innermost element that says what they are; one around it that only adds a label is its frame. */
function addSpan(line: OpenLine, words: string, { says, number, datetime }: Element): void {
  const last = line.spans.at(-1)
  if (says === null) return
  if (last?.element === number && last.to === line.length) last.to += words.length
  else if (line.spans.length < MAX_SPANS)
    line.spans.push({
      kind: says,
      from: line.length,
      to: line.length + words.length,
      element: number,
      ...(datetime !== '' && { datetime })
    })
}

/** "Nora LindStaff Writer": two elements that stand apart on the page, without a space between. */
function isGlued(line: OpenLine, words: string): boolean {
  const before = line.runs.at(-1)?.text.slice(-4) ?? ''
  if (line.length <= 12 && /^(?:by|par|von|por|by:)$/iu.test(before)) return /^\S/u.test(words)
  return /[\p{Ll}\d)]{2}$/u.test(before) && /^[\p{Lu}@]/u.test(words)
}

function titlesOf({ headline, title }: PageMeta): string[] {
  return [headline, title].flatMap((found) => (found === undefined || found === '' ? [] : [found]))
}

function sameFormat(one: Run, other: Run): boolean {
  return one.link?.href === other.link?.href && (one.marks ?? []).join() === (other.marks ?? []).join()
}

function trimRuns(runs: readonly Run[]): Run[] {
  const trimmed = runs.map((run) => ({ ...run }))
  for (let last = trimmed.at(-1); last; last = trimmed.at(-1)) {
    last.text = last.text.trimEnd()
    if (last.text !== '') break
    trimmed.pop()
  }
  const first = trimmed[0]
  if (first) first.text = first.text.trimStart()
  return trimmed.filter((run) => run.text !== '')
}

/** "story__shareBar" as words: story share bar. */
function hintsOf(attributes: Readonly<Record<string, string>>): string {
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

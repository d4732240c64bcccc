import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { isSafeHref, textOfRuns, type Mark, type Run } from '../../../shared/document/runs.ts'
import type { Page, PageLine } from '../../../shared/intake/page.ts'
import { MetaReader } from './html-meta.ts'

/** Elements deeper than this are read for their text alone: the price of a page never grows with its nesting. */
const MAX_DEPTH = 200
/** Characters fed to the tokenizer at a time. */
const SLICE = 128 * 1024
/** Class words kept for one line. */
const MAX_HINTS = 600

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

const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'button',
  'caption',
  'center',
  'dd',
  'details',
  'dialog',
  'dir',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'frameset',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'head',
  'header',
  'hgroup',
  'hr',
  'html',
  'legend',
  'li',
  'main',
  'menu',
  'nav',
  'noscript',
  'ol',
  'optgroup',
  'option',
  'p',
  'picture',
  'pre',
  'search',
  'section',
  'select',
  'summary',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
  'video',
  'audio',
  'textarea',
  'time-block',
  'amp-img'
])
/** What a line is called after, innermost first. */
const LINE_TAGS = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'li',
  'blockquote',
  'figcaption',
  'caption',
  'td',
  'th',
  'dt',
  'dd',
  'address',
  'pre',
  'time'
])
const TELLING = new Set([
  'nav',
  'footer',
  'aside',
  'figure',
  'form',
  'button',
  'select',
  'textarea',
  'dialog',
  'menu',
  'noscript',
  'header',
  'article'
])
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
  'amp-img'
])
const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'noembed',
  'noframes',
  'svg',
  'math',
  'canvas',
  'object'
])
const MARKS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  sub: 'subscript',
  sup: 'superscript'
}
/** A new one closes an open one of its kind, as browsers read it. */
const CLOSES: Readonly<Record<string, ReadonlySet<string>>> = {
  li: new Set(['li', 'p']),
  dt: new Set(['dt', 'dd', 'p']),
  dd: new Set(['dt', 'dd', 'p']),
  tr: new Set(['tr', 'td', 'th']),
  td: new Set(['td', 'th']),
  th: new Set(['td', 'th']),
  option: new Set(['option'])
}

interface Element {
  readonly name: string
  readonly number: number
  readonly hints: string
  readonly isHidden: boolean
  readonly mark: Mark | null
  readonly href: string | null
  readonly datetime: string
  readonly ordered: boolean
}

/** A part of the page: how much running text is in it, and where it is. */
interface Part {
  readonly name: string
  readonly depth: number
  readonly isBody: boolean
  readonly parent: number
  readonly firstLine: number
  lastLine: number
  running: number
  hasHeading: boolean
}

interface OpenLine {
  runs: Run[]
  /** A word has been seen. */
  isBegun: boolean
  endsInSpace: boolean
  datetime: string
  format: Format | null
}

interface Format {
  readonly marks: readonly Mark[]
  readonly href: string | null
  readonly datetime: string
}

interface RawLine {
  readonly line: PageLine
  readonly parts: readonly number[]
  readonly hints: readonly { readonly part: number; readonly hints: string }[]
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
    if (name === 'meta') this.#meta.meta(attributes)
    if (name === 'base' || (name === 'link' && attributes['rel'] === 'canonical'))
      this.#setBase(attributes['href'] ?? '')
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
    if (BLOCKS.has(name)) this.#flush()
    else if ((name === 'td' || name === 'th') && this.#line.isBegun) this.#append(' | ')
    if (VOID.has(name) || selfClosing) return
    if (this.#stack.length >= MAX_DEPTH) {
      this.#tooDeep += 1
      return
    }
    this.#push(name, attributes)
  }

  #push(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#format = null
    const hints = hintsOf(attributes)
    const parent = this.#stack.at(-1)?.number ?? -1
    this.#parts.push({
      name,
      depth: this.#stack.length,
      parent,
      firstLine: this.#lines.length,
      lastLine: -1,
      running: 0,
      hasHeading: false,
      isBody: (attributes['itemprop'] ?? '').toLowerCase() === 'articlebody'
    })
    this.#stack.push({
      name,
      number: this.#parts.length - 1,
      hints,
      mark: MARKS[name] ?? null,
      ordered: name === 'ol',
      isHidden: 'hidden' in attributes || /display\s*:\s*none/i.test(attributes['style'] ?? ''),
      href: name === 'a' ? this.#safeHref(attributes['href'] ?? '') : null,
      datetime: name === 'time' ? (attributes['datetime'] ?? '').slice(0, 60) : ''
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
    if (BLOCKS.has(element.name)) this.#flush()
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
    line.isBegun = true
    line.endsInSpace = words.endsWith(' ')
    this.#format ??= formatOf(this.#stack)
    line.datetime ||= this.#format.datetime
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
    const { runs, isBegun, datetime } = this.#line
    this.#line = emptyLine()
    if (!isBegun) return
    const trimmed = trimRuns(runs)
    if (trimmed.length > 0) this.#emit(trimmed, '', '', datetime)
    this.#breaks = 0
  }

  #emit(runs: Run[], tag: string, ownHints: string, datetime = ''): void {
    const text = textOfRuns(runs)
    const around = this.#stack.findLast(({ name }) => LINE_TAGS.has(name))
    const name =
      tag ||
      (around?.name === 'time'
        ? (this.#stack.findLast((element) => element.name !== 'time' && LINE_TAGS.has(element.name))?.name ?? 'time')
        : (around?.name ?? 'div'))
    // A paragraph of a quotation is the quotation.
    const called = name === 'p' && this.#stack.some((element) => element.name === 'blockquote') ? 'blockquote' : name
    const within = new Set(this.#stack.filter((element) => TELLING.has(element.name)).map((element) => element.name))
    if (this.#stack.some(({ isHidden }) => isHidden)) within.add('hidden')
    // The footer of a quotation names who said it.
    if (
      within.has('footer') &&
      this.#stack.findLastIndex((element) => element.name === 'blockquote') >
        this.#stack.findLastIndex((element) => element.name === 'footer')
    )
      within.delete('footer')
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
    const line: PageLine = {
      text,
      runs,
      tag: called,
      within,
      ...(datetime !== '' && { datetime }),
      ...(href !== undefined && { href }),
      ...(joins && { join: 'break' as const }),
      ...(name === 'li' && { ordered: list.at(-1)?.ordered ?? false, depth: Math.min(8, Math.max(0, list.length - 1)) })
    }
    const hints = this.#stack
      .filter((element) => element.hints !== '')
      .map((element) => ({ part: element.number, hints: element.hints }))
    if (ownHints !== '') hints.push({ part: -1, hints: ownHints })
    this.#lines.push({ line, parts: this.#stack.map(({ number }) => number), hints })
    const isRunning =
      tag === '' && text.length >= 60 && href === undefined && !FURNITURE.some((element) => within.has(element))
    for (const element of this.#stack) {
      const part = this.#parts[element.number]
      if (!part) continue
      if (isRunning) part.running += text.length
      if (name === 'h1') part.hasHeading = true
    }
  }

  *finish(encoding: string): Generator<void, Page> {
    this.#flush()
    while (this.#stack.length > 0) this.#pop()
    const total = this.#parts.reduce((most, { parent, running }) => (parent === -1 ? Math.max(most, running) : most), 0)
    const main = mainPart(this.#parts, total)
    const lines: PageLine[] = []
    for (const [n, { line, hints }] of this.#lines.entries()) {
      if (n % 5000 === 0) yield
      // Class names of what holds most of the text, or the headline, speak of the story and not of furniture.
      const words = hints
        .filter(({ part }) => part === -1 || !holdsStory(this.#parts[part], total))
        .map((hint) => hint.hints)
        .join(' ')
      const isOutside = main !== null && (n < main.firstLine || n > main.lastLine)
      lines.push({
        ...line,
        ...(words !== '' && { hints: ` ${words.slice(-MAX_HINTS)} ` }),
        ...(isOutside && { outside: true })
      })
    }
    return {
      format: 'html',
      encoding,
      language: this.#language,
      direction: this.#direction,
      lines,
      meta: this.#meta.toMeta()
    }
  }

  #setLanguage(attributes: Readonly<Record<string, string>>): void {
    const language = (attributes['lang'] ?? attributes['xml:lang'] ?? '').trim().replaceAll('_', '-')
    if (/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) && language.length <= 35) this.#language = language
    const direction = (attributes['dir'] ?? '').toLowerCase()
    if (direction === 'rtl' || direction === 'ltr') this.#direction = direction
  }

  #setBase(href: string): void {
    if (/^https?:\/\//i.test(href)) this.#base = href
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

const FURNITURE = ['nav', 'footer', 'aside', 'form', 'button', 'dialog', 'menu', 'hidden', 'noscript', 'select']

function emptyLine(): OpenLine {
  return { runs: [], isBegun: false, endsInSpace: false, datetime: '', format: null }
}

function formatOf(stack: readonly Element[]): Format {
  return {
    marks: [...new Set(stack.flatMap(({ mark }) => mark ?? []))],
    href: stack.findLast((element) => element.href !== null)?.href ?? null,
    datetime: stack.findLast(({ datetime }) => datetime !== '')?.datetime ?? ''
  }
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

function holdsStory(part: Part | undefined, total: number): boolean {
  return part !== undefined && (part.hasHeading || (total > 0 && part.running > total * 0.4))
}

/** The innermost part with most of the page's running text; the body the page itself names, where it names one. */
function mainPart(parts: readonly Part[], total: number): Part | null {
  if (total < 200) return null
  const named = parts.filter((part) => part.isBody && part.running > total * 0.3)
  if (named.length === 1 && named[0]) return named[0]
  let best: Part | null = null
  for (const part of parts)
    if (part.running >= total * 0.7 && (best === null || part.depth > best.depth) && !LINE_TAGS.has(part.name))
      best = part
  return best
}

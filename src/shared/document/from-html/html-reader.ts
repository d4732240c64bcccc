import { kindIn, PARAGRAPH, ruleOf, type LineKind } from './block-rules.ts'
import { directionOfText } from '../direction.ts'
import { textOfRuns, type Run } from '../runs.ts'
import { HtmlElement } from './html-element.ts'
import { HtmlTokens, type TokenReader } from './html-tokens.ts'
import { inPieces, joinedRuns, Line } from './line.ts'
import { Lists } from './lists.ts'
import type { NewPicture, ReadBlock } from './new-block.ts'
import { pictureOf } from './pictures.ts'
import { isCommentMark, isDocsComment, isSeen, PLAIN, settingIn, type Setting } from './setting.ts'
import { readStyle, type WordFacts } from './style.ts'
import { lineOfRow, MOST_COLUMNS, MOST_ROWS, TableColumns, type Cell } from './table-rows.ts'
import {
  BLOCK_TAGS,
  BREAKS_OUT,
  CLOSED_BY,
  FORMATTING_TAGS,
  MARK_TAGS,
  RAW_TEXT_TAGS,
  UNSEEN_TAGS,
  VOID_TAGS,
  WALLS
} from './tags.ts'

/** Elements deeper than this are read for their text and no more. */
const MAX_DEPTH = 256
/** Characters of a picture's caption and credit in our model, the credit well below what it could hold. */
const LONGEST_CAPTION = 10_000
const LONGEST_CREDIT = 300
/** Formatting elements of one name that a block can leave open for the next, as in browsers. */
const MOST_REOPENED = 3

const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'caption'])

interface Frame {
  readonly element: HtmlElement
  readonly isBlock: boolean
  /** How its text is set, and what a line of it becomes. */
  setting: Setting
  readonly kind: LineKind
  /** What ends with it. */
  readonly leave: (() => void) | null
}

interface Figure {
  /** Our own pages say so where a picture is still to come. */
  readonly isSlot: boolean
  readonly start: number
  captions: ReadBlock[]
  credit: string
}

/** What was left out of the copy, to be said. */
export interface LeftOut {
  /** Comments from the margin of a Word document. */
  readonly comments: number
}

const P: ReadonlySet<string> = new Set(['p'])
const BUTTON: ReadonlySet<string> = new Set(['button'])
const HEADINGS: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

/**
 * Reads HTML into blocks of our own model. What the model has no place for becomes its text: every visible word is
 * kept, and nothing else of the page gets in. `step` does a bounded amount of work, so a long read need not block.
 */
export class HtmlReader implements TokenReader {
  readonly blocks: ReadBlock[] = []
  readonly #html: string
  readonly #tokens: HtmlTokens
  readonly #frames: Frame[] = []
  /** How many elements of a name are open. */
  readonly #open = new Map<string, number>()
  readonly #ends = new Map<string, number>()
  readonly #line = new Line()
  readonly #lists = new Lists()
  readonly #endBlock = () => this.#endOfBlock()
  readonly #pieces = {
    text: (piece: string) => this.#line.add(piece, this.#setting),
    lineBreak: () => this.#breakLine()
  }
  /** Pictures inside a line stand behind it. */
  #pending: NewPicture[] = []
  #root: Setting = PLAIN
  #tooDeep = 0
  #figure: Figure | null = null
  #table: TableColumns | null = null
  #row: { cells: Cell[] } | null = null
  #quotes = 0
  #comments = 0
  #hasCommentList = false

  constructor(html: string) {
    this.#html = html
    this.#tokens = new HtmlTokens(html, this)
  }

  /** Reads about so many characters further; true when all is read. */
  step(characters: number): boolean {
    if (!this.#tokens.step(characters)) return false
    while (this.#frames.length > 0) this.#pop()
    this.#flush()
    this.#releasePictures()
    return true
  }

  get leftOut(): LeftOut {
    return { comments: Math.max(this.#comments, this.#hasCommentList ? 1 : 0) }
  }

  open(element: HtmlElement): void {
    const { name } = element
    if (name === 'html' || name === 'body' || name === 'head') {
      this.#root = settingIn(this.#root, new HtmlElement(name, new Map([['dir', element.get('dir')]])), false)
      return
    }
    if (this.isForeign() && (BREAKS_OUT.has(name) || (name === 'font' && element.has('style')))) this.#popForeign()
    if (!this.isForeign() && (this.#isSeen || !this.#isStrayCell(name))) this.#closeImplied(name)
    if (name === 'table') this.#closeAround('table')
    if (name === 'button') this.#closeAround('button')
    if (VOID_TAGS.has(name)) return this.#openVoid(element)
    if (this.#frames.length >= MAX_DEPTH) {
      this.#tooDeep += 1
      if (BLOCK_TAGS.has(name)) this.#flush()
      return
    }
    if ((name === 'td' || name === 'th') && this.#table && !this.#row && this.#isSeen)
      this.#push(new HtmlElement('tr', null))
    this.#push(element)
  }

  close(name: string): void {
    if (this.isForeign() && (name === 'p' || name === 'br')) this.#popForeign()
    if (name === 'br') return this.#breakLine()
    if (VOID_TAGS.has(name)) return
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1
      if (BLOCK_TAGS.has(name)) this.#flush()
      return
    }
    const isHeading = HEADINGS.has(name)
    if ((this.#open.get(name) ?? 0) === 0 && !isHeading) {
      if (name === 'p' && this.#isSeen) this.#endOfBlock()
      return
    }
    const isDrawing = name === 'svg' || name === 'math'
    for (let at = this.#frames.length - 1; at >= 0; at -= 1) {
      const around = this.#frames[at]?.element.name ?? ''
      // Any heading's end ends the heading at hand, whatever its level.
      if (around === name || (isHeading && HEADINGS.has(around))) return this.#closeAt(at)
      if (around === 'button' && (name === 'p' || this.#isStrayCell(name))) return
      if (this.#isWall(around) && !isOfTable(name) && !isDrawing) return
    }
  }

  text(text: string): void {
    const setting = this.#setting
    if (!isSeen(setting)) return
    if (setting.sink === 'marker') return this.#lists.addMarker(text)
    if (setting.sink === 'credit' && this.#figure) {
      this.#figure.credit += text
      return
    }
    inPieces(text, setting, this.#pieces)
  }

  isForeign(): boolean {
    return (this.#open.get('svg') ?? 0) + (this.#open.get('math') ?? 0) > 0
  }

  get #top(): Frame | undefined {
    return this.#frames.at(-1)
  }

  get #setting(): Setting {
    return this.#top?.setting ?? this.#root
  }

  get #isSeen(): boolean {
    return isSeen(this.#setting)
  }

  get #kind(): LineKind {
    return this.#top?.kind ?? PARAGRAPH
  }

  #openVoid(element: HtmlElement): void {
    if (!this.#isSeen || !isSeen(settingIn(this.#setting, element, false))) return
    switch (element.name) {
      case 'br':
        if (!element.hasClass('Apple-interchange-newline')) this.#breakLine()
        break
      case 'img':
      case 'image':
        this.#image(element)
        break
      default:
        this.#whole(element)
    }
  }

  /** Puts a block that the element is by itself. */
  #whole(element: HtmlElement): void {
    const whole = ruleOf(element)?.whole
    if (!whole) return
    this.#flush()
    // The rule above Word's footnotes is no break in the story.
    if (element.name !== 'hr' || element.get('width') !== '33%') this.#put(whole(element))
  }

  #push(element: HtmlElement): void {
    const { name } = element
    const around = this.#setting
    const style = readStyle(element.get('style'))
    const kind = kindIn(element)
    let setting = settingIn(around, element, (kind ?? this.#kind).type === 'heading')
    // A control or a drawing that is never closed would swallow the rest of the copy.
    if (
      UNSEEN_TAGS.has(name) &&
      !RAW_TEXT_TAGS.has(name) &&
      setting.sink === 'nowhere' &&
      around.sink !== 'nowhere' &&
      !this.#isClosedLater(name)
    )
      setting = around
    if (isDocsComment(element) && isSeen(setting)) {
      this.#leaveOutBox()
      setting = { ...setting, sink: 'nowhere' }
    }
    if (this.#figure && /(?:^|[\s_-])(?:credit|copyright)/i.test(element.get('class')) && setting.sink === 'copy')
      setting = { ...setting, sink: 'credit' }
    const isBlock = style.display === 'inline' ? false : BLOCK_TAGS.has(name) || style.display === 'block'
    if (setting.sink === 'nowhere') {
      if (around.sink !== 'nowhere') this.#leaveOut(element)
      return this.#add({ element, isBlock: false, setting, kind: this.#kind, leave: null })
    }
    // Hidden elements may hold shown ones, but do nothing by themselves.
    const leave = isSeen(setting) || isBlock ? this.#enter(element, kind, isBlock, style.word, setting) : null
    this.#add({ element, isBlock, setting, kind: kind ?? this.#kind, leave })
  }

  #add(frame: Frame): void {
    this.#frames.push(frame)
    const { name } = frame.element
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1)
  }

  /** Does what an element does when it opens; returns what it does when it ends. */
  #enter(
    element: HtmlElement,
    kind: LineKind | null,
    isBlock: boolean,
    word: WordFacts | undefined,
    setting: Setting
  ): (() => void) | null {
    switch (element.name) {
      case 'ul':
      case 'ol':
      case 'menu':
      case 'dir':
        return this.#enterList(element)
      case 'li':
        return this.#enterItem(element)
      case 'figure':
        return this.#enterFigure(element)
      case 'figcaption':
        return this.#enterCaption()
      case 'table':
        return this.#enterTable(element)
      case 'tr':
        return this.#enterRow(setting)
      case 'td':
      case 'th':
        return this.#enterCell(element, setting)
      case 'q':
        return this.#enterQuotation(setting)
    }
    if (this.#figure?.isSlot === true && element.hasClass('placeholder')) return this.#enterSlot(element)
    if (element.get('data-stringify-type') === 'paragraph-break') this.#endOfBlock()
    if (word?.tabs !== undefined && word.tabs > 0) this.#line.tab(setting, word.tabs)
    if (ruleOf(element)?.whole) {
      return () => this.#whole(element)
    }
    if (!isBlock) return null
    // A heading in an item is a heading: the rest of the item stands below it, as text.
    if (kind?.type === 'heading' && this.#lists.item) {
      this.#flush()
      this.#lists.item = null
    }
    this.#endOfBlock()
    if (!word?.item) return this.#endBlock
    const leave = this.#lists.openParagraph(word.item.depth, word.item.list)
    return () => {
      this.#flush()
      leave()
    }
  }

  #enterList(element: HtmlElement): () => void {
    this.#flush()
    const leave = this.#lists.open(element.name === 'ol', element.number('start', 1))
    return () => {
      this.#flush()
      leave()
    }
  }

  #enterItem(element: HtmlElement): () => void {
    this.#flush()
    const leave = this.#lists.openItem(element)
    return () => {
      this.#flush()
      leave()
    }
  }

  #enterFigure(element: HtmlElement): () => void {
    this.#endOfBlock()
    const before = this.#figure
    const figure: Figure = {
      isSlot: element.hasClass('picture-to-come'),
      start: this.blocks.length,
      captions: [],
      credit: ''
    }
    this.#figure = figure
    return () => {
      this.#endOfBlock()
      this.#releasePictures()
      this.#figure = before
      this.#endFigure(figure)
    }
  }

  /** A caption belongs to the last picture of its figure; without one, or too long for one, it is text below. */
  #endFigure({ start, captions, credit }: Figure): void {
    const said = credit.replace(/\s+/g, ' ').trim()
    const picture = this.blocks.slice(start).findLast((block) => block.type === 'picture')
    const lines = captions.flatMap((block) =>
      'runs' in block ? [block.runs] : 'items' in block ? block.items.map((item) => item.runs) : []
    )
    const caption = lines.map(textOfRuns).join('\n')
    if (picture && caption.length <= LONGEST_CAPTION && said.length <= LONGEST_CREDIT) {
      picture.caption = said === '' ? caption : caption.replace(/(?:(?<!\s)\s+)?[—–|-]\s*$/, '')
      picture.credit = said
      return
    }
    for (const block of captions) this.#put(block)
    if (said !== '') this.#put({ type: 'paragraph', runs: [{ text: said }] })
  }

  #enterCaption(): () => void {
    this.#endOfBlock()
    const start = this.blocks.length
    // A row around the caption has no cells in it.
    const row = this.#row
    this.#row = null
    return () => {
      this.#flush()
      this.#row = row
      if (!this.#figure) return
      for (const block of this.blocks.splice(start)) {
        if (block.type === 'picture') this.blocks.push(block)
        else this.#figure.captions.push(block)
      }
    }
  }

  /** Where our own pages say that a picture is still to come. */
  #enterSlot(element: HtmlElement): () => void {
    this.#endOfBlock()
    this.#put({ type: 'picture', src: '', alt: element.get('aria-label').slice(0, 5000), caption: '', credit: '' })
    const start = this.blocks.length
    return () => {
      this.#flush()
      this.blocks.length = start
    }
  }

  #enterTable(element: HtmlElement): () => void {
    this.#endOfBlock()
    const { table, row } = { table: this.#table, row: this.#row }
    this.#table = new TableColumns(/^(?:presentation|none)$/.test(element.get('role')))
    this.#row = null
    return () => {
      this.#endOfBlock()
      this.#table = table
      this.#row = row
    }
  }

  #enterRow(setting: Setting): () => void {
    this.#endOfBlock()
    // In an item there are only lines; the row is one of them.
    if (this.#lists.item || !this.#isSeen) return this.#endBlock
    const before = this.#row
    const row = { cells: [] as Cell[] }
    this.#row = row
    const start = this.blocks.length
    const columns = this.#table ?? new TableColumns(false)
    return () => {
      this.#flush()
      this.#row = before
      const runs = lineOfRow(row.cells, columns)
      if (!runs) return
      const inCells = new Set(row.cells.flatMap(({ blocks }) => blocks))
      // Misplaced markup leaves words between the cells; browsers show them above.
      const between = this.blocks.splice(start).filter((block) => !inCells.has(block))
      this.#lists.end()
      this.blocks.push(...between)
      if (runs.some((run) => run.text.trim() !== '')) this.#putText(PARAGRAPH, joinedRuns(runs), setting)
    }
  }

  #enterCell(element: HtmlElement, setting: Setting): (() => void) | null {
    const row = this.#row
    if (!row) {
      // Cells without a row: a tab keeps their words apart.
      if (!this.#line.isBlank) this.#line.tab(setting)
      return null
    }
    this.#flush()
    const start = this.blocks.length
    const columns = Math.min(MOST_COLUMNS, Math.max(1, element.number('colspan', 1)))
    const rows = Math.min(MOST_ROWS, Math.max(1, element.number('rowspan', 1)))
    return () => {
      this.#flush()
      this.#releasePictures()
      this.#lists.end()
      if (this.#row === row) row.cells.push({ blocks: this.blocks.slice(start), columns, rows })
    }
  }

  /** A browser writes the marks of a short quotation itself. */
  #enterQuotation(setting: Setting): () => void {
    const [start = '', end = ''] = this.#quotes % 2 === 0 ? ['“', '”'] : ['‘', '’']
    this.#quotes += 1
    this.#line.add(start, setting)
    return () => {
      this.#quotes -= 1
      this.#line.add(end, setting)
    }
  }

  /** All of the box that Google Docs puts a comment in is the comment. */
  #leaveOutBox(): void {
    this.#hasCommentList = true
    const box = this.#frames.findLastIndex(({ element }) => element.name === 'div')
    for (const [n, frame] of this.#frames.entries())
      if (box !== -1 && n >= box) this.#frames[n] = { ...frame, setting: { ...frame.setting, sink: 'nowhere' } }
  }

  #leaveOut(element: HtmlElement): void {
    if (!isCommentMark(element)) return
    if (
      element.hasClass('MsoCommentReference') ||
      element.hasClass('msocomanchor') ||
      element.get('id').startsWith('cmnt_ref')
    )
      this.#comments += 1
    else this.#hasCommentList = true
  }

  #image(element: HtmlElement): void {
    const picture = pictureOf(element)
    if (picture === null) return
    if (typeof picture === 'string') return this.#line.add(picture, this.#setting)
    if (this.#line.isEmpty && !this.#lists.item) {
      this.#put(picture)
      return
    }
    this.#pending.push(picture)
  }

  /** A break; where two part paragraphs, the second ends the block. */
  #breakLine(): void {
    const setting = this.#setting
    if (!isSeen(setting)) return
    if (this.#line.isBlank && !this.#line.isEmpty && !this.#lists.item && this.#kind.type !== 'heading')
      return this.#flush()
    this.#line.break(setting)
  }

  /** Ends the block at hand; in an item, where blocks are lines of it, the line. */
  #endOfBlock(): void {
    if (!this.#lists.item) return this.#flush()
    if (!this.#line.isBlank) this.#line.break(this.#setting)
  }

  /** Ends the line that is being gathered, and puts it where it belongs. */
  #flush(): void {
    const setting = this.#setting
    const runs = this.#line.take()
    if (runs.length > 0) {
      if (this.#lists.item) this.#lists.put(runs, this.blocks, directionOf(runs, setting))
      else this.#putText(this.#kind, runs, setting)
    }
    if (!this.#lists.item && !this.#lists.isOpen) this.#releasePictures()
  }

  #putText(kind: LineKind, runs: Run[], setting: Setting): void {
    const dir = directionOf(runs, setting)
    const isAllBold =
      kind.type === 'heading' && runs.every((run) => run.text.trim() === '' || run.marks?.includes('bold'))
    this.#put({ ...kind.make(isAllBold ? runs.map(withoutBold) : runs), ...(dir !== undefined && { dir }) })
  }

  #put(block: ReadBlock): void {
    this.#lists.end()
    this.blocks.push(block)
  }

  #releasePictures(): void {
    const pending = this.#pending
    this.#pending = []
    for (const picture of pending) this.#put(picture)
  }

  /** Closes what an element's start ends without saying so. */
  #closeImplied(name: string): void {
    if (BLOCK_TAGS.has(name) && (this.#open.get('p') ?? 0) > 0) this.#closeUpTo(P, BUTTON)
    const rule = CLOSED_BY.get(name)
    if (rule) this.#closeUpTo(rule.closes, rule.within)
  }

  /**
   * A table that begins between the cells of another ends that one, and a button ends the button around it, as in
   * browsers: what follows is seen again.
   */
  #closeAround(name: 'table' | 'button'): void {
    if ((this.#open.get(name) ?? 0) === 0) return
    for (let at = this.#frames.length - 1; at >= 0; at -= 1) {
      const around = this.#frames[at]?.element.name ?? ''
      if (around === name) return this.#closeAt(at)
      if (this.#isWall(around)) return
    }
  }

  #closeUpTo(closes: ReadonlySet<string>, within: ReadonlySet<string>): void {
    const isPartOfTable = within.has('table') && (this.#open.get('table') ?? 0) > 0
    // A control left open in a table ends where the next part of the table begins.
    let control: number | null = null
    for (let at = this.#frames.length - 1; at >= 0; at -= 1) {
      const name = this.#frames[at]?.element.name ?? ''
      if (closes.has(name)) return this.#closeAt(at)
      if (isPartOfTable && name === 'button') control = at
      else if (UNSEEN_TAGS.has(name)) return
      else if (control !== null && within.has(name)) return this.#closeAt(control)
      if (
        within.has(name) ||
        (this.#isWall(name) && !closes.has('td') && !closes.has('tr') && !closes.has('tbody')) ||
        name === 'table'
      )
        return
    }
  }

  /** A part of a table where no table is open: browsers pass it over. */
  #isStrayCell(name: string): boolean {
    return isOfTable(name) && name !== 'table' && (this.#open.get('table') ?? 0) === 0
  }

  /** Cells hold nothing back where there is no table: a browser does not open them there. */
  #isWall(name: string): boolean {
    return WALLS.has(name) && (!CELLS.has(name) || (this.#open.get('table') ?? 0) > 0)
  }

  /** Ends the element at a place in the stack, with those inside of it; formatting goes on as browsers let it. */
  #closeAt(at: number): void {
    const frame = this.#frames[at]
    if (!frame) return
    if (at === this.#frames.length - 1) return this.#pop()
    const inner = this.#frames.slice(at + 1)
    if (FORMATTING_TAGS.has(frame.element.name) && inner.some(isSpecial)) return this.#unwrap(at)
    while (this.#frames.length > at) this.#pop()
    if (!frame.isBlock || WALLS.has(frame.element.name)) return
    const counts = new Map<string, number>()
    for (const { element } of inner) {
      const count = (counts.get(element.name) ?? 0) + 1
      counts.set(element.name, count)
      if (
        FORMATTING_TAGS.has(element.name) &&
        (MARK_TAGS.has(element.name) || element.has('style')) &&
        count <= MOST_REOPENED
      )
        this.#push(element)
    }
  }

  /** Takes a formatting element out from around blocks that go on without it. */
  #unwrap(at: number): void {
    const [frame] = this.#frames.splice(at, 1)
    if (!frame) return
    this.#countOff(frame.element.name)
    for (let index = at; index < this.#frames.length; index += 1) {
      const one = this.#frames[index]
      if (one)
        one.setting = settingIn(
          this.#frames[index - 1]?.setting ?? this.#root,
          one.element,
          one.kind.type === 'heading'
        )
    }
  }

  #pop(): void {
    const frame = this.#top
    if (!frame) return
    frame.leave?.()
    this.#frames.pop()
    this.#countOff(frame.element.name)
  }

  #popForeign(): void {
    const at = this.#frames.findIndex(({ element }) => element.name === 'svg' || element.name === 'math')
    while (at >= 0 && this.#frames.length > at) this.#pop()
  }

  #countOff(name: string): void {
    this.#open.set(name, Math.max(0, (this.#open.get(name) ?? 0) - 1))
  }

  /** Whether an end tag of the name is still to come. Each is looked for once. */
  #isClosedLater(name: string): boolean {
    const from = this.#tokens.position
    const known = this.#ends.get(name)
    if (known !== undefined && known >= from) return true
    const end = new RegExp(`</${name}`, 'gi')
    end.lastIndex = from
    const at = known === Infinity ? Infinity : (end.exec(this.#html)?.index ?? Infinity)
    this.#ends.set(name, at)
    return at !== Infinity
  }
}

/** What formatting left open around it goes on inside of, as browsers read it. */
function isSpecial({ isBlock, element }: Frame): boolean {
  return isBlock || element.name === 'button'
}

function isOfTable(name: string): boolean {
  return (
    name === 'table' ||
    name === 'tr' ||
    name === 'td' ||
    name === 'th' ||
    name === 'caption' ||
    name === 'tbody' ||
    name === 'thead' ||
    name === 'tfoot'
  )
}

/** The direction a block says for itself; none where its text reads that way anyway. */
function directionOf(runs: readonly Run[], setting: Setting): 'ltr' | 'rtl' | undefined {
  if (setting.dir === undefined) return undefined
  const own = directionOfText(textOfRuns(runs))
  return setting.dir === (own ?? 'ltr') ? undefined : setting.dir
}

function withoutBold(run: Run): Run {
  const { marks, ...rest } = run
  const left = marks?.filter((mark) => mark !== 'bold') ?? []
  return left.length > 0 ? { ...rest, marks: left } : rest
}

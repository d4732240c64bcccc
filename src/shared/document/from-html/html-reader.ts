import { kindIn, ruleOf, type LineKind } from './block-rules.ts'
import { Figures } from './figures.ts'
import { GatheredBlocks } from './gathered-blocks.ts'
import { HtmlElement } from './html-element.ts'
import { HtmlTokens, type TokenReader } from './html-tokens.ts'
import type { ReadBlock } from './new-block.ts'
import { OpenElements } from './open-elements.ts'
import { pictureOf } from './pictures.ts'
import { isCommentMark, isDocsComment, isSeen, settingIn, type Setting } from './setting.ts'
import { readStyle, type WordFacts } from './style.ts'
import { Tables } from './tables.ts'
import { BLOCK_TAGS, BREAKS_OUT, RAW_TEXT_TAGS, UNSEEN_TAGS, VOID_TAGS } from './tags.ts'

/** Elements nested deeper than this are read only for their text. */
const MAX_DEPTH = 256

/** What was left out of the copy, to be reported. */
export interface LeftOut {
  /** Comments from the margin of a Word document. */
  readonly comments: number
}

/**
 * Reads HTML into blocks of our own model. What the model cannot represent becomes text: every visible word is kept,
 * and nothing else from the page gets in. `step` does a bounded amount of work, so that a long read need not block.
 */
export class HtmlReader implements TokenReader {
  readonly #html: string
  readonly #tokens: HtmlTokens
  readonly #open = new OpenElements((element) => this.#begin(element))
  readonly #copy = new GatheredBlocks(this.#open)
  readonly #figures = new Figures(this.#copy)
  readonly #tables = new Tables(this.#copy)
  /** The position of the next end tag of each name. */
  readonly #ends = new Map<string, number>()
  readonly #endBlock = () => this.#copy.endOfBlock()
  /** How many open elements are nested too deeply to be read for more than their text. */
  #tooDeep = 0
  #quotations = 0
  #comments = 0
  #hasCommentList = false

  constructor(html: string) {
    this.#html = html
    this.#tokens = new HtmlTokens(html, this)
  }

  get blocks(): ReadBlock[] {
    return this.#copy.blocks
  }

  get leftOut(): LeftOut {
    return { comments: Math.max(this.#comments, this.#hasCommentList ? 1 : 0) }
  }

  /** Reads about that many characters further; returns true once everything is read. */
  step(characters: number): boolean {
    if (!this.#tokens.step(characters)) return false
    this.#open.endAll()
    this.#copy.flush()
    this.#copy.releasePictures()
    return true
  }

  open(element: HtmlElement): void {
    const { name } = element
    if (name === 'html' || name === 'body' || name === 'head') {
      const direction = new HtmlElement(name, new Map([['dir', element.get('dir')]]))
      this.#open.root = settingIn(this.#open.root, direction, false)
      return
    }
    if (this.isForeign() && (BREAKS_OUT.has(name) || (name === 'font' && element.has('style')))) this.#open.endForeign()
    this.#open.endBefore(name)
    if (VOID_TAGS.has(name)) return this.#void(element)
    if (this.#open.depth >= MAX_DEPTH) {
      this.#tooDeep += 1
      if (BLOCK_TAGS.has(name)) this.#copy.flush()
      return
    }
    if ((name === 'td' || name === 'th') && this.#tables.isBetweenRows && this.#isSeen)
      this.#begin(new HtmlElement('tr', null))
    this.#begin(element)
  }

  close(name: string): void {
    if (this.isForeign() && (name === 'p' || name === 'br')) this.#open.endForeign()
    if (name === 'br') return this.#copy.breakLine()
    if (VOID_TAGS.has(name)) return
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1
      if (BLOCK_TAGS.has(name)) this.#copy.flush()
      return
    }
    const wasOpen = this.#open.end(name)
    if (!wasOpen && name === 'p' && this.#isSeen) this.#copy.endOfBlock()
  }

  text(text: string): void {
    const { setting } = this.#open
    if (!isSeen(setting)) return
    if (setting.sink === 'marker') return this.#copy.lists.addMarker(text)
    if (setting.sink === 'credit' && this.#figures.credit(text)) return
    this.#copy.text(text)
  }

  isForeign(): boolean {
    return this.#open.isForeign
  }

  get #isSeen(): boolean {
    return isSeen(this.#open.setting)
  }

  /** Reads an element that has no end tag. */
  #void(element: HtmlElement): void {
    if (!this.#isSeen || !isSeen(settingIn(this.#open.setting, element, false))) return
    switch (element.name) {
      case 'br':
        if (!element.hasClass('Apple-interchange-newline')) this.#copy.breakLine()
        break
      case 'img':
      case 'image':
        this.#image(element)
        break
      default:
        this.#whole(element)
    }
  }

  #image(element: HtmlElement): void {
    const picture = pictureOf(element)
    if (typeof picture === 'string') this.#copy.line.add(picture, this.#open.setting)
    else if (picture) this.#copy.picture(picture)
  }

  /** Adds the block that an element becomes as a whole. */
  #whole(element: HtmlElement): void {
    const whole = ruleOf(element)?.whole
    if (!whole) return
    this.#copy.flush()
    // The rule above Word's footnotes is not a break in the story.
    if (element.name !== 'hr' || element.get('width') !== '33%') this.#copy.put(whole(element))
  }

  #begin(element: HtmlElement): void {
    const { name } = element
    const around = this.#open.setting
    const style = readStyle(element.get('style'))
    const kind = kindIn(element)
    const kindHere = kind ?? this.#open.kind
    let setting = settingIn(around, element, kindHere.type === 'heading')
    // An unclosed control or drawing would swallow the rest of the copy.
    if (
      UNSEEN_TAGS.has(name) &&
      !RAW_TEXT_TAGS.has(name) &&
      setting.sink === 'nowhere' &&
      around.sink !== 'nowhere' &&
      !this.#isClosedLater(name)
    )
      setting = around
    if (isDocsComment(element) && isSeen(setting)) {
      this.#hasCommentList = true
      // Everything in the box in which Google Docs puts a comment belongs to the comment.
      this.#open.silence('div')
      setting = { ...setting, sink: 'nowhere' }
    }
    if (
      this.#figures.isOpen &&
      /(?:^|[\s_-])(?:credit|copyright)/i.test(element.get('class')) &&
      setting.sink === 'copy'
    )
      setting = { ...setting, sink: 'credit' }
    const isBlock = style.display === 'inline' ? false : BLOCK_TAGS.has(name) || style.display === 'block'
    if (setting.sink === 'nowhere') {
      if (around.sink !== 'nowhere') this.#leaveOut(element)
      return this.#open.add({ element, isBlock: false, setting, kind: this.#open.kind, leave: null })
    }
    // Hidden elements may contain visible ones, but do nothing themselves.
    const leave = isSeen(setting) || isBlock ? this.#enter(element, kind, isBlock, style.word, setting) : null
    this.#open.add({ element, isBlock, setting, kind: kindHere, leave })
  }

  /** Does what an element requires when it opens; returns what to do when it ends. */
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
        return this.#enterLines(() => this.#copy.lists.open(element.name === 'ol', element.number('start', 1)))
      case 'li':
        return this.#enterLines(() => this.#copy.lists.openItem(element))
      case 'figure':
        return this.#figures.enterFigure(element)
      case 'figcaption':
        return this.#enterCaption()
      case 'table':
        return this.#tables.enterTable(element, setting)
      case 'thead':
        return this.#tables.enterHead()
      case 'tr':
        return this.#tables.enterRow(setting)
      case 'td':
      case 'th':
        return this.#tables.enterCell(element, setting)
      case 'q':
        return this.#enterQuotation(setting)
    }
    if (this.#figures.isSlotHere(element)) return this.#figures.enterSlot(element)
    if (element.get('data-stringify-type') === 'paragraph-break') this.#copy.endOfBlock()
    if (word?.tabs !== undefined && word.tabs > 0) this.#copy.line.tab(setting, word.tabs)
    if (ruleOf(element)?.whole) return () => this.#whole(element)
    if (!isBlock) return null
    // A heading inside an item stays a heading: the rest of the item follows it as text.
    if (kind?.type === 'heading' && this.#copy.lists.item) {
      this.#copy.flush()
      this.#copy.lists.item = null
    }
    this.#copy.endOfBlock()
    if (!word?.item) return this.#endBlock
    return this.#leaving(this.#copy.lists.openParagraph(word.item.depth, word.item.list))
  }

  /** Enters a list or an item; the current line is not part of it. */
  #enterLines(open: () => () => void): () => void {
    this.#copy.flush()
    return this.#leaving(open())
  }

  #leaving(leave: () => void): () => void {
    return () => {
      this.#copy.flush()
      leave()
    }
  }

  #enterCaption(): () => void {
    const leave = this.#figures.enterCaption()
    // A row around the caption contains no cells.
    const giveRowBack = this.#tables.enterWithoutRow()
    return () => {
      leave()
      giveRowBack()
    }
  }

  /** Browsers add the quotation marks of a short quotation themselves. */
  #enterQuotation(setting: Setting): () => void {
    const [start = '', end = ''] = this.#quotations % 2 === 0 ? ['“', '”'] : ['‘', '’']
    this.#quotations += 1
    this.#copy.line.add(start, setting)
    return () => {
      this.#quotations -= 1
      this.#copy.line.add(end, setting)
    }
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

  /** Whether an end tag of that name is still to come. Each position is searched for only once. */
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

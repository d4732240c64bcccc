import type { Mark, Run } from '../../../shared/document/runs.ts'
import { isSafeHref, marks as allMarks } from '../../../shared/document/runs.ts'
import { canonicalRuns } from '../../../shared/document/diff/canonical-runs.ts'
import type { NewBlock } from './plain-import.ts'

/** A picture that came along as bytes. Pictures elsewhere are never fetched: of those the words stay. */
export interface InlinePicture {
  readonly src: string
  readonly alt: string
}

export type ImportedBlock = NewBlock | { readonly type: 'picture'; readonly picture: InlinePicture; caption: string }

type TextKind = { type: 'paragraph' } | { type: 'quote' } | { type: 'heading'; level: 2 | 3 | 4 }

interface Frame {
  readonly element: Element
  /** What to put back when the element is left. */
  readonly leave: (() => void)[]
}

const SKIPPED = new Set([
  'SCRIPT',
  'STYLE',
  'TEMPLATE',
  'HEAD',
  'NOSCRIPT',
  'IFRAME',
  'OBJECT',
  'EMBED',
  'CANVAS',
  'VIDEO',
  'AUDIO',
  'SVG',
  'MATH',
  'INPUT',
  'SELECT',
  'DATALIST',
  'META',
  'LINK',
  'TITLE'
])
const BLOCKS = new Set([
  'ADDRESS',
  'ARTICLE',
  'ASIDE',
  'BODY',
  'BLOCKQUOTE',
  'CENTER',
  'DD',
  'DETAILS',
  'DIALOG',
  'DIV',
  'DL',
  'DT',
  'FIELDSET',
  'FIGCAPTION',
  'FIGURE',
  'FOOTER',
  'FORM',
  'H1',
  'H2',
  'H3',
  'H4',
  'H5',
  'H6',
  'HEADER',
  'HGROUP',
  'HR',
  'LEGEND',
  'LI',
  'MAIN',
  'MENU',
  'NAV',
  'OL',
  'P',
  'PRE',
  'SECTION',
  'SUMMARY',
  'TABLE',
  'TBODY',
  'TFOOT',
  'THEAD',
  'TR',
  'UL',
  'CAPTION',
  'SEARCH'
])
const MARK_TAGS: Readonly<Record<string, Mark>> = {
  B: 'bold',
  STRONG: 'bold',
  I: 'italic',
  EM: 'italic',
  CITE: 'italic',
  DFN: 'italic',
  VAR: 'italic',
  U: 'underline',
  INS: 'underline',
  S: 'strikethrough',
  STRIKE: 'strikethrough',
  DEL: 'strikethrough',
  CODE: 'code',
  KBD: 'code',
  SAMP: 'code',
  TT: 'code',
  SUB: 'subscript',
  SUP: 'superscript'
}
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const CONTROLS = new RegExp(CONTROL, 'g')
const LEVELS: Readonly<Record<string, 2 | 3 | 4>> = { H1: 2, H2: 2, H3: 3, H4: 4, H5: 4, H6: 4 }

/**
 * Reads an inert document into blocks of our own model. What the model has no place for becomes its text: every visible
 * word is kept, and nothing else of the page gets in. `step` does a bounded amount of work, so a long paste need not
 * block a frame.
 */
export class HtmlImport {
  readonly blocks: ImportedBlock[] = []
  readonly #root: Node
  #next: Node | null
  readonly #frames: Frame[] = []
  /** Of the text that is being read, in the order they are written in. */
  #marks: Mark[] = []
  #runs: Run[] = []
  #kind: TextKind = { type: 'paragraph' }
  #link: Run['link']
  #preserved = 0
  /** Lists around, outermost first: whether each is numbered. */
  readonly #lists: boolean[] = []
  #item: { depth: number; ordered: boolean } | null = null
  #listBlock: Extract<NewBlock, { type: 'list' }> | null = null

  constructor(root: Node) {
    this.#root = root
    this.#next = root
  }

  /** Goes on for about so many nodes; answers whether it is done. */
  step(nodes: number): boolean {
    for (let count = 0; count < nodes && this.#next; count += 1) this.#next = this.#visit(this.#next)
    if (this.#next) return false
    this.#flush()
    return true
  }

  #visit(node: Node): Node | null {
    const inner = this.#take(node)
    if (inner) return inner
    for (let current: Node | null = node; current; current = current.parentNode) {
      this.#leave(current)
      if (current === this.#root) return null
      const next = current.nextSibling
      if (next) return next
    }
    return null
  }

  /** Takes in what the node itself says; answers the first node in it that is still to be visited. */
  #take(node: Node): Node | null {
    switch (node.nodeType) {
      case Node.TEXT_NODE:
        this.#text(node.nodeValue ?? '')
        return null
      case Node.ELEMENT_NODE:
        if (!this.#enter(node as Element)) return null
        // Most elements hold nothing but text, and to ask for that costs less than to visit its nodes.
        if ((node as Element).firstElementChild) return node.firstChild
        this.#text(node.textContent ?? '')
        return null
      case Node.DOCUMENT_NODE:
      case Node.DOCUMENT_FRAGMENT_NODE:
        return node.firstChild
      default:
        return null
    }
  }

  #text(text: string): void {
    if (this.#preserved > 0) this.#add(text.replace(/\r\n?/g, '\n'))
    else this.#add(/[\t\n\r\f]| {2}/.test(text) ? text.replace(/[ \t\n\r\f]+/g, ' ') : text)
  }

  /** Answers whether to go into it. */
  #enter(element: Element): boolean {
    const tag = element.tagName.toUpperCase()
    const style = element.getAttribute('style') ?? ''
    if (SKIPPED.has(tag) || isHidden(element, style)) return false
    if (tag === 'BR') {
      this.#add('\n', true)
      return false
    }
    if (tag === 'IMG') {
      this.#image(element)
      return false
    }
    const leave: (() => void)[] = []
    this.#frames.push({ element, leave })
    if (BLOCKS.has(tag)) this.#enterBlock(tag, element, style, leave)
    else if ((tag === 'TD' || tag === 'TH') && element.previousElementSibling) this.#add('\t', true)
    this.#enterInline(tag, element, style, leave)
    return true
  }

  #enterBlock(tag: string, element: Element, style: string, leave: (() => void)[]): void {
    // A paragraph inside an item is a line of the item, not a block that ends it.
    const inItem = this.#item !== null && !['LI', 'UL', 'OL', 'MENU'].includes(tag)
    if (inItem) this.#breakLine()
    else this.#flush()
    leave.push(() => (inItem && this.#item ? this.#breakLine() : this.#flush()))
    const kind = this.#kind
    const level = LEVELS[tag]
    const word = wordListLevel(element, style)
    if (level) this.#kind = { type: 'heading', level }
    else if (tag === 'BLOCKQUOTE') this.#kind = { type: 'quote' }
    else if (tag === 'UL' || tag === 'OL' || tag === 'MENU') {
      const item = this.#item
      this.#item = null
      if (this.#lists.length === 0) this.#listBlock = null
      this.#lists.push(tag === 'OL')
      leave.push(() => {
        this.#lists.pop()
        this.#item = item
        if (this.#lists.length === 0) this.#listBlock = null
      })
    } else if (tag === 'LI') {
      const item = this.#item
      this.#item = { depth: Math.min(8, Math.max(0, this.#lists.length - 1)), ordered: this.#lists[0] ?? false }
      leave.push(() => {
        this.#item = item
      })
    } else if (word) {
      this.#item = word
      leave.push(() => {
        this.#item = null
      })
    } else if (!inItem && this.#lists.length === 0) this.#listBlock = null
    if (this.#kind !== kind)
      leave.push(() => {
        this.#kind = kind
      })
    if (tag === 'FIGCAPTION') {
      const start = this.blocks.length
      leave.push(() => this.#captionPicture(start))
    }
    if (tag === 'PRE') {
      this.#preserved += 1
      leave.push(() => {
        this.#preserved -= 1
      })
    }
  }

  #enterInline(tag: string, element: Element, style: string, leave: (() => void)[]): void {
    const added = marksOf(tag, style)
    if (added.length > 0) {
      const before = this.#marks
      this.#marks = allMarks.filter((mark) => before.includes(mark) || added.includes(mark))
      leave.push(() => {
        this.#marks = before
      })
    }
    if (/white-space:\s*(?:pre|break-spaces)/i.test(style)) {
      this.#preserved += 1
      leave.push(() => {
        this.#preserved -= 1
      })
    }
    const href = tag === 'A' ? (element.getAttribute('href') ?? '').trim() : ''
    if (href !== '' && href.length <= 4000 && isSafeHref(href)) {
      const before = this.#link
      const title = element.getAttribute('title')
      this.#link = { href, ...(title && title.length <= 1000 ? { title } : {}) }
      leave.push(() => {
        this.#link = before
      })
    }
  }

  #leave(node: Node): void {
    const frame = this.#frames.at(-1)
    if (frame?.element !== node) return
    this.#frames.pop()
    for (const step of frame.leave) step()
  }

  #image(element: Element): void {
    const src = element.getAttribute('src') ?? ''
    const alt = (element.getAttribute('alt') ?? '').trim()
    if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i.test(src)) {
      this.#flush()
      this.#listBlock = null
      this.blocks.push({ type: 'picture', picture: { src, alt }, caption: '' })
    } else if (alt !== '') {
      this.#add(alt)
    }
  }

  /** The caption of a picture that came along is its caption, not a paragraph below it. */
  #captionPicture(start: number): void {
    const figure = this.blocks[start - 1]
    const written = this.blocks.slice(start)
    if (figure?.type !== 'picture' || figure.caption !== '' || written.length === 0) return
    const lines = written.map((block) => ('runs' in block ? block.runs.map((run) => run.text).join('') : null))
    if (lines.includes(null)) return
    figure.caption = lines.join('\n')
    this.blocks.length = start
  }

  #breakLine(): void {
    if (this.#runs.some((run) => run.text.trim() !== '') && !/\n *$/.test(this.#runs.at(-1)?.text ?? ''))
      this.#add('\n', true)
  }

  #add(text: string, isExact = this.#preserved > 0): void {
    let added = CONTROL.test(text) ? text.replaceAll(CONTROLS, '') : text
    if (!isExact) {
      const before = this.#runs.at(-1)?.text ?? '\n'
      if (added.startsWith(' ') && /[ \n\t]$/.test(before)) added = added.slice(1)
    } else if (added === '\n' || added === '\t') {
      const last = this.#runs.at(-1)
      if (last && this.#preserved === 0)
        this.#runs[this.#runs.length - 1] = { ...last, text: last.text.replace(/ +$/, '') }
    }
    if (added === '') return
    const run: Run = { text: added }
    if (this.#marks.length > 0) run.marks = this.#marks
    if (this.#link) run.link = this.#link
    this.#runs.push(run)
  }

  /** Ends the line that is being gathered. A line of nothing but space is none. */
  #flush(): void {
    const runs = trimmed(this.#runs)
    this.#runs = []
    if (runs.length === 0) return
    if (this.#item) {
      const { depth, ordered } = this.#item
      if (!this.#listBlock || this.#listBlock.ordered !== ordered) {
        this.#listBlock = { type: 'list', ordered, items: [] }
        this.blocks.push(this.#listBlock)
      }
      this.#listBlock.items.push({ runs, depth })
      return
    }
    this.#listBlock = null
    this.blocks.push({ ...this.#kind, runs } as NewBlock)
  }
}

function trimmed(runs: readonly Run[]): Run[] {
  const joined = canonicalRuns(runs)
  while (joined[0] && joined[0].text.trimStart() !== joined[0].text) {
    const text = joined[0].text.replace(/^[ \n\t]+/, '')
    if (text === joined[0].text) break
    if (text === '') joined.shift()
    else joined[0] = { ...joined[0], text }
  }
  for (let last = joined.at(-1); last; last = joined.at(-1)) {
    const text = last.text.replace(/[ \n\t]+$/, '')
    if (text === last.text) break
    if (text === '') joined.pop()
    else joined[joined.length - 1] = { ...last, text }
  }
  return joined.every((run) => run.text.trim() === '') ? [] : joined
}

function isHidden(element: Element, style: string): boolean {
  if (element.hasAttribute('hidden')) return true
  return style !== '' && (/display:\s*none|visibility:\s*hidden/i.test(style) || /mso-list:\s*Ignore/i.test(style))
}

function marksOf(tag: string, style: string): Mark[] {
  const named = MARK_TAGS[tag]
  const found: Mark[] = named ? [named] : []
  if (style === '') return found
  // Google's documents wrap everything in a <b> that is not bold.
  if (named === 'bold' && /font-weight:\s*(?:normal|400)/i.test(style)) found.pop()
  // What sets a whole heading bold is its type, not its text.
  if (!LEVELS[tag] && /font-weight:\s*(?:bold|bolder|[6-9]00)/i.test(style)) found.push('bold')
  if (/font-style:\s*(?:italic|oblique)/i.test(style)) found.push('italic')
  // Links are underlined because they are links.
  if (tag !== 'A' && /text-decoration(?:-line)?:[^;]*underline/i.test(style)) found.push('underline')
  if (/text-decoration(?:-line)?:[^;]*line-through/i.test(style)) found.push('strikethrough')
  if (/vertical-align:\s*sub/i.test(style)) found.push('subscript')
  if (/vertical-align:\s*super/i.test(style)) found.push('superscript')
  return found
}

/** Word writes its lists as paragraphs with the bullet as hidden text. */
function wordListLevel(element: Element, style: string): { depth: number; ordered: boolean } | null {
  const level = /mso-list:[^;]*\blevel(\d)/i.exec(style)?.[1]
  if (level === undefined) return null
  const marker = element.querySelector('[style*="mso-list:Ignore"]')?.textContent ?? ''
  return { depth: Math.min(8, Math.max(0, Number(level) - 1)), ordered: /^\s*[\p{L}\p{N}]+[.)]/u.test(marker) }
}

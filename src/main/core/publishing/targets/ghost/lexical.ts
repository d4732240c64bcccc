import { isKnown, type Block, type StoredBody } from '../../../../../shared/document/document.ts'
import type { ListBlock } from '../../../../../shared/document/blocks/list/list.ts'
import type { ImageUse } from '../../../../../shared/document/image-use.ts'
import { blockToHtml } from '../../../../../shared/document/to-html.ts'
import { textToHtml, type HtmlOptions } from '../../../../../shared/document/blocks/markup.ts'
import { isSafeHref, type Mark, type Run } from '../../../../../shared/document/runs.ts'

type Json = Readonly<Record<string, unknown>>

export interface LexicalOptions {
  /** Identifies the post; kept in the root, where readers do not see it. */
  readonly mark: string
  readonly html: HtmlOptions
  /** Placed above and below the body, as HTML. */
  readonly above: readonly string[]
  readonly below: readonly string[]
}

/**
 * A body as the Lexical JSON of Ghost's editor, so that it can be edited further there. Paragraphs, headings, lists,
 * quotes, pictures and dividers become Ghost's own; everything else becomes an HTML card, which Ghost leaves unchanged.
 */
export function lexicalOf(body: StoredBody, { mark, html, above, below }: LexicalOptions): string {
  const card = (text: string): Json[] => (text === '' ? [] : [{ type: 'html', version: 1, html: text }])
  const children = [
    ...above.flatMap((text) => card(text)),
    ...body.blocks.flatMap((block) => nodesOf(block, html)),
    ...below.flatMap((text) => card(text))
  ]
  const root = element('root', children.length > 0 ? children : [element('paragraph', [])])
  return JSON.stringify({ root: { ...root, galley: mark } })
}

export function nodesOf(block: Block, html: HtmlOptions): Json[] {
  // Ghost's nodes have no direction or language of their own.
  if (isKnown(block) && block.dir === undefined && block.lang === undefined) {
    if (block.type === 'paragraph') return block.runs.length === 0 ? [] : [element('paragraph', inline(block.runs))]
    if (block.type === 'heading' && block.runs.length > 0)
      return [{ ...element('extended-heading', inline(block.runs)), tag: `h${block.level}` }]
    const ownList = block.type === 'list' ? listOf(block) : null
    if (ownList) return [ownList]
    if (block.type === 'quote') return block.runs.length === 0 ? [] : [element('extended-quote', inline(block.runs))]
    if (block.type === 'divider') return [{ type: 'horizontalrule', version: 1 }]
    if (block.type === 'image') return imageOf(block.image, html)
  }
  const text = blockToHtml(block, html)
  return text === '' ? [] : [{ type: 'html', version: 1, html: text }]
}

interface List {
  /** Of its latest item. */
  depth: number
  readonly ordered: boolean
  /** The number of its next item. */
  next: number
  readonly items: Json[]
}

/**
 * Skipped depths open one level, as in HTML. A list inside a list has an item to itself, as Ghost's editor makes it. Null
 * where a level goes on with the other kind of marker, which Ghost renders as a list outside the item it belongs to.
 */
function listOf(block: ListBlock): Json | null {
  const start = block.start ?? 1
  const outermost: List = { depth: 0, ordered: block.items[0]?.ordered ?? block.ordered, next: start, items: [] }
  const open = [outermost]
  for (const item of block.items) {
    const ordered = item.ordered ?? block.ordered
    while (item.depth <= (open.at(-2)?.depth ?? -1)) open.pop()
    let level = open.at(-1) ?? outermost
    if (item.depth > level.depth && level.items.length > 0) {
      const inner: List = { depth: item.depth, ordered, next: 1, items: [] }
      level.items.push(listItem([listNode(inner, 1)], level.next))
      open.push(inner)
      level = inner
    } else if (level !== outermost && level.ordered !== ordered) return null
    level.depth = item.depth
    level.items.push(listItem(inline(item.runs), level.next))
    level.next += 1
  }
  return listNode(outermost, start)
}

function listNode({ ordered, items }: List, start: number): Json {
  const kind = ordered ? { listType: 'number', tag: 'ol', start } : { listType: 'bullet', tag: 'ul', start: 1 }
  return { ...element('list', items), ...kind }
}

function listItem(children: readonly Json[], value: number): Json {
  return { ...element('listitem', children), value }
}

/** An empty slot is not published. */
function imageOf(image: ImageUse, html: HtmlOptions): Json[] {
  const source = html.picture?.(image)
  if (!source) return []
  const { src, width = null, height = null } = source
  const rest = { title: '', alt: image.alt, caption: captionHtml(image), cardWidth: 'regular', href: '' }
  return [{ type: 'image', version: 1, src, width, height, ...rest }]
}

/** Caption and credit in the one place Ghost has for both. */
export function captionHtml({ caption, credit }: { readonly caption: string; readonly credit: string }): string {
  return [textToHtml(caption), credit === '' ? '' : `(${textToHtml(credit)})`].filter(Boolean).join(' ')
}

const FORMATS: Readonly<Record<Mark, number>> = {
  bold: 1,
  italic: 2,
  strikethrough: 4,
  underline: 8,
  code: 16,
  subscript: 32,
  superscript: 64
}

function inline(runs: readonly Run[]): Json[] {
  return runs.flatMap((run): Json[] => {
    const nodes = texts(run)
    if (nodes.length === 0) return []
    if (!run.link || !isSafeHref(run.link.href)) return nodes
    const rel = typeof run.link['rel'] === 'string' ? run.link['rel'] : null
    return [{ ...element('link', nodes), url: run.link.href, rel, target: null, title: run.link.title ?? null }]
  })
}

/** A run, with its line breaks as separate nodes. */
function texts({ text, marks = [] }: Run): Json[] {
  const format = marks.reduce((sum, mark) => sum | (FORMATS[mark as Mark] ?? 0), 0)
  return text
    .split('\n')
    .flatMap((line, at): Json[] => [
      ...(at === 0 ? [] : [{ type: 'linebreak', version: 1 }]),
      ...(line === ''
        ? []
        : [{ type: 'extended-text', version: 1, detail: 0, format, mode: 'normal', style: '', text: line }])
    ])
}

function element(type: string, children: readonly Json[]): Json {
  return { type, version: 1, children, direction: null, format: '', indent: 0 }
}

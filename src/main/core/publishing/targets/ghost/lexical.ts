import { isKnown, type Block, type StoredBody } from '../../../../../shared/document/document.ts'
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
 * A body as the Lexical JSON of Ghost's editor, so that it can be edited further there. Paragraphs, headings, pictures
 * and dividers become Ghost's own; everything else becomes an HTML card, which Ghost leaves unchanged.
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
    if (block.type === 'divider') return [{ type: 'horizontalrule', version: 1 }]
    if (block.type === 'image') return imageOf(block.image, html)
  }
  const text = blockToHtml(block, html)
  return text === '' ? [] : [{ type: 'html', version: 1, html: text }]
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

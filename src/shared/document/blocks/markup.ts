import { printableText } from '../clean-text.ts'
import { isSafeHref, marks, textOfRuns, writtenHref, type Mark, type Run } from '../runs.ts'
import type { ImageUse } from '../image-use.ts'
import { directionOfText } from '../direction.ts'
import type { Direction } from '../language.ts'

/** Where a page finds a picture. */
export interface PictureSource {
  readonly src: string
  /** In pixels, if known, so that the page does not jump while it loads. */
  readonly width?: number
  readonly height?: number
  /** CSS declarations for a page without styles of its own for pictures. */
  readonly style?: string
  /** The picture's name in the library it came from, for when the page is taken in again. */
  readonly name?: string
}

/** A block's own direction and language. */
export interface Voice {
  readonly dir?: Direction | undefined
  readonly lang?: string | undefined
}

export interface HtmlOptions {
  /**
   * Where a use's picture is; undefined if there is none to show, and the use is then left out. Without this function
   * (on the clipboard) every use is written with its words and no picture.
   */
  readonly picture?: (use: ImageUse) => PictureSource | undefined
  /**
   * The direction around the blocks. If given, blocks without a direction of their own that read the other way (an
   * Arabic paragraph in an English story) are marked, as the editor shows them.
   */
  readonly direction?: 'ltr' | 'rtl' | undefined
}

/**
 * Escapes text for HTML: safe between tags and inside double quotes. Control characters, which HTML cannot contain, are
 * left out; separators from other systems become line breaks and spaces.
 */
export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return printableText(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
}

/** ` name="value"`, or nothing if the value is undefined. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`
}

/** Escaped text with `<br>` for its line breaks. */
export function textToHtml(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>')
}

/**
 * Runs as inline HTML. Marks are nested in one fixed order inside their link, and what two neighbours share stays open
 * across them, so that the same text gives the same bytes however it was split into runs.
 */
export function runsToHtml(runs: readonly Run[]): string {
  let html = ''
  let open: readonly Wrapper[] = []
  for (const run of runs) {
    if (run.text === '') continue
    const wanted = wrappersOf(run)
    let shared = 0
    while (shared < open.length && shared < wanted.length && open[shared]?.start === wanted[shared]?.start) shared += 1
    for (const wrapper of open.slice(shared).reverse()) html += wrapper.end
    for (const wrapper of wanted.slice(shared)) html += wrapper.start
    html += textToHtml(run.text)
    open = wanted
  }
  for (const wrapper of [...open].reverse()) html += wrapper.end
  return html
}

/** The element that represents a mark. */
export function markElement(mark: Mark): string {
  return ELEMENTS[mark]
}

/** `dir` and `lang` of a block, if they differ from its surroundings. */
export function blockAttributes(block: Voice, text: string, options: HtmlOptions): string {
  const dir = block.dir ?? (options.direction === undefined ? undefined : unlike(options.direction, text))
  return attribute('dir', dir) + attribute('lang', block.lang)
}

/** The options for the parts inside a block with this text. */
export function insideOf(block: Voice, text: string, options: HtmlOptions): HtmlOptions {
  if (options.direction === undefined) return options
  const own = block.dir === 'auto' ? undefined : block.dir
  return { ...options, direction: own ?? directionOfText(text) ?? options.direction }
}

/** `dir` and `lang` of a block of runs. */
export function runsAttributes(block: Voice, runs: readonly Run[], options: HtmlOptions): string {
  return blockAttributes(
    block,
    block.dir === undefined && options.direction !== undefined ? textOfRuns(runs) : '',
    options
  )
}

interface Wrapper {
  readonly start: string
  readonly end: string
}

const SPECIAL = /[&<>"\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029\ud800-\udfff]/
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const ELEMENTS: Readonly<Record<Mark, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup'
}
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(
  marks.map((mark) => [mark, { start: `<${ELEMENTS[mark]}>`, end: `</${ELEMENTS[mark]}>` }])
)
const RELATIONS: readonly string[] = ['nofollow', 'sponsored', 'ugc']

/** How a link is meant, as HTML says it; empty if nothing is said. */
export function relOf(link: NonNullable<Run['link']>): string {
  const asked = typeof link['rel'] === 'string' ? link['rel'].split(/\s+/) : []
  return RELATIONS.filter((relation) => asked.includes(relation)).join(' ')
}

function wrappersOf(run: Run): readonly Wrapper[] {
  if (!run.link && !run.marks?.length) return []
  const wrappers: Wrapper[] = []
  if (run.link && isSafeHref(run.link.href)) {
    // A link marked as paid or unvetted keeps that mark for search engines; nothing else in `rel` is passed on.
    const rel = relOf(run.link)
    wrappers.push({
      start: `<a${attribute('href', writtenHref(run.link.href))}${attribute('title', run.link.title || undefined)}${attribute('rel', rel || undefined)}>`,
      end: '</a>'
    })
  }
  const set = new Set(run.marks)
  for (const mark of marks) {
    const wrapper = set.delete(mark) ? WRAPPERS.get(mark) : undefined
    if (wrapper) wrappers.push(wrapper)
  }
  for (const mark of [...set].sort())
    wrappers.push({ start: `<span${attribute('data-galley-mark', mark)}>`, end: '</span>' })
  return wrappers
}

/** The opposite direction if the text reads that way; otherwise undefined. */
function unlike(direction: 'ltr' | 'rtl', text: string): 'ltr' | 'rtl' | undefined {
  const own = directionOfText(text)
  return own === direction ? undefined : own
}

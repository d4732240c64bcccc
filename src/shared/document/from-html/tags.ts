import type { Mark } from '../runs.ts'

/** The one table of HTML's elements, for every reader of it: pasted, imported or taken in. Names in lower case. */

/** Elements that are on lines of their own. */
export const BLOCK_TAGS: ReadonlySet<string> = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
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
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hgroup',
  'hr',
  'html',
  'legend',
  'li',
  'listing',
  'main',
  'menu',
  'nav',
  'ol',
  'optgroup',
  'option',
  'p',
  'plaintext',
  'pre',
  'search',
  'section',
  'summary',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
  'xmp'
])

/** Elements that hold nothing and are never closed. */
export const VOID_TAGS: ReadonlySet<string> = new Set([
  'area',
  'base',
  'basefont',
  'bgsound',
  'br',
  'col',
  'embed',
  'frame',
  'hr',
  'image',
  'img',
  'input',
  'keygen',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr'
])

/** Elements whose content no reader of the page sees as text, or that are controls and not copy. */
export const UNSEEN_TAGS: ReadonlySet<string> = new Set([
  'annotation',
  'annotation-xml',
  'audio',
  'button',
  'canvas',
  'datalist',
  'iframe',
  'meter',
  'noembed',
  'noframes',
  'noscript',
  'object',
  'progress',
  'script',
  'select',
  'style',
  'svg',
  'template',
  'textarea',
  'title',
  'video'
])

/** Those whose content is text up to their own end tag, or to the end of the page. */
export const RAW_TEXT_TAGS: ReadonlySet<string> = new Set([
  'iframe',
  'noembed',
  'noframes',
  'script',
  'style',
  'textarea',
  'title'
])

/** Elements that set their text. */
export const MARK_TAGS: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['cite', 'italic'],
  ['dfn', 'italic'],
  ['var', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['code', 'code'],
  ['kbd', 'code'],
  ['samp', 'code'],
  ['tt', 'code'],
  ['sub', 'subscript'],
  ['sup', 'superscript']
])

/** Elements a browser opens again behind the end of the block they were left open in. */
export const FORMATTING_TAGS: ReadonlySet<string> = new Set([
  'a',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  'nobr',
  's',
  'small',
  'strike',
  'strong',
  'tt',
  'u'
])

/** How far up an item looks for the one it ends: to the next element that lays out a block, plain boxes aside. */
const ITEM_WITHIN: readonly string[] = [...BLOCK_TAGS].filter(
  (name) => !/^(?:address|div|p|li|dt|dd|table)$/.test(name)
)

/** What an element closes before it opens, where its own end was left out: the names, and how far the look goes. */
export const CLOSED_BY: ReadonlyMap<
  string,
  { readonly closes: ReadonlySet<string>; readonly within: ReadonlySet<string> }
> = new Map(
  [
    [['li'], ['li'], ITEM_WITHIN],
    [['dt', 'dd'], ['dt', 'dd'], ITEM_WITHIN],
    [
      ['td', 'th'],
      ['td', 'th'],
      ['tr', 'table']
    ],
    [['tr'], ['tr'], ['table']],
    [['tbody', 'thead', 'tfoot', 'caption', 'colgroup'], ['tbody', 'thead', 'tfoot', 'caption', 'colgroup'], ['table']],
    [['option', 'optgroup'], ['option'], ['select', 'optgroup']],
    [
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
      ['div', 'section', 'article', 'li', 'blockquote']
    ],
    [['a'], ['a'], ['p', 'div', 'li', 'section', 'article']]
  ].flatMap(([names = [], closes, within]) =>
    names.map((name) => [name, { closes: new Set(closes), within: new Set(within) }] as const)
  )
)

/** No end tag and no left-out end reaches out of these. */
export const WALLS: ReadonlySet<string> = new Set([
  'table',
  'td',
  'th',
  'caption',
  'template',
  'object',
  'marquee',
  'svg',
  'math'
])

/** Elements of HTML that end a drawing or a formula they are in, as browsers read it. */
export const BREAKS_OUT: ReadonlySet<string> = new Set([
  'b',
  'big',
  'blockquote',
  'body',
  'br',
  'center',
  'code',
  'dd',
  'div',
  'dl',
  'dt',
  'em',
  'embed',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'head',
  'hr',
  'i',
  'img',
  'li',
  'listing',
  'menu',
  'meta',
  'nobr',
  'ol',
  'p',
  'pre',
  'ruby',
  's',
  'small',
  'span',
  'strong',
  'strike',
  'sub',
  'sup',
  'table',
  'tt',
  'u',
  'ul',
  'var'
])

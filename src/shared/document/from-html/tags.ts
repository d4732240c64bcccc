import type { Mark } from '../runs.ts'

/**
 * The one table of HTML elements, for everything that reads HTML: pasting, importing and intake. Names in lower case.
 */

/** Elements that start on a new line. */
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

/** Elements without content, which are never closed. */
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

/** Elements whose content is not visible as text, or that are controls and not copy. */
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

/** Elements whose content is raw text up to their own end tag or the end of the page. */
export const RAW_TEXT_TAGS: ReadonlySet<string> = new Set([
  'iframe',
  'noembed',
  'noframes',
  'script',
  'style',
  'textarea',
  'title'
])

/** Elements that format their text. */
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

/** Elements that a browser reopens after the end of the block in which they were left open. */
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

/** How far up an item looks for the item it ends: to the nearest block element that is not a plain box. */
const ITEM_WITHIN: readonly string[] = [...BLOCK_TAGS].filter(
  (name) => !/^(?:address|div|p|li|dt|dd|table)$/.test(name)
)

/** What an element closes before it opens, if the end tag was left out: the names, and how far up to look. */
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

/** No end tag, written or implied, reaches outside these. */
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

/** HTML elements that end a drawing or formula around them, as in browsers. */
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

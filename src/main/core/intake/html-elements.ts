import { BLOCK_TAGS, VOID_TAGS } from '../../../shared/document/from-html/tags.ts'

/** Elements that begin a new line. Intake must not lose words, so controls and fallbacks are lines too. */
export const BLOCKS: ReadonlySet<string> = new Set([
  ...BLOCK_TAGS,
  'amp-img',
  'audio',
  'button',
  'frameset',
  'head',
  'noscript',
  'picture',
  'select',
  'textarea',
  'time-block',
  'video'
])
/** The elements that can give a line its tag, the innermost first. */
export const LINE_TAGS = new Set([
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
export const TELLING = new Set([
  'table',
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
export const VOID: ReadonlySet<string> = new Set([...VOID_TAGS, 'amp-img'])
export const SKIPPED = new Set([
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
/** Opening one of these closes an open element of its kind, as in browsers. */
export const CLOSES: Readonly<Record<string, ReadonlySet<string>>> = {
  li: new Set(['li', 'p']),
  dt: new Set(['dt', 'dd', 'p']),
  dd: new Set(['dt', 'dd', 'p']),
  tr: new Set(['tr', 'td', 'th']),
  td: new Set(['td', 'th']),
  th: new Set(['td', 'th']),
  option: new Set(['option'])
}
/** What AMP elements stand for: an HTML element, and the class a page would give it. */
export const CALLED: ReadonlyMap<string, { readonly name: string; readonly hint: string }> = new Map([
  ['amp-sidebar', { name: 'nav', hint: '' }],
  ['amp-ad', { name: 'aside', hint: ' advertisement' }],
  ['amp-embed', { name: 'aside', hint: ' advertisement' }],
  ['amp-sticky-ad', { name: 'aside', hint: ' advertisement' }],
  ['amp-user-notification', { name: 'div', hint: ' consent' }],
  ['amp-consent', { name: 'div', hint: ' consent' }]
])

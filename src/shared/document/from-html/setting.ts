import { isSafeHref, marks as allMarks, type Mark, type Run } from '../runs.ts'
import type { HtmlElement } from './html-element.ts'
import { readStyle, type StyleFacts, type WhiteSpace } from './style.ts'
import { MARK_TAGS, UNSEEN_TAGS } from './tags.ts'

/**
 * How text is formatted at the reader's position, inherited from all the elements around it. Equal settings are the
 * same object.
 */
export interface Setting {
  readonly marks: readonly Mark[]
  readonly link: Run['link']
  readonly space: WhiteSpace
  readonly dir: 'ltr' | 'rtl' | undefined
  readonly isInvisible: boolean
  readonly isSizeless: boolean
  /** Where the words go: into the copy, nowhere, or to be used as a list marker or a credit. */
  readonly sink: 'copy' | 'nowhere' | 'marker' | 'credit'
  /** All kinds of spaces count as ordinary ones. */
  readonly hasLooseSpaces: boolean
}

export const PLAIN: Setting = {
  marks: [],
  link: undefined,
  space: 'collapse',
  dir: undefined,
  isInvisible: false,
  isSizeless: false,
  sink: 'copy',
  hasLooseSpaces: false
}

/** Whether words with this setting are visible. */
export function isSeen(setting: Setting): boolean {
  return setting.sink !== 'nowhere' && !setting.isInvisible && !setting.isSizeless
}

/**
 * The setting inside an element; `isHeading` in a heading, whose bold type comes from being a heading, not from its
 * text.
 */
export function settingIn(around: Setting, element: HtmlElement, isHeading: boolean): Setting {
  const style = readStyle(element.get('style'))
  const marks = marksIn(around.marks, element, style, around.link !== undefined, isHeading)
  const link = linkOf(element) ?? around.link
  const space =
    element.name === 'pre' || element.name === 'listing' || element.name === 'xmp' || element.name === 'plaintext'
      ? (style.space ?? 'exact')
      : (style.space ?? around.space)
  const dir = directionOf(element, style, around.dir)
  const isInvisible = style.isInvisible ?? around.isInvisible
  const isSizeless = style.isSizeless ?? around.isSizeless
  const sink = sinkOf(around.sink, element, style)
  const hasLooseSpaces =
    around.hasLooseSpaces || style.word?.isSpaces === true || element.hasClass('Apple-converted-space')
  const isSame =
    marks === around.marks &&
    link === around.link &&
    space === around.space &&
    dir === around.dir &&
    sink === around.sink &&
    isInvisible === around.isInvisible &&
    isSizeless === around.isSizeless &&
    hasLooseSpaces === around.hasLooseSpaces
  return isSame ? around : { marks, link, space, dir, isInvisible, isSizeless, sink, hasLooseSpaces }
}

/** Whether the page itself hides the element: one rule for every reader. */
export function isHidden(hidden: string | undefined, style: string | undefined): boolean {
  if (hidden !== undefined && hidden.toLowerCase() !== 'until-found') return true
  const facts = readStyle(style ?? '')
  return facts.isGone === true || facts.isInvisible === true
}

function sinkOf(around: Setting['sink'], element: HtmlElement, style: StyleFacts): Setting['sink'] {
  if (around === 'nowhere') return around
  if (UNSEEN_TAGS.has(element.name) || style.isGone === true || style.word?.isComment === true) return 'nowhere'
  if (element.has('hidden') && element.get('hidden').toLowerCase() !== 'until-found') return 'nowhere'
  if (element.name === 'dialog' && !element.has('open')) return 'nowhere'
  if (isCommentMark(element)) return 'nowhere'
  return style.word?.isMarker === true ? 'marker' : around
}

/** The mark "[AB1]" in the text where somebody commented in Word or Google Docs, or Word's comment itself. */
export function isCommentMark(element: Pick<HtmlElement, 'name' | 'get'>): boolean {
  if (readStyle(element.get('style')).word?.isComment === true) return true
  // Mail programs and clean-up tools remove the classes but leave the anchor.
  if (
    element.name === 'a' &&
    (/^#_msocom_\d/.test(element.get('href')) ||
      /^_msoanchor_\d/.test(element.get('name')) ||
      (/^cmnt_ref\d/.test(element.get('id')) && /^#cmnt\d/.test(element.get('href'))))
  )
    return true
  const classes = element.get('class')
  return classes !== '' && /\b(?:MsoCommentReference|MsoCommentText|msocomanchor|msocomtxt|msocomoff)\b/i.test(classes)
}

/** Where a Google Docs comment begins, in its box below the copy. */
export function isDocsComment(element: Pick<HtmlElement, 'name' | 'get'>): boolean {
  return element.name === 'a' && /^cmnt\d/.test(element.get('id')) && /^#cmnt_ref\d/.test(element.get('href'))
}

function marksIn(
  around: readonly Mark[],
  element: HtmlElement,
  style: StyleFacts,
  isInLink: boolean,
  isHeading: boolean
): readonly Mark[] {
  const named = MARK_TAGS.get(element.name)
  if (named === undefined && !element.has('style')) return around
  const on = new Set(around)
  if (named !== undefined) on.add(named)
  if (style.isBold === false) on.delete('bold')
  // A whole heading is bold because it is a heading, not because of its text.
  if (style.isBold === true && !isHeading) on.add('bold')
  if (style.isItalic === false) on.delete('italic')
  if (style.isItalic === true) on.add('italic')
  // Links are underlined because they are links.
  if (style.isUnderlined === true && !isInLink && element.name !== 'a') on.add('underline')
  if (style.isUnderlined === false && named === 'underline' && !around.includes('underline')) on.delete('underline')
  if (style.isStruck === true) on.add('strikethrough')
  if (style.isStruck === false && named === 'strikethrough' && !around.includes('strikethrough'))
    on.delete('strikethrough')
  if (style.script !== undefined && !/^(?:td|th|tr|tbody|thead|tfoot|img)$/.test(element.name)) {
    on.delete('subscript')
    on.delete('superscript')
    if (style.script !== 'baseline') on.add(style.script)
  }
  if (on.size === around.length && around.every((mark) => on.has(mark))) return around
  return allMarks.filter((mark) => on.has(mark))
}

function linkOf(element: HtmlElement): Run['link'] {
  if (element.name !== 'a') return undefined
  const href = element.get('href').trim()
  if (href === '' || !isSafeHref(href)) return undefined
  const title = element.get('title').trim()
  return { href, ...(title !== '' && title.length <= 1000 && { title }) }
}

function directionOf(element: HtmlElement, style: StyleFacts, around: Setting['dir']): Setting['dir'] {
  const said = element.get('dir').toLowerCase()
  if (said === 'rtl' || said === 'ltr') return said
  if (said === 'auto' || element.name === 'bdi') return undefined
  return style.dir ?? around
}

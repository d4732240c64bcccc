/** What an inline style says that matters to text. Anything it does not mention is left out. */
export interface StyleFacts {
  readonly isGone?: boolean
  /** Hidden, or made visible again inside something hidden. */
  readonly isInvisible?: boolean
  /** Font size zero; an element inside may set a size again. */
  readonly isSizeless?: boolean
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isUnderlined?: boolean
  readonly isStruck?: boolean
  readonly script?: 'subscript' | 'superscript' | 'baseline'
  readonly space?: WhiteSpace
  readonly dir?: 'ltr' | 'rtl'
  readonly display?: 'block' | 'inline'
  readonly word?: WordFacts
}

/** How white space reads: collapsed, collapsed but with its line breaks, or exactly as written. */
export type WhiteSpace = 'collapse' | 'lines' | 'exact'

/** What Microsoft Word's own styles say. */
export interface WordFacts {
  /** A paragraph that is a list item; `list` tells lists apart. */
  readonly item?: { readonly depth: number; readonly list: string }
  /** An item's number or bullet, written out as text. */
  readonly isMarker?: boolean
  /** A comment in the margin, or its mark in the text. */
  readonly isComment?: boolean
  readonly tabs?: number
  /** Spaces written as non-breaking ones. */
  readonly isSpaces?: boolean
}

const NONE: StyleFacts = {}
const KNOWN = new Map<string, StyleFacts>()
const LONGEST = 4000

/** Reads a style attribute. A page repeats the same few styles thousands of times, so each is parsed once. */
export function readStyle(style: string): StyleFacts {
  if (style === '') return NONE
  const known = KNOWN.get(style)
  if (known) return known
  const facts = factsOf(style.slice(0, LONGEST))
  if (KNOWN.size >= 500) KNOWN.clear()
  if (style.length <= LONGEST) KNOWN.set(style, facts)
  return facts
}

/** Further than any page scrolls: how words are kept for those alone who hear the page, or for search engines. */
const OFF_SCREEN = /^-(?:\d{4,6}px|\d{3,6}(?:em|rem|%|vw))$/

function factsOf(style: string): StyleFacts {
  const facts: { -readonly [Key in keyof StyleFacts]: StyleFacts[Key] } = {}
  const word: { -readonly [Key in keyof WordFacts]: WordFacts[Key] } = {}
  for (const declaration of style.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':')
    if (colon < 1) continue
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim()
    switch (declaration.slice(0, colon).trim()) {
      case 'display':
        if (value === 'none') facts.isGone = true
        else if (/^(?:block|flex|grid|list-item|table|flow-root)$/.test(value)) facts.display = 'block'
        else if (value.startsWith('inline')) facts.display = 'inline'
        break
      case 'visibility':
        facts.isInvisible = value === 'hidden' || value === 'collapse'
        break
      case 'font-size':
        facts.isSizeless = /^0(?:\.0*)?(?:[a-z]+|%)?$/.test(value)
        break
      case 'left':
      case 'right':
      case 'top':
        if (OFF_SCREEN.test(value) && /position\s*:\s*(?:absolute|fixed)/i.test(style)) facts.isGone = true
        break
      case 'clip':
        if (/^rect\(\s*[01](?:px)?[\s,]+[01]/.test(value) && /position\s*:\s*absolute/i.test(style)) facts.isGone = true
        break
      case 'font-weight':
        if (/^(?:bold|bolder|[6-9]00|1000)$/.test(value)) facts.isBold = true
        else if (/^(?:normal|lighter|initial|[1-5]00)$/.test(value)) facts.isBold = false
        break
      case 'font-style':
        if (/^(?:italic|oblique)/.test(value)) facts.isItalic = true
        else if (/^(?:normal|initial)$/.test(value)) facts.isItalic = false
        break
      case 'font': {
        const before = value.split(/(?<![\d.])[\d.]+(?:px|pt|em|rem|%)/)[0] ?? ''
        facts.isBold = /\b(?:bold|bolder|[6-9]00)\b/.test(before)
        facts.isItalic = /\b(?:italic|oblique)\b/.test(before)
        break
      }
      case 'text-decoration':
      case 'text-decoration-line':
        if (value.includes('underline')) facts.isUnderlined = true
        if (value.includes('line-through')) facts.isStruck = true
        if (value.startsWith('none')) facts.isUnderlined = facts.isStruck = false
        break
      case 'vertical-align':
        if (value === 'sub') facts.script = 'subscript'
        else if (value === 'super') facts.script = 'superscript'
        else if (value === 'baseline') facts.script = 'baseline'
        break
      case 'white-space':
      case 'white-space-collapse':
        if (/^(?:pre-line|preserve-breaks)$/.test(value)) facts.space = 'lines'
        else if (/^(?:pre|pre-wrap|break-spaces|preserve|preserve-spaces)\b/.test(value)) facts.space = 'exact'
        else if (/^(?:normal|nowrap|collapse)\b/.test(value)) facts.space = 'collapse'
        break
      case 'direction':
        if (value === 'rtl' || value === 'ltr') facts.dir = value
        break
      case 'mso-hide':
        if (value === 'all') facts.isGone = true
        break
      case 'mso-list': {
        const level = /\blevel(\d)/.exec(value)
        if (value === 'ignore') word.isMarker = true
        else if (level) word.item = { depth: Number(level[1]) - 1, list: /\blfo\d+/.exec(value)?.[0] ?? '' }
        break
      }
      case 'mso-element':
        if (value.startsWith('comment')) word.isComment = true
        break
      case 'mso-special-character':
        if (value === 'comment') word.isComment = true
        break
      case 'mso-tab-count':
        word.tabs = Math.min(9, Number(/^\d/.exec(value)?.[0] ?? 0))
        break
      case 'mso-spacerun':
        word.isSpaces = value === 'yes'
        break
    }
  }
  if (Object.keys(word).length > 0) facts.word = word
  return facts
}

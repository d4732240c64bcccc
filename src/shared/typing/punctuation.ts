/** What is done to a text behind a character that was typed: so many characters before the caret become others. */
export interface Correction {
  readonly remove: number
  readonly insert: string
}

interface Marks {
  /** Opening and closing marks of a quotation, spaces that belong to them included. */
  readonly outer: readonly [string, string]
  /** Of one inside it, where the same key writes both. */
  readonly inner?: readonly [string, string]
  /** What the key with the single mark writes: a quotation inside another, or an apostrophe alone. */
  readonly single?: readonly [string, string]
  readonly apostrophe?: boolean
  /** What two hyphens are; what one between spaces is, where it is set so. */
  readonly dash: string
  readonly spacedDash?: boolean
  /** Signs that a narrow space is before. */
  readonly spaced?: boolean
}

const NARROW = '\u202f'
const GUILLEMETS = ['«', '»'] as const
const CURLY = ['“', '”'] as const

const english: Marks = { outer: CURLY, single: ['‘', '’'], apostrophe: true, dash: '–', spacedDash: true }
const german: Marks = { outer: ['„', '“'], single: ['‚', '‘'], apostrophe: true, dash: '–', spacedDash: true }
const latin: Marks = { outer: CURLY, single: ['‘', '’'], apostrophe: true, dash: '—' }
const spanish: Marks = { outer: GUILLEMETS, inner: CURLY, single: ['‘', '’'], apostrophe: true, dash: '—' }
const russian: Marks = { outer: GUILLEMETS, inner: ['„', '“'], dash: '—', spacedDash: true }
const arabic: Marks = { outer: GUILLEMETS, inner: CURLY, dash: '–' }
const nordic: Marks = { outer: ['”', '”'], single: ['’', '’'], apostrophe: true, dash: '–', spacedDash: true }
const french: Marks = {
  outer: [`«${NARROW}`, `${NARROW}»`],
  inner: CURLY,
  apostrophe: true,
  dash: '–',
  spacedDash: true,
  spaced: true
}

/** By language, and by region where that differs. A language that is not here is left as it is typed. */
const byLanguage: Readonly<Record<string, Marks>> = {
  en: english,
  'en-us': { ...english, dash: '—', spacedDash: false },
  'en-ca': { ...english, dash: '—', spacedDash: false },
  de: german,
  'de-ch': { ...german, outer: GUILLEMETS, single: ['‹', '›'] },
  fr: french,
  'fr-ch': { ...french, outer: GUILLEMETS, spaced: false },
  es: spanish,
  'es-419': latin,
  'es-mx': latin,
  'es-ar': latin,
  'es-us': latin,
  it: { ...spanish, dash: '–', spacedDash: true },
  pt: { ...latin, dash: '–', spacedDash: true },
  'pt-pt': { ...spanish, dash: '–', spacedDash: true },
  ca: { ...spanish, dash: '–' },
  nl: { ...latin, dash: '–', spacedDash: true },
  ru: russian,
  uk: { ...russian, apostrophe: true },
  be: { ...russian, apostrophe: true },
  pl: { outer: ['„', '”'], inner: GUILLEMETS, apostrophe: true, dash: '–', spacedDash: true },
  cs: { ...german, dash: '–' },
  sk: { ...german, dash: '–' },
  ro: { outer: ['„', '”'], inner: GUILLEMETS, apostrophe: true, dash: '–' },
  hu: { outer: ['„', '”'], inner: ['»', '«'], apostrophe: true, dash: '–', spacedDash: true },
  el: { ...spanish, dash: '–' },
  tr: { ...latin, dash: '–' },
  sv: nordic,
  fi: nordic,
  da: nordic,
  nb: { ...nordic, outer: GUILLEMETS, single: ['‘', '’'] },
  no: { ...nordic, outer: GUILLEMETS, single: ['‘', '’'] },
  ar: arabic,
  fa: arabic,
  ur: arabic
}

/** The characters after which `punctuate` has anything to look at. */
export const PUNCTUATED = /["'\- ?!;:«»\d]/

/**
 * The quotation mark, apostrophe, dash or space that belongs where one was typed, by the customs of the language; null
 * where what was typed is right. `before` is the line up to the caret, the typed character the last of it. Never in an
 * address, and never for feet, inches and minutes.
 */
export function punctuate(before: string, language: string): Correction | null {
  const marks = marksOf(language)
  const typed = before.at(-1)
  if (!marks || typed === undefined || isAddress(before)) return null
  const text = before.slice(0, -1)
  switch (typed) {
    case '"':
      return double(text, marks)
    case "'":
      return single(text, marks)
    case '-':
      return hyphen(text, marks)
    case ' ':
      return space(text, marks)
    case '?':
    case '!':
    case ';':
      return marks.spaced ? narrow(text, typed) : null
    case ':':
      // A time or an address may go on behind it: only the space that was typed becomes one that does not break.
      return marks.spaced && /\S $/.test(text) ? { remove: 2, insert: '\u00a0:' } : null
    case '«':
      return marks.spaced ? { remove: 1, insert: `«${NARROW}` } : null
    case '»':
      return marks.spaced ? closing(text) : null
    default:
      return decade(text, typed, marks)
  }
}

function marksOf(language: string): Marks | undefined {
  const tag = language.toLowerCase()
  return (
    byLanguage[tag] ??
    byLanguage[
      tag
        .split('-')
        .filter((part) => part.length !== 4)
        .join('-')
    ] ??
    byLanguage[tag.split('-')[0] ?? '']
  )
}

function double(text: string, marks: Marks): Correction | null {
  const { outer, inner } = marks
  const opens = isOpening(text, marks)
  // 5'10" and 27": inches, unless a quotation is waiting for its end.
  if (/\d$/.test(text) && (/\d'\d+$/.test(text) || !isOpen(text, outer))) return null
  if (opens) return { remove: 1, insert: inner && isOpen(text, outer) ? inner[0] : outer[0] }
  if (inner && isOpen(text, inner) && isOpen(text, outer)) return { remove: 1, insert: inner[1] }
  return { remove: 1, insert: outer[1] }
}

function single(text: string, custom: Marks): Correction | null {
  const { single: marks, apostrophe } = custom
  if (!marks) return apostrophe && /[\p{L}\p{M}]$/u.test(text) ? { remove: 1, insert: '’' } : null
  if (isOpening(text, custom)) return { remove: 1, insert: marks[0] }
  if (/\d$/.test(text) && !isOpen(text, marks)) return null
  // Between letters it may be an apostrophe as well as an end: it is the end of what was opened and is not closed.
  const ends = marks[1] !== '’' && isOpen(text, marks)
  return { remove: 1, insert: ends ? marks[1] : '’' }
}

function hyphen(text: string, { dash }: Marks): Correction | null {
  if (/(?:^|[^-–—])-$/.test(text)) return { remove: 2, insert: dash }
  if (text.endsWith('–')) return { remove: 2, insert: '—' }
  return text.endsWith('—') ? { remove: 1, insert: '' } : null
}

function space(text: string, { dash, spacedDash, spaced }: Marks): Correction | null {
  if (spacedDash && /[^\s\d] -$/.test(text)) return { remove: 2, insert: `${dash} ` }
  // The space somebody types behind an opening mark that has its own.
  return spaced && text.endsWith(`«${NARROW}`) ? { remove: 1, insert: '' } : null
}

function narrow(text: string, typed: string): Correction | null {
  if (/[^\s] $/.test(text)) return { remove: 2, insert: `${NARROW}${typed}` }
  return /[\p{L}\p{N}»”)\]%]$/u.test(text) ? { remove: 1, insert: `${NARROW}${typed}` } : null
}

function closing(text: string): Correction | null {
  if (/[^\s] $/.test(text)) return { remove: 2, insert: `${NARROW}»` }
  return /\S$/.test(text) ? { remove: 1, insert: `${NARROW}»` } : null
}

/** The ’90s: what looked like a quotation that opens is an apostrophe. */
function decade(text: string, typed: string, { single: marks, apostrophe }: Marks): Correction | null {
  const [opening] = marks ?? []
  if (opening !== '‘' || !apostrophe || !/\d/.test(typed) || !/(?:^|[\s([–—])‘$/.test(text)) return null
  return { remove: 2, insert: `’${typed}` }
}

/** A quotation opens at the start, behind a space, a bracket, a dash, or another that opens. */
function isOpening(text: string, { outer, inner, single: marks }: Marks): boolean {
  if (/(?:^|[\s([{/–—¿¡\u200f\u200e])$/.test(text)) return true
  return [outer, inner, marks].some((pair) => pair !== undefined && pair[0] !== pair[1] && text.endsWith(pair[0]))
}

/** Whether a quotation was opened and not closed. */
function isOpen(text: string, [opening, closing]: readonly [string, string]): boolean {
  const open = opening.trim()
  const close = closing.trim()
  if (open === close) return text.split(open).length % 2 === 0
  return text.lastIndexOf(open) > text.lastIndexOf(close)
}

/** Whether the word at the caret is an address. */
function isAddress(before: string): boolean {
  const word = /\S*$/.exec(before.slice(-300))?.[0] ?? ''
  return /:\/\/|^www\.|^mailto:|\S@\S|^[\w.-]+\.[a-z]{2,}\//i.test(word)
}

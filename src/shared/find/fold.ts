export interface FoldOptions {
  readonly matchCase: boolean
  /** Accents, tashkeel and the forms of a letter count. */
  readonly matchAccents: boolean
}

/** A text as it is compared, and where each UTF-16 unit of it is in the text as written. */
export interface FoldedText {
  readonly text: string
  /** Where the character a unit comes from begins and ends; null where both texts have the same places. */
  readonly places: { readonly starts: Uint32Array; readonly ends: Uint32Array } | null
}

/**
 * Writes a text in the one form it is compared in. Unless accents are asked for, a Latin, Greek, Arabic or Hebrew letter
 * stands for itself with any mark, all alefs are one, and tatweel, soft hyphens and direction marks are not there; signs
 * that keyboards lack (curly quotes, dashes, narrow spaces) are the plain ones. Linear, character by character.
 */
export function fold(text: string, options: FoldOptions): FoldedText {
  if (isAscii(text)) return { text: options.matchCase ? text : text.toLowerCase(), places: null }
  const known = knownOf(options)
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (let start = 0; start < text.length;) {
    const end = endOfCharacter(text, start)
    const character = text.slice(start, end)
    let form = known.get(character)
    if (form === undefined) {
      form = foldCharacter(character, options)
      if (known.size > 5000) known.clear()
      known.set(character, form)
    }
    for (let unit = 0; unit < form.length; unit++) {
      starts.push(start)
      ends.push(end)
    }
    folded += form
    start = end
  }
  return { text: folded, places: { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) } }
}

/** Behind the character that begins there, with all marks that are set on it. */
export function endOfCharacter(text: string, start: number): number {
  let end = start + sizeAt(text, start)
  while (end < text.length && text.charCodeAt(end) >= 0x300) {
    const size = sizeAt(text, end)
    if (!MARK.test(text.slice(end, end + size))) break
    end += size
  }
  return end
}

function sizeAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function isAscii(text: string): boolean {
  return !BEYOND_ASCII.test(text)
}

const knownForms = new Map<number, Map<string, string>>()

function knownOf({ matchCase, matchAccents }: FoldOptions): Map<string, string> {
  const key = (matchCase ? 1 : 0) + (matchAccents ? 2 : 0)
  let known = knownForms.get(key)
  if (!known) knownForms.set(key, (known = new Map()))
  return known
}

function foldCharacter(character: string, { matchCase, matchAccents }: FoldOptions): string {
  const composed = character.normalize('NFC')
  if (matchAccents) return matchCase ? composed : composed.toLowerCase()
  const bare = withoutMarks(composed)
  const lower = matchCase ? bare : withoutMarks(bare.toLowerCase())
  let form = ''
  for (const letter of lower) form += FORMS[letter] ?? letter
  return form
}

/** Marks that readers leave out; those that make another letter (й, the vowel signs of Indic scripts) stay. */
function withoutMarks(character: string): string {
  if (NOT_THERE.test(character)) return ''
  const parts = character.normalize('NFD')
  if (parts.length === 1) return parts
  if (TAKES_MARKS.test(parts)) return parts.replace(DROPPED, '')
  return parts
    .replace(STRESS, '')
    .replace(/^([Ее])\u0308/u, '$1')
    .normalize('NFC')
}

const BEYOND_ASCII = /[^\u0000-\u007f]/
const MARK = /^\p{M}$/u
const NOT_THERE = /^[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+\p{M}*$/u
const TAKES_MARKS = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}]/u
const DROPPED = new RegExp(
  '[\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc' +
    '\\u06df-\\u06e8\\u06ea-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]',
  'gu'
)
const STRESS = /[\u0300\u0301]/gu

const FORMS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '‘': "'",
  '’': "'",
  '‚': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-'
}

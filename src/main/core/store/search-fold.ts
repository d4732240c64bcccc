/**
 * Text as the search index stores it: lower case, without accents, harakat, tatweel or invisible characters, with one
 * form each of alef, yeh and teh marbuta, digits as ASCII, and a space around every character of a script written
 * without spaces. Such scripts (Chinese, Japanese, Thai, …) are indexed one character at a time and searched for as
 * phrases: most of their words are one or two characters long, too short for trigrams. Works character by character, so
 * that a position in the folded text can be mapped back to the original.
 */
export function fold(text: string): string {
  return BEYOND_ASCII.test(text) ? foldUnits(text, null).folded : text.toLowerCase()
}

export interface FoldedText {
  readonly folded: string
  /**
   * The position in the original text of each UTF-16 unit of the folded one, plus one for the end; null if they are the
   * same.
   */
  readonly origin: Uint32Array | null
}

export function foldWithOrigin(text: string): FoldedText {
  if (!BEYOND_ASCII.test(text)) return { folded: text.toLowerCase(), origin: null }
  return foldUnits(text, new Uint32Array(text.length * 4 + 1))
}

/** The words of a folded text, split as the index splits them. */
export function foldedWords(folded: string): string[] {
  return folded.match(FOLDED_WORD) ?? []
}

export const WORD_CHARACTER = /[\p{L}\p{N}\p{M}\p{Co}]/u

/** A folded character of a script without spaces is a word of its own. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word)
}

const FOLDED_WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu
// Curly quotes and dashes occur in nearly every paragraph, and separate words just as the ASCII ones do.
const BEYOND_ASCII = /[^\u0000-\u007f\u2013\u2014\u2018-\u201d\u2026]/
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
// Accents and vowel signs that readers leave out; the vowel signs of Indic scripts are letters and stay.
const DROPPED = new RegExp(
  '[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed' +
    '\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\u3099\\u309a\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\p{Cf}]',
  'gu'
)
const FORMS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ک: 'ك'
}

/** What each UTF-16 unit below the surrogates folds to; filled as characters occur. */
const known: (string | undefined)[] = []
/** The same for the many that fold to a single unit, or (OWN_WORD) to themselves between spaces; 0 for all others. */
const single = new Uint16Array(0x10000)
const OWN_WORD = 1
const SPACE = 32
let units = new Uint16Array(4096)

function foldUnits(text: string, origin: Uint32Array | null): FoldedText {
  let at = 0
  for (let index = 0; index < text.length; index++) {
    if (at + 4 > units.length) units = grown(units)
    const code = text.charCodeAt(index)
    const one = single[code] ?? 0
    if (one > OWN_WORD) {
      if (origin) origin[at] = index
      units[at++] = one
    } else if (one === OWN_WORD) {
      if (origin) origin.fill(index, at, at + 3)
      units[at++] = SPACE
      units[at++] = code
      units[at++] = SPACE
    } else if (code >= 0xd800 && code <= 0xdfff) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0)
      at = put(foldCharacter(character), at, index, origin)
      index += character.length - 1
    } else {
      at = put((known[code] ??= learn(code)), at, index, origin)
    }
  }
  if (origin) origin[at] = text.length
  return {
    folded: Buffer.from(units.buffer, 0, at * 2).toString('utf16le'),
    origin: origin && origin.subarray(0, at + 1)
  }
}

/** A single Unicode character can fold to many (a ligature for a whole phrase); only the first four units are kept. */
function put(piece: string, at: number, index: number, origin: Uint32Array | null): number {
  const length = Math.min(piece.length, 4)
  for (let unit = 0; unit < length; unit++) {
    if (origin) origin[at + unit] = index
    units[at + unit] = piece.charCodeAt(unit)
  }
  return at + length
}

function learn(code: number): string {
  const piece = foldCharacter(String.fromCharCode(code))
  if (piece.length === 1 && piece.charCodeAt(0) > OWN_WORD) single[code] = piece.charCodeAt(0)
  else if (piece.length === 3 && piece.charCodeAt(1) === code && UNSPACED.test(piece)) single[code] = OWN_WORD
  return piece
}

function grown(full: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(full.length * 2)
  larger.set(full)
  return larger
}

function foldCharacter(character: string): string {
  const plain = character.normalize('NFKD').replace(DROPPED, '').normalize('NFC').toLowerCase().replace(DROPPED, '')
  let folded = ''
  for (const letter of plain) {
    const form = FORMS[letter] ?? digit(letter)
    folded += UNSPACED.test(form) && WORD_CHARACTER.test(form) ? ` ${form} ` : form
  }
  return folded
}

/** Arabic and Persian digits as ASCII, so that 3, ٣ and ۳ find each other. */
function digit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660)
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0)
  if (code >= 0x966 && code <= 0x96f) return String(code - 0x966)
  return letter
}

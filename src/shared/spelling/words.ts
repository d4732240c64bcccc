/** A stretch of text, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Word extends Span {
  /** In the form a dictionary has it: composed, without soft hyphens, with a straight apostrophe. */
  readonly plain: string
}

/** Looks like words but is not spell-checked: addresses, tags, account names, notes to the desk. */
const NO_COPY =
  /(?:https?:\/\/|www\.)[^\s<>"“”«»]+|(?<![^\s@<>()[\]{}"“”,;:])[^\s@<>()[\]{}"“”,;:]{1,64}@[^\s@<>()[\]{}"“”,;:]{1,255}\.\p{L}{2,24}|(?<![\p{L}\p{N}\p{M}])[#@][\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}]|(?<![\p{L}\p{N}\p{M}@.])(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:com|org|net|gov|edu|info|io|eu|uk|de|fr|es|it|pt|ru|news|press)(?:\/[^\s<>"“”]*)?(?![\p{L}\p{N}\p{M}])|\[[^\]\n]{0,80}\]|(?<![\p{L}\p{N}])(?:TK(?:TK)*|TKs|XX+)(?![\p{L}\p{N}])/giu

/** The stretches of a text that are not checked, in order. */
export function spansWithoutCopy(text: string): Span[] {
  return [...text.matchAll(NO_COPY)].map((found) => ({ start: found.index, end: found.index + found[0].length }))
}

/** The words of a text to look up in a dictionary of the language. */
export function wordsOf(text: string, language: string): Word[] {
  const skipped = spansWithoutCopy(text)
  const script = scriptOf(language)
  const words: Word[] = []
  let next = 0
  for (const { segment, index, isWordLike } of segmenterOf(language).segment(text)) {
    if (!isWordLike) continue
    const span = { start: index, end: index + segment.length }
    while ((skipped[next]?.end ?? Infinity) <= span.start) next += 1
    const skip = skipped[next]
    if (skip && skip.start < span.end) continue
    const plain = plainWord(segment)
    if (isSpelt(plain) && (!script || script.test(plain))) words.push({ ...span, plain })
  }
  return words
}

/** One word in the form a dictionary has it. */
export function plainWord(word: string): string {
  return word
    .normalize('NFC')
    .replace(/[\u00ad\u200b\u2060\ufeff\u0640]/g, '')
    .replace(/[\u2018\u2019\u02bc\uff07]/g, "'")
}

/** Acronyms such as ABC and USA; no dictionary has all of them. */
export function isInCapitals(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase()
}

/** A single letter is an initial; a digit makes it a number, a score or a model; a point makes it an abbreviation. */
function isSpelt(word: string): boolean {
  return !/[\p{N}.]/u.test(word) && (word.match(/\p{L}/gu)?.length ?? 0) > 1
}

const segmenters = new Map<string, Intl.Segmenter>()

function segmenterOf(language: string): Intl.Segmenter {
  let known = segmenters.get(language)
  if (!known) {
    known = new Intl.Segmenter(localeOr(language, 'en'), { granularity: 'word' })
    segmenters.set(language, known)
  }
  return known
}

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  Arab: /\p{Script=Arabic}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Grek: /\p{Script=Greek}/u,
  Hebr: /\p{Script=Hebrew}/u,
  Latn: /\p{Script=Latin}/u
}

/** The script of the language's words; null if unknown, in which case all words count as its own. */
function scriptOf(language: string): RegExp | null {
  const { script = '' } = new Intl.Locale(localeOr(language, 'und')).maximize()
  return SCRIPTS[script] ?? null
}

/** The tag in canonical form; `other` if it is not a valid tag, for example from a foreign file. */
export function localeOr(language: string, other: string): string {
  try {
    return new Intl.Locale(language).toString()
  } catch {
    return other
  }
}

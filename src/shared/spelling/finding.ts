import { isInCapitals, plainWord, spansWithoutCopy, type Span } from './words.ts'

/** What an engine found in a text. */
export interface Finding extends Span {
  readonly kind: 'spelling' | 'grammar'
  /** The name the engine gives the rule. */
  readonly rule: string
  /** Replacements, the likeliest first; null: they have to be requested. */
  readonly suggestions: readonly string[] | null
  /** The engine's explanation in the language of the text; empty if it gives none. */
  readonly message: string
}

export interface FindingFilter {
  readonly grammar: boolean
  /** Words in capitals are checked too. */
  readonly capitals: boolean
  /** True for one of the user's own words or one ignored in this story; `word` is in its plain form. */
  accepts(word: string): boolean
}

/** The findings in a text that the user gets to see. */
export function shownFindings(
  text: string,
  findings: readonly Finding[],
  code: readonly Span[],
  { grammar, capitals, accepts }: FindingFilter
): Finding[] {
  if (findings.length === 0) return []
  const skipped = [...skippedIn(text), ...code]
  return findings.filter((finding) => {
    if (skipped.some((span) => span.start < finding.end && span.end > finding.start)) return false
    if (finding.kind === 'grammar') return grammar
    // The letters of a number, as in 3.2bn.
    if (/\p{N}$/u.test(text.slice(0, finding.start)) || /^\p{N}/u.test(text.slice(finding.end))) return false
    const word = plainWord(text.slice(finding.start, finding.end))
    return !((!capitals && isInCapitals(word)) || accepts(word))
  })
}

/** Texts are filtered again whenever the accepted words change, so a thousand of them are remembered. */
const skippedBefore = new Map<string, readonly Span[]>()
const MOST_REMEMBERED = 1000

function skippedIn(text: string): readonly Span[] {
  let skipped = skippedBefore.get(text)
  if (!skipped) {
    if (skippedBefore.size >= MOST_REMEMBERED) skippedBefore.clear()
    skippedBefore.set(text, (skipped = spansWithoutCopy(text)))
  }
  return skipped
}

/**
 * Returns a test for words the user has accepted. A word in lower case is also accepted with a capital and in capitals,
 * a name only as written or in capitals.
 */
export function acceptedWords(words: Iterable<string>): (word: string) => boolean {
  const exact = new Set<string>()
  const inCapitals = new Set<string>()
  for (const word of words) {
    const plain = plainWord(word)
    exact.add(plain)
    inCapitals.add(plain.toUpperCase())
  }
  return (word) => {
    if (exact.has(word)) return true
    if (isInCapitals(word)) return inCapitals.has(word)
    const [first = '', ...rest] = word
    return exact.has(first.toLowerCase() + rest.join(''))
  }
}

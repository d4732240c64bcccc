import { isInCapitals, plainWord, spansWithoutCopy, type Span } from './words.ts'

/** What an engine found in a text. */
export interface Finding extends Span {
  readonly kind: 'spelling' | 'grammar'
  /** The name of the rule, as the engine has it. */
  readonly rule: string
  /** What may be there instead, the likeliest first; null: to be asked for. */
  readonly suggestions: readonly string[] | null
  /** What the engine says of it, in the language of the text; empty where it says nothing. */
  readonly message: string
}

export interface FindingFilter {
  readonly grammar: boolean
  /** Words in capitals are looked at. */
  readonly capitals: boolean
  /** Whether a word is the person's own or one that is ignored in this story; in the plain form. */
  accepts(word: string): boolean
}

/** Which of the findings of a text a person is shown. */
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
    // The letters of a figure, as in 3.2bn.
    if (/\p{N}$/u.test(text.slice(0, finding.start)) || /^\p{N}/u.test(text.slice(finding.end))) return false
    const word = plainWord(text.slice(finding.start, finding.end))
    return !((!capitals && isInCapitals(word)) || accepts(word))
  })
}

/** A text is filtered again on each change of what is accepted: a thousand texts are remembered. */
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
 * A set of words a person has accepted. One in small letters is accepted with a capital and in capitals too, a name only
 * as it is written or in capitals.
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

import { Dialect, LocalLinter, SuggestionKind, type BinaryModule, type Lint } from 'harper.js'
import type { Finding } from '../../shared/spelling/finding.ts'
import { localeOr } from '../../shared/spelling/words.ts'
import type { SpellingEngine, TextToCheck } from './engine.ts'

/** English by region. */
const DIALECTS: Readonly<Record<string, Dialect>> = {
  AU: Dialect.Australian,
  CA: Dialect.Canadian,
  GB: Dialect.British,
  IE: Dialect.British,
  IN: Dialect.Indian,
  NZ: Dialect.Australian,
  US: Dialect.American,
  ZA: Dialect.British
}

/** Mistakes in any house's style. Commas, capitals, readability and taste are left to the desk. */
const GRAMMAR = new Set([
  'Agreement',
  'BoundaryError',
  'Eggcorn',
  'Grammar',
  'Malapropism',
  'Nonstandard',
  'Repetition'
])
/** Exceptions to the selection by kind: rules that are right in news often enough to keep, or wrong too often. */
const KEPT = new Set(['AnA'])
const LEFT_OUT = new Set(['MassNouns', 'QuantifierNumeralConflict'])
const MOST_SUGGESTIONS = 6
/** Linters held at once: English without a region needs two. */
const MOST_HELD = 2

/** Harper: spelling and grammar of English. */
export function harperEngine(binary: BinaryModule): SpellingEngine {
  /** Least recently used first. Harper would rebuild a linter to change its dialect, so there is one per dialect. */
  const held = new Map<Dialect, LocalLinter>()
  const use = (dialect: Dialect): LocalLinter => {
    const linter = held.get(dialect) ?? new LocalLinter({ binary, dialect })
    held.delete(dialect)
    held.set(dialect, linter)
    const [longestUnused] = held
    if (longestUnused && held.size > MOST_HELD) {
      held.delete(longestUnused[0])
      void longestUnused[1].dispose()
    }
    return linter
  }
  const find = async (dialect: Dialect, { text, isProse }: TextToCheck): Promise<Finding[]> => {
    // Among overlapping findings, Harper itself prefers those about style, which are not shown here.
    const found = await use(dialect).organizedLints(text, { language: 'plaintext', dedup: false })
    const findings = Object.entries(found).flatMap(([rule, lints]) =>
      lints.flatMap((lint) => {
        const finding = findingOf(rule, lint, isProse)
        lint.free()
        return finding ?? []
      })
    )
    return withoutOverlaps(findings)
  }
  return {
    async check(language, texts) {
      const [dialect, other] = dialectsOf(language)
      const checked: Finding[][] = []
      for (const text of texts) {
        const findings = await find(dialect, text)
        checked.push(
          other === undefined || findings.length === 0 ? findings : inBoth(findings, await find(other, text))
        )
      }
      return checked
    },
    async suggest() {
      return []
    }
  }
}

/** One dialect, and a second for English without a region: a word that is right in either is right. */
function dialectsOf(language: string): readonly [Dialect, Dialect?] {
  const { region } = new Intl.Locale(localeOr(language, 'en'))
  const known = region === undefined ? undefined : DIALECTS[region]
  return known === undefined ? [Dialect.American, Dialect.British] : [known]
}

function inBoth(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  return findings.filter(({ start, end, kind }) =>
    others.some((other) => other.kind === kind && other.start === start && other.end === end)
  )
}

/** In text order. If two findings overlap, a misspelling is kept, otherwise the one that begins first. */
function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = []
  for (const kind of ['spelling', 'grammar'] as const)
    for (const finding of findings.filter((one) => one.kind === kind).sort((a, b) => a.start - b.start))
      if (!kept.some(({ start, end }) => start < finding.end && end > finding.start)) kept.push(finding)
  return kept.sort((a, b) => a.start - b.start)
}

function findingOf(rule: string, lint: Lint, isProse: boolean): Finding | null {
  const kind = lint.lint_kind()
  const problem = lint.get_problem_text()
  // A typo that spans several words is judged by meaning.
  const isSpelling = kind === 'Spelling' || (kind === 'Typo' && !/\s/.test(problem))
  const isGrammar = isProse && !LEFT_OUT.has(rule) && (GRAMMAR.has(kind) || KEPT.has(rule))
  if (!isSpelling && !isGrammar) return null
  const { start, end } = lint.span()
  const instead = lint.suggestions().map((suggestion) => {
    const words = suggestion.get_replacement_text()
    return suggestion.kind() === SuggestionKind.InsertAfter ? problem + words : words
  })
  return {
    start,
    end,
    kind: isSpelling ? 'spelling' : 'grammar',
    rule,
    suggestions: instead.slice(0, MOST_SUGGESTIONS),
    message: isSpelling ? '' : lint.message()
  }
}

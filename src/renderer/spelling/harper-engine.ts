import { Dialect, LocalLinter, SuggestionKind, type BinaryModule, type Lint } from 'harper.js'
import type { Finding } from '../../shared/spelling/finding.ts'
import type { SpellingEngine } from './engine.ts'

/** English by region; English that names none is taken as American, as Harper itself does. */
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

/** What is wrong in any house's style. Commas, capitals, readability and taste are the desk's own business. */
const GRAMMAR = new Set([
  'Agreement',
  'BoundaryError',
  'Eggcorn',
  'Grammar',
  'Malapropism',
  'Nonstandard',
  'Repetition'
])
/** Rules that would be kept or left out by their kind, and are wrong in news too often or seldom enough. */
const KEPT = new Set(['AnA'])
const LEFT_OUT = new Set(['MassNouns', 'QuantifierNumeralConflict'])
const MOST_SUGGESTIONS = 6

/** Harper: spelling and grammar of English. */
export function harperEngine(binary: BinaryModule): SpellingEngine {
  const linter = new LocalLinter({ binary, dialect: Dialect.American })
  let current = Dialect.American
  const use = async (language: string): Promise<void> => {
    const dialect = dialectOf(language)
    if (dialect !== current) await linter.setDialect(dialect)
    current = dialect
  }
  return {
    async check(language, texts) {
      await use(language)
      const checked: Finding[][] = []
      for (const { text, isProse } of texts) {
        const found = await linter.organizedLints(text, { language: 'plaintext' })
        const findings = Object.entries(found).flatMap(([rule, lints]) =>
          lints.flatMap((lint) => {
            const finding = findingOf(rule, lint, isProse)
            lint.free()
            return finding ?? []
          })
        )
        checked.push(findings.sort((a, b) => a.start - b.start))
      }
      return checked
    },
    async suggest() {
      return []
    }
  }
}

function dialectOf(language: string): Dialect {
  const { region = '' } = new Intl.Locale(language)
  return DIALECTS[region] ?? Dialect.American
}

function findingOf(rule: string, lint: Lint, isProse: boolean): Finding | null {
  const kind = lint.lint_kind()
  const problem = lint.get_problem_text()
  // A slip of the finger over several words is judged by what they mean.
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

import type { PageLine } from './page.ts'
import { countSpaced, plain } from './plain.ts'
import { droppedRoles } from './roles.ts'
import { isSentence, speaksOfSite } from './sentences.ts'
import { DEFAULT_MAX_LENGTH, LineMatcher, type IntakeRule } from './rules.ts'

export interface RuleHit {
  readonly rule: IntakeRule
  /** Words of the pattern before its first `*`: the label, for roles that take a value. */
  readonly labelWords: number
  /** Part of the line may be anything, so its beginning does not show what it is. */
  readonly isOpen: boolean
}

/** Rules compiled for many lines: whole sets of patterns are looked up, and class names are cached. */
export class RuleEngine {
  readonly #anywhere: readonly Prepared[]
  readonly #placed: ReadonlyMap<IntakeRule['where'], readonly Prepared[]>

  constructor(rules: readonly IntakeRule[], language: string) {
    const primary = language.toLowerCase().split('-')[0] ?? ''
    const prepared = rules.filter((rule) => rule.languages?.includes(primary) ?? true).map(prepare)
    this.#anywhere = prepared.filter(({ rule }) => rule.where === 'anywhere')
    this.#placed = Map.groupBy(prepared, ({ rule }) => rule.where)
  }

  /** The first rule that matches, wherever on the page the line is. */
  find(line: PageLine, neighbours: Neighbours): RuleHit | null {
    return this.#first(this.#anywhere, line, neighbours)
  }

  /** The first rule that applies at this place on the page. */
  findAt(line: PageLine, neighbours: Neighbours, place: IntakeRule['where']): RuleHit | null {
    return this.#first(this.#placed.get(place) ?? [], line, neighbours)
  }

  #first(rules: readonly Prepared[], line: PageLine, neighbours: Neighbours): RuleHit | null {
    if (line.text.length > 2100 || rules.length === 0) return null
    const text = plain(line.text)
    for (const prepared of rules) {
      const hit = prepared.try(line, text)
      if (!hit || !prepared.besideHolds(neighbours)) continue
      if (hit.isOpen && drops(hit.rule) && isSentence(line) && !(hit.rule.sentences && speaksOfSite(text))) continue
      if (hit.rule.sparesSentences && line.outside !== true && isSentence(line)) continue
      if (hit.rule.role === 'section' && countSpaced(text) - hit.labelWords > 4) continue
      return hit
    }
    return null
  }
}

/** The adjacent lines, ignoring blank ones; as functions, because few rules need them. */
export interface Neighbours {
  previous(): string
  next(): string
}

interface Prepared {
  readonly rule: IntakeRule
  try(line: PageLine, text: string): RuleHit | null
  besideHolds(neighbours: Neighbours): boolean
}

function prepare(rule: IntakeRule): Prepared {
  const { match, beside } = rule
  const lines = match.line && new LineMatcher(match.line)
  const tags = match.tag && new Set(match.tag)
  const within = match.within
  const hints = match.hint?.map((hint) => ` ${hint.toLowerCase()} `)
  const knownHints = new Map<string, boolean>()
  const previous = beside?.previous && new LineMatcher(beside.previous)
  const next = beside?.next && new LineMatcher(beside.next)
  const maxLength = match.maxLength ?? DEFAULT_MAX_LENGTH

  function hintHolds(found: string): boolean {
    let holds = knownHints.get(found)
    if (holds === undefined) {
      holds = hints?.some((hint) => found.includes(hint)) ?? true
      knownHints.set(found, holds)
    }
    return holds
  }

  return {
    rule,
    try(line, text) {
      if (line.text.length > maxLength) return null
      if (tags && !tags.has(line.tag ?? '')) return null
      if (within && !within.some((element) => line.within?.has(element))) return null
      if (hints && !(line.hints !== undefined && hintHolds(line.hints))) return null
      if (!lines) return { rule, labelWords: 0, isOpen: false }
      const pattern = lines.find(line.text, text)
      return pattern === null ? null : { rule, labelWords: labelWordsOf(pattern), isOpen: pattern.includes('*') }
    },
    besideHolds: (neighbours) =>
      (!previous || previous.find(neighbours.previous()) !== null) && (!next || next.find(neighbours.next()) !== null)
  }
}

/** Either leaves lines out or takes them as the name of something. */
function drops({ role, opensRail }: IntakeRule): boolean {
  return droppedRoles.has(role) || opensRail || role === 'section' || role === 'kicker'
}

function labelWordsOf(pattern: string): number {
  const star = pattern.indexOf('*')
  return star === -1 ? 0 : countSpaced(plain(pattern.slice(0, star)))
}

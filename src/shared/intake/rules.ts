import { z } from 'zod'
import { LineRole } from '../contract/intake.ts'
import { plain } from './plain.ts'
import type { reason } from '../words/en/said/reason.ts'
import { say, type Message } from '../words/message.ts'

/**
 * A line pattern: words with `*` for any words or none and `#` for a number. Case, bullets and Arabic vowel signs are
 * ignored, and so are colons unless the pattern has one. Patterns are not regular expressions, so no page can make one
 * run away.
 */
const Pattern = z
  .string()
  .min(1)
  .max(300)
  .refine((pattern) => /[\p{L}\p{N}©]/u.test(pattern), 'needs at least one word, or it would catch every line')
  .refine((pattern) => (pattern.match(/\*/g)?.length ?? 0) <= 8, 'has more than eight *')

/** The conditions for a rule to match a line. Every condition given must hold; of a list, one entry is enough. */
const Match = z.strictObject({
  /** The whole line is one of these. */
  line: z.array(Pattern).min(1).max(500).optional(),
  /** HTML only: the line's element. */
  tag: z.array(z.string().max(20)).min(1).max(20).optional(),
  /** HTML only: an element around the line. */
  within: z.array(z.string().max(20)).min(1).max(20).optional(),
  /** HTML only: words of class or id of the elements around the line, as "share bar" for class="story__share-bar". */
  hint: z.array(z.string().min(2).max(60)).min(1).max(100).optional(),
  /** Longer lines never match; in characters. */
  maxLength: z.int().min(1).max(2000).optional()
})

export const IntakeRule = z.looseObject({
  /** Short and unique: desk.partner-rail */
  id: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\p{L}\p{N}._-]+$/u, 'may hold letters, digits, points, hyphens only'),
  /** What it matches, shown as the reason beside the line. */
  description: z.string().min(1).max(300),
  match: Match.refine(
    (match) => match.line ?? match.hint ?? match.within ?? match.tag,
    'needs a line, tag, within or hint to look for'
  ),
  /** Where on the page: anywhere, before the first body paragraph, after the last, or between. */
  where: z.enum(['anywhere', 'beforeBody', 'inBody', 'afterBody']).default('anywhere'),
  /** An adjacent line (ignoring blank ones) that has to match too. */
  beside: z
    .strictObject({
      previous: z.array(Pattern).min(1).max(100).optional(),
      next: z.array(Pattern).min(1).max(100).optional()
    })
    .optional(),
  /** Primary language subtags; none: all. */
  languages: z.array(z.string().max(8)).min(1).max(50).optional(),
  role: LineRole,
  /** The line opens a rail: headlines and bullets directly below belong to it. */
  opensRail: z.boolean().default(false),
  /** It may leave out whole sentences about the site and its readers: cookies, newsletters. */
  sentences: z.boolean().default(false),
  /** HTML only: it leaves sentences in the story's own part of the page alone, whatever the elements around are called. */
  sparesSentences: z.boolean().default(false),
  /** Lines it has to match and lines it must not; checked when the rule is read. */
  examples: z
    .strictObject({ yes: z.array(z.string()).default([]), no: z.array(z.string()).default([]) })
    .default({ yes: [], no: [] })
})
export type IntakeRule = z.infer<typeof IntakeRule> & {
  /** Galley's own rules name what they match by key; a desk's rule has a description. */
  readonly reason?: RuleReason
}
/** A reason that is used unchanged; those with parameters are about other lines. */
type RuleReason = {
  [Name in keyof typeof reason & string]: (typeof reason)[Name] extends string ? `reason.${Name}` : never
}[keyof typeof reason & string]

/** The form in which Galley's own rules are written: whatever has a default may be left out. */
export type IntakeRuleInput = Omit<z.input<typeof IntakeRule>, 'description'> & { readonly reason: RuleReason }

export interface ParsedRules {
  readonly rules: readonly IntakeRule[]
  /** The rules that are not used, and why. */
  readonly problems: readonly { readonly id: string; readonly problem: Message }[]
}

/** Reads a desk's rules. An invalid one is left out and reported; the others still work. */
export function parseRules(input: readonly unknown[]): ParsedRules {
  const rules: IntakeRule[] = []
  const problems: { id: string; problem: Message }[] = []
  const seen = new Set<string>()
  for (const one of input) {
    const parsed = IntakeRule.safeParse(one)
    const id = parsed.success ? parsed.data.id : idOf(one)
    const problem = parsed.success
      ? seen.has(id)
        ? say('intakeWarning.ruleTwice')
        : failedExample(parsed.data)
      : describe(parsed.error)
    seen.add(id)
    if (parsed.success && problem === null) rules.push(parsed.data)
    else problems.push({ id, problem: problem ?? say('intakeWarning.ruleUnreadable') })
  }
  return { rules, problems }
}

/**
 * The first example the rule gets wrong, as a sentence; null when it gets all of them right. Only line patterns can be
 * tried on a bare line.
 */
export function failedExample(rule: IntakeRule): Message | null {
  const patterns = rule.match.line
  if (!patterns) return null
  const matcher = new LineMatcher(patterns)
  const catches = (line: string) =>
    line.length <= (rule.match.maxLength ?? DEFAULT_MAX_LENGTH) && matcher.find(line) !== null
  const missed = rule.examples.yes.find((line) => !catches(line))
  if (missed !== undefined) return say('intakeWarning.ruleMisses', { line: missed })
  const caught = rule.examples.no.find(catches)
  return caught === undefined ? null : say('intakeWarning.ruleCatches', { line: caught })
}

/** The reason shown beside a line that the rule matched. */
export function reasonOf(rule: IntakeRule): Message {
  return rule.reason ? say(rule.reason) : say('reason.ofDesk', { description: rule.description })
}

/** Furniture is short. Rules match longer lines only if they say so. */
export const DEFAULT_MAX_LENGTH = 160

interface Compiled {
  /** The folded pieces between the stars. */
  readonly pieces: readonly Piece[]
  readonly pattern: string
}

interface Piece {
  readonly text: string
  readonly hasNumber: boolean
}

/** Tries many patterns on one line for the cost of a few: whole lines by lookup, the others by their first word. */
export class LineMatcher {
  readonly #loose = new PatternIndex()
  /** Patterns with a colon, for lines with a colon. */
  readonly #strict = new PatternIndex()

  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) (COLON.test(pattern) ? this.#strict : this.#loose).add(pattern)
  }

  /**
   * The pattern that matches the line, as written; null if none does. `plainLine`: the result of `plain`, if it is
   * known already.
   */
  find(line: string, plainLine = plain(line)): string | null {
    return (
      this.#loose.find(plainLine) ??
      (!this.#strict.isEmpty && COLON.test(line) ? this.#strict.find(plain(line, { keepColons: true })) : null)
    )
  }
}

const COLON = /[:：|]/

class PatternIndex {
  readonly #whole = new Map<string, string>()
  readonly #byFirstWord = new Map<string, Compiled[]>()
  readonly #open: Compiled[] = []

  get isEmpty(): boolean {
    return this.#whole.size === 0 && this.#byFirstWord.size === 0 && this.#open.length === 0
  }

  add(pattern: string): void {
    const key = toKey(pattern)
    if (!/[*#]/.test(key)) {
      this.#whole.set(key, pattern)
      return
    }
    const compiled = { pieces: key.split('*').map((text) => ({ text, hasNumber: text.includes('#') })), pattern }
    const first = /^[^\s*#]+(?=\s)/u.exec(key)?.[0]
    if (first === undefined) this.#open.push(compiled)
    else this.#byFirstWord.set(first, [...(this.#byFirstWord.get(first) ?? []), compiled])
  }

  find(line: string): string | null {
    const whole = this.#whole.get(line)
    if (whole !== undefined) return whole
    const cut = line.indexOf(' ')
    const candidates = this.#byFirstWord.get(cut === -1 ? line : line.slice(0, cut))
    return (candidates && firstMatch(candidates, line)) ?? firstMatch(this.#open, line)
  }
}

function firstMatch(candidates: readonly Compiled[], line: string): string | null {
  for (const candidate of candidates) if (matches(candidate.pieces, line)) return candidate.pattern
  return null
}

/**
 * Matches each piece at the first position it fits, and the last one at the end, without backtracking: the cost is the
 * line's length times the number of pieces.
 */
function matches(pieces: readonly Piece[], line: string): boolean {
  let at = 0
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]
    if (!piece) break
    const isLast = index === pieces.length - 1
    if (index === 0) at = startOf(piece, line)
    else if (isLast) return endsWith(piece, line, at)
    else at = after(piece, line, at)
    if (at === -1 || (index === 0 && isLast && at !== line.length)) return false
  }
  return true
}

function startOf(piece: Piece, line: string): number {
  if (piece.hasNumber) return matchAt(piece.text, line, 0)
  return line.startsWith(piece.text) ? piece.text.length : -1
}

function after(piece: Piece, line: string, from: number): number {
  if (!piece.hasNumber) {
    const found = line.indexOf(piece.text, from)
    return found === -1 ? -1 : found + piece.text.length
  }
  for (let at = from; at <= line.length; at++) {
    const end = matchAt(piece.text, line, at)
    if (end !== -1) return end
  }
  return -1
}

function endsWith(piece: Piece, line: string, from: number): boolean {
  if (!piece.hasNumber) return line.length - piece.text.length >= from && line.endsWith(piece.text)
  for (let at = from; at <= line.length; at++) if (matchAt(piece.text, line, at) === line.length) return true
  return false
}

/** Where the piece ends if it starts at `from`; -1 if it does not fit there. `#` takes all the digits it can. */
function matchAt(piece: string, line: string, from: number): number {
  let at = from
  for (const character of piece) {
    if (character === '#') {
      if (!isDigit(line[at])) return -1
      while (isDigit(line[at])) at += 1
    } else {
      if (!line.startsWith(character, at)) return -1
      at += character.length
    }
  }
  return at
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}

/** `plain` would take a leading star for a bullet and remove it. */
function toKey(pattern: string): string {
  return plain(pattern.replaceAll('*', '\ue000'), { keepColons: COLON.test(pattern) }).replaceAll('\ue000', '*')
}

function describe(error: z.ZodError): Message {
  const issue = error.issues[0]
  const path = issue?.path.join('.') ?? ''
  return say('intakeWarning.ruleUnfit', { path, why: issue?.message ?? '' })
}

function idOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string'
    ? input.id
    : '(a rule without an id)'
}

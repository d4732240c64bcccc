import { z } from 'zod'
import { LineRole } from '../contract/intake.ts'
import { plain } from './plain.ts'
import type { reason } from '../words/en/said/reason.ts'
import { say, type Message } from '../words/message.ts'

/**
 * A line pattern: words with `*` for any words or none and `#` for a number. Upper and lower case, bullets and Arabic
 * vowel signs make no difference, and colons only where the pattern has one. Patterns are not regular expressions: none
 * can run away on a hostile page.
 */
const Pattern = z
  .string()
  .min(1)
  .max(300)
  .refine((pattern) => /[\p{L}\p{N}©]/u.test(pattern), 'needs at least one word, or it would catch every line')
  .refine((pattern) => (pattern.match(/\*/g)?.length ?? 0) <= 8, 'has more than eight *')

/** What has to be so for a rule to catch a line. Everything named has to hold; of a list one is enough. */
const Match = z.strictObject({
  /** The whole line is one of these. */
  line: z.array(Pattern).min(1).max(500).optional(),
  /** HTML only: the line's element. */
  tag: z.array(z.string().max(20)).min(1).max(20).optional(),
  /** HTML only: an element around the line. */
  within: z.array(z.string().max(20)).min(1).max(20).optional(),
  /** HTML only: words of class or id of the elements around the line, as "share bar" for class="story__share-bar". */
  hint: z.array(z.string().min(2).max(60)).min(1).max(100).optional(),
  /** Longer lines are left alone; in characters. */
  maxLength: z.int().min(1).max(2000).optional()
})

export const IntakeRule = z.looseObject({
  /** Short and unique: desk.partner-rail */
  id: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[\p{L}\p{N}._-]+$/u, 'may hold letters, digits, points, hyphens only'),
  /** What it catches, shown as the reason beside the line. */
  description: z.string().min(1).max(300),
  match: Match.refine(
    (match) => match.line ?? match.hint ?? match.within ?? match.tag,
    'needs a line, tag, within or hint to look for'
  ),
  /** Where on the page: anywhere, before the first body paragraph, after the last, or between. */
  where: z.enum(['anywhere', 'beforeBody', 'inBody', 'afterBody']).default('anywhere'),
  /** A line directly beside it (blank lines aside) that has to match too. */
  beside: z
    .strictObject({
      previous: z.array(Pattern).min(1).max(100).optional(),
      next: z.array(Pattern).min(1).max(100).optional()
    })
    .optional(),
  /** Primary language subtags; none: all. */
  languages: z.array(z.string().max(8)).min(1).max(50).optional(),
  role: LineRole,
  /** The line opens a rail: headlines and bullets right under it go with it. */
  opensRail: z.boolean().default(false),
  /** It may leave out whole sentences, where those speak of the site and its readers: cookies, newsletters. */
  sentences: z.boolean().default(false),
  /** HTML only: it leaves sentences in the story's own part of the page alone, whatever the elements around are called. */
  sparesSentences: z.boolean().default(false),
  /** Lines it has to catch and lines it must not; checked when the rule is read. */
  examples: z
    .strictObject({ yes: z.array(z.string()).default([]), no: z.array(z.string()).default([]) })
    .default({ yes: [], no: [] })
})
export type IntakeRule = z.infer<typeof IntakeRule> & {
  /** A rule of Galley's own says by key what it catches; a desk's rule has its description. */
  readonly reason?: RuleReason
}
/** A reason that is used unchanged; those with parameters are about other lines. */
type RuleReason = {
  [Name in keyof typeof reason & string]: (typeof reason)[Name] extends string ? `reason.${Name}` : never
}[keyof typeof reason & string]

/** How a rule of Galley's own is written down: what has a default may be left out. */
export type IntakeRuleInput = Omit<z.input<typeof IntakeRule>, 'description'> & { readonly reason: RuleReason }

export interface ParsedRules {
  readonly rules: readonly IntakeRule[]
  /** Each rule that is not used, and why. */
  readonly problems: readonly { readonly id: string; readonly problem: Message }[]
}

/** Reads a desk's rules. One that does not hold together is left out and named; the others still work. */
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

/** Furniture is short. Rules look at longer lines only when they say so. */
export const DEFAULT_MAX_LENGTH = 160

interface Compiled {
  /** Folded pieces between the stars. */
  readonly pieces: readonly Piece[]
  readonly pattern: string
}

interface Piece {
  readonly text: string
  readonly hasNumber: boolean
}

/** Many patterns tried on one line at the price of a few: whole lines by look-up, the rest by their first word. */
export class LineMatcher {
  readonly #loose = new PatternIndex()
  /** Patterns with a colon, for lines with a colon. */
  readonly #strict = new PatternIndex()

  constructor(patterns: readonly string[]) {
    for (const pattern of patterns) (COLON.test(pattern) ? this.#strict : this.#loose).add(pattern)
  }

  /**
   * The pattern that catches the line, as it was written; null for none. `plainLine`: the line after `plain`, where
   * that is at hand.
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
 * Each piece at the first place it fits, the last one at the end: no going back, so the price is the line's length
 * times the pieces.
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

/** Where the piece ends when it starts at `from`; -1 when it does not fit there. `#` takes all the digits it can. */
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

/** `plain` would take a leading star for a bullet and leave it out. */
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

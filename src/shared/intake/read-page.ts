import type { IntakeReview, LineRole } from '../contract/intake.ts'
import { accountFor } from './account.ts'
import { classify } from './classify.ts'
import { makeDraft, type DraftOptions, type RoledLine } from './draft.ts'
import type { IntakeWarning } from './instants.ts'
import type { Page } from './page.ts'
import { parseRules } from './rules.ts'
import { builtinRules } from './rules/builtin.ts'
import { isBlank, type Verdict } from './units.ts'
import { say } from '../words/message.ts'

export interface ReadOptions extends DraftOptions {
  /** What a person decided, by line number. */
  readonly assignments?: Readonly<Record<string, LineRole>>
  /** The desk's own rules, as stored; they are tried before Galley's. */
  readonly rules?: readonly unknown[]
}

/**
 * Reads a page and proposes a story. Kept and dropped lines together make up the page; the review is checked against
 * the page before it is returned. Yields every few thousand lines: run it with `run`, or let other work in between.
 */
export function* readPage(page: Page, options: ReadOptions): Generator<void, IntakeReview> {
  const desk = parseRules(options.rules ?? [])
  const warnings: IntakeWarning[] = desk.problems.map(({ id, problem }) => ({
    code: 'rule_unused',
    ...say('intakeWarning.ruleUnused', { id, problem })
  }))
  const { verdicts, hasStory } = yield* classify(
    page,
    [...desk.rules, ...builtinRules],
    page.language === '' ? options.language : page.language
  )
  const assignments = options.assignments ?? {}
  const roled = withAssignments(page, verdicts, assignments)
  const draft = yield* makeDraft(page, roled, options)
  const review: IntakeReview = {
    format: page.format,
    encoding: page.encoding,
    lines: roled.map(({ role, kept, reason }, n) => ({
      n,
      text: page.lines[n]?.text ?? '',
      role,
      kept,
      reason,
      rule: n in assignments ? null : (verdicts[n]?.rule ?? null)
    })),
    fields: hasStory || Object.keys(assignments).length > 0 ? draft.fields : { ...draft.fields, headline: '' },
    body: draft.body,
    zone: options.zone,
    warnings: [
      ...warnings,
      ...draft.warnings,
      ...gaps(
        draft.fields.headline ?? '',
        draft.body.blocks.length,
        hasStory,
        // A date that is not a publishing date is reported separately.
        (draft.fields.times?.firstPublished ?? null) !== null ||
          draft.warnings.some(({ code }) => code === 'date_under_embargo')
      )
    ]
  }
  yield
  yield* accountFor(
    review,
    page,
    roled.map(({ role, labelWords }, n) => (role === (verdicts[n]?.role ?? role) ? labelWords : 0))
  )
  return review
}

/** Runs a reading to its end without pausing. */
export function run<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** A person's decision is final. If a story has only one such line, the line that Galley had chosen is moved out. */
function withAssignments(
  page: Page,
  verdicts: readonly Verdict[],
  assignments: Readonly<Record<string, LineRole>>
): RoledLine[] {
  const taken = new Set(
    Object.entries(assignments)
      .filter(([n]) => !isBlank(page.lines[Number(n)]?.text ?? ''))
      .map(([, role]) => role)
  )
  return verdicts.map((verdict, n): RoledLine => {
    const chosen = assignments[String(n)]
    if (chosen !== undefined) {
      if (isBlank(page.lines[n]?.text ?? ''))
        return { role: 'blank', reason: say('reason.noWords'), kept: false, labelWords: 0 }
      return {
        role: chosen,
        reason: chosen === verdict.role ? verdict.reason : say('reason.chosen'),
        kept: true,
        labelWords: chosen === verdict.role ? verdict.labelWords : 0
      }
    }
    const displaced = onePlace.has(verdict.role) && taken.has(verdict.role)
    return displaced
      ? {
          role: 'furniture',
          reason: say('reason.displaced', { role: verdict.role }),
          kept: false,
          labelWords: 0
        }
      : { role: verdict.role, reason: verdict.reason, kept: true, labelWords: verdict.labelWords }
  })
}

const onePlace: ReadonlySet<LineRole> = new Set(['headline', 'section', 'kicker', 'published', 'updated'])

function gaps(headline: string, blocks: number, hasStory: boolean, hasDate: boolean): IntakeWarning[] {
  if (!hasStory && blocks === 0)
    return [
      {
        code: 'no_story',
        ...say('intakeWarning.noStory')
      }
    ]
  const warnings: IntakeWarning[] = []
  if (headline === '') warnings.push({ code: 'no_headline', ...say('intakeWarning.noHeadline') })
  if (blocks === 0) warnings.push({ code: 'no_body', ...say('intakeWarning.noBody') })
  if (!hasDate) warnings.push({ code: 'no_date', ...say('intakeWarning.noDate') })
  return warnings
}

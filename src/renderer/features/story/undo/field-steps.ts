import { sameBlock } from '../../../../shared/document/diff/canonical-block.ts'
import type { Block, BlockId } from '../../../../shared/document/document.ts'
import { sameJson } from '../../../../shared/lib/same-json.ts'
import type { FieldsPatch, StoryFields } from '../../../../shared/story/fields.ts'
import type { Place } from '../../../../shared/story/place.ts'
import type { Step } from './step-stack.ts'

/** The one text in which two values of a field differ: where in the value it is, and both versions. */
interface ChangedText {
  readonly part: string
  readonly was: string
  readonly is: string
}

/**
 * The name of the run of typing that a change of fields may belong to: within one text of one field (the third of its
 * corrections, say), and either only adding or only removing. Null for a change that is a step by itself.
 */
export function runOf(before: FieldsPatch, after: FieldsPatch): string | null {
  const name = onlyField(before)
  const changed = name === null ? null : changedText(before[name], after[name])
  return changed && `${name} ${changed.part} ${changed.is.length > changed.was.length ? 'adds' : 'takes'}`
}

/** Where text in one of the page's fields changed: selects what was there before. Null if it is not text. */
export function placeOfChange(before: FieldsPatch, after: FieldsPatch): Place | null {
  const field = onlyField(before)
  if (field === null) return null
  const [was, is] = [before[field], after[field]]
  if (typeof was !== 'string' || typeof is !== 'string') return null
  let start = 0
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1
  let same = 0
  while (same < was.length - start && same < is.length - start && was.at(-1 - same) === is.at(-1 - same)) same += 1
  return { field, start, end: was.length - same }
}

function onlyField(fields: FieldsPatch): string | null {
  const [name, other] = Object.keys(fields)
  return name !== undefined && other === undefined ? name : null
}

/** Null if they differ in more than one text, or in anything else. */
function changedText(was: unknown, is: unknown): ChangedText | null {
  if (typeof was === 'string' && typeof is === 'string') return { part: '', was, is }
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return null
  if (Array.isArray(was) !== Array.isArray(is)) return null
  const [old, now] = [was as Readonly<Record<string, unknown>>, is as Readonly<Record<string, unknown>>]
  const [key, other] = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !sameJson(old[name], now[name])
  )
  const inner = key === undefined || other !== undefined ? null : changedText(old[key], now[key])
  return inner && { ...inner, part: `${key} ${inner.part}` }
}

/** True if the step would leave everything as it is. */
export function changesNothing(step: Step, fields: StoryFields, blockOf: (id: BlockId) => Block | undefined): boolean {
  return (
    Object.entries(step.fields ?? {}).every(([name, value]) => sameJson(value, fields[name])) &&
    step.body().every((operation) => {
      const block = operation.op === 'replace' ? blockOf(operation.block.id) : undefined
      return operation.op === 'replace' && block !== undefined && sameBlock(block, operation.block)
    })
  )
}

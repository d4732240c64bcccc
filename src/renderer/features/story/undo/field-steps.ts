import type { Place } from '../../../../shared/story/place.ts'
import type { FieldsPatch } from '../../../../shared/story/fields.ts'

/**
 * The run of typing a change of fields may belong to: into one field, and all of it adding or all of it taking away. Null
 * for what is a step by itself.
 */
export function runOf(before: FieldsPatch, after: FieldsPatch): string | null {
  const [name, other] = Object.keys(before)
  if (name === undefined || other !== undefined) return null
  const [was, is] = [textOf(before[name]), textOf(after[name])]
  return was === null || is === null || was.kind !== is.kind
    ? null
    : `${name} ${was.kind} ${is.length > was.length ? 'adds' : 'takes'}`
}

/** Where words of a field of the page were changed: what was there before, selected. Null for what is no text. */
export function placeOfChange(before: FieldsPatch, after: FieldsPatch): Place | null {
  const [field, other] = Object.keys(before)
  if (field === undefined || other !== undefined) return null
  const [was, is] = [before[field], after[field]]
  if (typeof was !== 'string' || typeof is !== 'string') return null
  let start = 0
  while (start < was.length && start < is.length && was[start] === is[start]) start += 1
  let same = 0
  while (same < was.length - start && same < is.length - start && was.at(-1 - same) === is.at(-1 - same)) same += 1
  return { field, start, end: was.length - same }
}

/** A text, or the words of a picture: those of another picture are another thing. */
function textOf(value: unknown): { readonly kind: string; readonly length: number } | null {
  if (typeof value === 'string') return { kind: 'text', length: value.length }
  if (typeof value !== 'object' || value === null || !('mediaId' in value)) return null
  const words = Object.values(value).filter((part) => typeof part === 'string')
  return { kind: String(value.mediaId), length: words.join('').length }
}

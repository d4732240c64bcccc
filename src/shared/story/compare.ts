import { compareBodies, type BlockChange } from '../document/diff/compare-bodies.ts'
import { diffWords, type WordChange } from '../document/diff/words.ts'
import type { ImageUse } from '../document/image-use.ts'
import { StoryFields } from './fields.ts'
import { StoryTimes, type Instant } from './instant.ts'
import type { Story } from './story.ts'

/** A field that differs, shown by its words, its instant or its picture. */
export type FieldChange =
  | { readonly kind: 'words'; readonly field: FieldName; readonly words: readonly WordChange[] }
  | {
      readonly kind: 'instant'
      readonly field: TimeName
      readonly before: Instant | null
      readonly after: Instant | null
    }
  | { readonly kind: 'picture'; readonly before: ImageUse | null; readonly after: ImageUse | null }

export type FieldName = Exclude<keyof typeof StoryFields.shape, 'times' | 'leadImage'> | 'status'
export type TimeName = keyof typeof StoryTimes.shape

export interface StoryComparison {
  /** Only the fields that differ, in the order in which people read a story. */
  readonly fields: readonly FieldChange[]
  /** All blocks, so that each change is seen in its place. */
  readonly blocks: readonly BlockChange[]
  readonly isEqual: boolean
}

/**
 * Compares two stories, or two versions of one: all fields and the body, word by word. Independent of window and
 * library.
 */
export function compareStories(before: Story, after: Story): StoryComparison {
  const fields: FieldChange[] = []
  for (const name of Object.keys(StoryFields.shape)) {
    if (name === 'times') fields.push(...times(before, after))
    else if (name === 'leadImage') {
      const [old, now] = [before.fields.leadImage, after.fields.leadImage]
      if (!same(old, now)) fields.push({ kind: 'picture', before: old, after: now })
    } else if (!same(before.fields[name], after.fields[name])) {
      const words = diffWords(wordsOf(before.fields[name]), wordsOf(after.fields[name]))
      fields.push({ kind: 'words', field: name as FieldName, words })
    }
  }
  if (before.status !== after.status)
    fields.push({ kind: 'words', field: 'status', words: diffWords(before.status, after.status) })
  const blocks = compareBodies(before.body.blocks, after.body.blocks)
  const isEqual = fields.length === 0 && blocks.every(({ kind, moved }) => kind === 'same' && !moved)
  return { fields, blocks, isEqual }
}

function times(before: Story, after: Story): FieldChange[] {
  return (Object.keys(StoryTimes.shape) as TimeName[]).flatMap((field): FieldChange[] => {
    const [old, now] = [before.fields.times[field] ?? null, after.fields.times[field] ?? null]
    return old?.utc === now?.utc && old?.zone === now?.zone ? [] : [{ kind: 'instant', field, before: old, after: now }]
  })
}

/** A field's value as text: what people wrote in it, one entry per line. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('\n')
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value)
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map(String)
    .join(' · ')
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

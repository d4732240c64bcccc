import { compareBodies, type BlockChange } from '../document/diff/compare-bodies.ts'
import { shortened, substanceOf, type TextSubstance } from '../document/diff/substance.ts'
import { blockToText } from '../document/to-text.ts'
import type { Correction, StoryFields } from './fields.ts'
import type { Story } from './story.ts'

/** Something that readers of the second version are told otherwise than those of the first. */
export interface Substance {
  readonly where: 'headline' | 'standfirst' | 'body'
  /** Which part of the body with words, from 1, in the version it is in; null for a field. */
  readonly part: number | null
  /** `new`: nothing that was there says anything else. */
  readonly kind: 'changed' | 'gone' | 'new'
  readonly of: TextSubstance['of']
  /** As it is quoted; empty where nothing stood, or stands. */
  readonly before: string
  readonly after: string
}

type Copy = Pick<Story, 'fields' | 'body'>

/** What of headline, standfirst and body says something else than before, in the order of the page. */
export function substanceOfChange(before: Copy, after: Copy): readonly Substance[] {
  const fields = (['headline', 'standfirst'] as const).flatMap((where): Substance[] => {
    const [old, now] = [before.fields[where], after.fields[where]]
    const told = substanceOf(old, now)
    if (!told) return []
    const kind = kindOf(old, now)
    // A headline is short enough to be quoted whole.
    const whole = where === 'headline' || kind !== 'changed'
    return [{ where, part: null, kind, ...told, ...(whole && { before: shortened(old), after: shortened(now) }) }]
  })
  return [...fields, ...substanceOfBodies(before, after)]
}

function substanceOfBodies(before: Copy, after: Copy): Substance[] {
  const places = { before: placesOf(before), after: placesOf(after) }
  return runsOf(compareBodies(before.body.blocks, after.body.blocks)).flatMap((run) => {
    // A paragraph that was parted in two, or joined with the next, says the same.
    if (substanceOf(run.map(oldText).join(' '), run.map(newText).join(' ')) === null) return []
    return run.flatMap((change): Substance[] => {
      const [old, now] = [oldText(change), newText(change)]
      const told = substanceOf(old, now)
      if (!told) return []
      const part = places.after.get(change.after?.id ?? '') ?? places.before.get(change.before?.id ?? '') ?? null
      const kind = kindOf(old, now)
      return [
        {
          where: 'body',
          part,
          kind,
          ...told,
          ...(kind !== 'changed' && { before: shortened(old), after: shortened(now) })
        }
      ]
    })
  })
}

function kindOf(old: string, now: string): Substance['kind'] {
  return old.trim() === '' ? 'new' : now.trim() === '' ? 'gone' : 'changed'
}

/** Stretches of blocks that stand together and are not what they were. */
function runsOf(changes: readonly BlockChange[]): BlockChange[][] {
  const runs: BlockChange[][] = []
  let run: BlockChange[] = []
  for (const change of changes) {
    if (change.kind !== 'same') run.push(change)
    else if (run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  return run.length > 0 ? [...runs, run] : runs
}

function oldText({ before }: BlockChange): string {
  return before ? blockToText(before) : ''
}

function newText({ after }: BlockChange): string {
  return after ? blockToText(after) : ''
}

function placesOf({ body }: Copy): Map<string, number> {
  const withWords = body.blocks.filter((block) => blockToText(block).trim() !== '')
  return new Map(withWords.map(({ id }, at) => [id, at + 1]))
}

/** Notices that the second version has and the first has not. */
export function newCorrections(
  before: Pick<StoryFields, 'corrections'>,
  after: Pick<StoryFields, 'corrections'>
): readonly Correction[] {
  return after.corrections.filter(
    ({ at, text }) => text.trim() !== '' && !before.corrections.some((known) => known.at === at && known.text === text)
  )
}

/**
 * What would be changed without a word to readers: whatever a minor fix says otherwise, and what an update says otherwise
 * of what was there before. What is only added is what an update is for; a new notice says the rest.
 */
export function silentChanges(
  before: Copy,
  after: Copy,
  change: 'update' | 'minor' | 'correction'
): readonly Substance[] {
  if (newCorrections(before.fields, after.fields).length > 0) return []
  const told = substanceOfChange(before, after)
  return change === 'minor' ? told : told.filter(({ kind }) => kind !== 'new')
}

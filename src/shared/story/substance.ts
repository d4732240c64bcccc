import { compareBodies, type BlockChange } from '../document/diff/compare-bodies.ts'
import { hasSubstance, shortened, substancesOf, type TextSubstance } from '../document/diff/substance.ts'
import { blockToText } from '../document/to-text.ts'
import type { Correction, StoryFields } from './fields.ts'
import type { Story } from './story.ts'

/** Something that readers of the second version are told otherwise than those of the first. */
export interface Substance {
  readonly where: 'headline' | 'standfirst' | 'byline' | 'caption' | 'body'
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

/**
 * What of headline, standfirst, byline, the lead picture's caption and the body says something else than before, in the
 * order of the page. The section is where the story is filed, and tells readers nothing of what it says.
 */
export function substanceOfChange(before: Copy, after: Copy): readonly Substance[] {
  const fields = (['headline', 'standfirst', 'byline', 'caption'] as const).flatMap((where): Substance[] => {
    const [old, now] = [fieldOf(before, where), fieldOf(after, where)]
    const told = substancesOf(old, now)
    const [first] = told
    if (!first) return []
    const kind = kindOf(old, now)
    // Short enough to be quoted whole.
    const isWhole = where === 'headline' || where === 'byline' || kind !== 'changed'
    if (!isWhole) return told.map((one) => ({ where, part: null, kind: kindOf(one.before, one.after), ...one }))
    const of = strongest(told)
    return [{ where, part: null, kind, of, before: shortened(old), after: shortened(now) }]
  })
  return [...fields, ...substanceOfBodies(before, after)]
}

function substanceOfBodies(before: Copy, after: Copy): Substance[] {
  const places = { before: placesOf(before), after: placesOf(after) }
  return runsOf(compareBodies(before.body.blocks, after.body.blocks)).flatMap((run) => {
    // A paragraph that was parted in two, or joined with the next, says the same.
    if (!hasSubstance(run.map(oldText).join(' '), run.map(newText).join(' '))) return []
    return run.flatMap((change): Substance[] => {
      const [old, now] = [oldText(change), newText(change)]
      const told = substancesOf(old, now)
      const part = places.after.get(change.after?.id ?? '') ?? places.before.get(change.before?.id ?? '') ?? null
      const kind = kindOf(old, now)
      if (kind === 'changed')
        return told.map((one) => ({ where: 'body', part, kind: kindOf(one.before, one.after), ...one }))
      if (told.length === 0) return []
      return [{ where: 'body', part, kind, of: strongest(told), before: shortened(old), after: shortened(now) }]
    })
  })
}

function fieldOf({ fields }: Copy, where: 'headline' | 'standfirst' | 'byline' | 'caption'): string {
  return where === 'caption' ? (fields.leadImage?.caption ?? '') : fields[where]
}

/** A figure before a name, a name before other words. */
function strongest(told: readonly TextSubstance[]): TextSubstance['of'] {
  return (['figure', 'name'] as const).find((of) => told.some((one) => one.of === of)) ?? 'words'
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

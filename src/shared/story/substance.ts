import { compareBodies, type BlockChange } from '../document/diff/compare-bodies.ts'
import { hasSubstance, shortened, substancesOf, type TextSubstance } from '../document/diff/substance.ts'
import { blockToText } from '../document/to-text.ts'
import type { Correction, StoryFields } from './fields.ts'
import type { Story } from './story.ts'

/** A change of meaning: something that the second version tells readers differently from the first. */
export interface Substance {
  readonly where: 'headline' | 'standfirst' | 'byline' | 'caption' | 'body'
  /** Which of the body's blocks with text it is, from 1, in the version that has it; null for a field. */
  readonly part: number | null
  /** `new`: added, and nothing that was there before says anything else. */
  readonly kind: 'changed' | 'gone' | 'new'
  readonly of: TextSubstance['of']
  /** The quoted text; empty on the side that has none. */
  readonly before: string
  readonly after: string
}

type Copy = Pick<Story, 'fields' | 'body'>

/**
 * The changes of meaning in headline, standfirst, byline, the lead picture's caption and the body, in page order. The
 * section is left out: it is where the story is filed, and says nothing about its content.
 */
export function substanceOfChange(before: Copy, after: Copy): readonly Substance[] {
  const fields = (['headline', 'standfirst', 'byline', 'caption'] as const).flatMap((where): Substance[] => {
    const [old, now] = [fieldOf(before, where), fieldOf(after, where)]
    const told = substancesOf(old, now)
    const [first] = told
    if (!first) return []
    const kind = kindOf(old, now)
    // Short enough to be quoted in full.
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
    // Splitting a paragraph in two, or joining it with the next, does not change what it says.
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

/** A figure outranks a name, and a name outranks other words. */
function strongest(told: readonly TextSubstance[]): TextSubstance['of'] {
  return (['figure', 'name'] as const).find((of) => told.some((one) => one.of === of)) ?? 'words'
}

function kindOf(old: string, now: string): Substance['kind'] {
  return old.trim() === '' ? 'new' : now.trim() === '' ? 'gone' : 'changed'
}

/** Runs of adjacent blocks that changed. */
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

/** Corrections that are only in the second version. */
export function newCorrections(
  before: Pick<StoryFields, 'corrections'>,
  after: Pick<StoryFields, 'corrections'>
): readonly Correction[] {
  return after.corrections.filter(
    ({ at, text }) => text.trim() !== '' && !before.corrections.some((known) => known.at === at && known.text === text)
  )
}

/**
 * Changes of meaning that readers would not be told about: any in a minor fix, and in an update those to what was there
 * before. Additions are what an update is for; with a new correction, nothing is silent.
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

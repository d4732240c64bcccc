import { Block, isKnown, partsOfBlock } from '../document/document.ts'
import { runsOf, textOfRuns, type Run } from '../document/runs.ts'
import { FieldsPatch, type StoryFields } from '../story/fields.ts'
import type { Found } from './find.ts'
import { mapFieldTexts, type FieldName, type TextPlace } from './story-texts.ts'

/** A place of a story that is found. */
export interface Hit extends Found {
  readonly place: TextPlace
}

export interface Replacement extends Hit {
  readonly instead: string
  /** What was found there, where it may be other by now: it is replaced only while it is the same. */
  readonly words?: string
}

export interface Replaced {
  readonly fields: FieldsPatch
  /** The blocks that are other now, in their order. */
  readonly blocks: readonly Block[]
  /** How many places were replaced. Fewer than asked where a text would have become longer than it may be. */
  readonly count: number
}

/** What of a story is other when the places are replaced. Places of one text are in order, none over another. */
export function replaceInStory(
  fields: StoryFields,
  blocks: Iterable<Block>,
  replacements: readonly Replacement[]
): Replaced {
  const byText = new Map<string, Replacement[]>()
  const owners = new Set<string>()
  for (const one of replacements) {
    const key = keyOf(one.place)
    const list = byText.get(key)
    if (list) list.push(one)
    else byText.set(key, [one])
    owners.add(ownerOf(one.place))
  }
  let count = 0
  const changedFields: Record<string, unknown> = {}
  for (const owner of owners) {
    if (!owner.startsWith('field ')) continue
    const name = owner.slice('field '.length) as FieldName
    let done = 0
    const value = mapFieldTexts(fields, name, (text, part) => {
      const list = stillThere(text, byText.get(keyOf({ in: 'field', name, part })))
      done += list.length
      return list.length === 0 ? text : textOfRuns(replaceInRuns(runsOf(text), list))
    })
    if (done === 0 || !FieldsPatch.safeParse({ [name]: value }).success) continue
    changedFields[name] = value
    count += done
  }
  const changedBlocks: Block[] = []
  for (const block of blocks) {
    if (!owners.has(`block ${block.id}`)) continue
    let done = 0
    const next = partsOfBlock(block).withTexts(block, (runs, part) => {
      const list = stillThere(textOfRuns(runs), byText.get(keyOf({ in: 'block', id: block.id, part })))
      done += list.length
      return list.length === 0 ? runs : replaceInRuns(runs, list)
    })
    // One of a newer kind that does not fit would be kept as somebody else's, and not be editable any more.
    if (done === 0 || !Block.safeParse(next).success || isKnown(next) !== isKnown(block)) continue
    changedBlocks.push(next)
    count += done
  }
  return { fields: changedFields as FieldsPatch, blocks: changedBlocks, count }
}

function stillThere(text: string, list: readonly Replacement[] = []): readonly Replacement[] {
  return list.filter(({ start, end, words }) => words === undefined || text.slice(start, end) === words)
}

/** Each replacement gets the marks and the link of the first character it replaces. */
export function replaceInRuns(
  runs: readonly Run[],
  replacements: readonly (Found & { readonly instead: string })[]
): Run[] {
  let next = 0
  let from = 0
  return runs.flatMap((run) => {
    const to = from + run.text.length
    let text = ''
    let at = from
    for (let one = replacements[next]; one && one.start < to; one = replacements[next]) {
      if (one.start >= from) text += run.text.slice(at - from, one.start - from) + one.instead
      at = Math.min(one.end, to)
      if (one.end > to) break
      next += 1
    }
    text += run.text.slice(at - from)
    from = to
    return text === '' && run.text !== '' ? [] : [text === run.text ? run : { ...run, text }]
  })
}

function ownerOf(place: TextPlace): string {
  return place.in === 'field' ? `field ${place.name}` : `block ${place.id}`
}

/** Tells one text of a story from another. */
export function keyOf(place: TextPlace): string {
  return `${ownerOf(place)} ${place.part}`
}

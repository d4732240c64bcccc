import type { BlockId } from '../document/block-id.ts'
import { partsOfBlock, type Block } from '../document/document.ts'
import type { ImageUse } from '../document/image-use.ts'
import { textOfRuns } from '../document/runs.ts'
import type { fieldDefaults, StoryFields } from '../story/fields.ts'
import { SearchedText } from './find.ts'

export type FieldName = keyof typeof fieldDefaults

/** Where a text is in a story. `part` identifies one of several: a picture's caption, an item of a list. */
export type TextPlace =
  | { readonly in: 'field'; readonly name: FieldName; readonly part: string }
  | { readonly in: 'block'; readonly id: BlockId; readonly part: string }

export interface StoryText {
  readonly place: TextPlace
  readonly searched: SearchedText
}

/** Returns the text as it should be there. */
export type ChangeText = (text: string, part: string) => string

/** All texts of a story that people wrote, in page order: what is above the body, the body, the details. */
export function textsOfStory(fields: StoryFields, blocks: Iterable<Block>): StoryText[] {
  const texts: StoryText[] = []
  const ofFields = (names: readonly FieldName[]): void => {
    for (const name of names)
      mapFieldTexts(fields, name, (text, part) => {
        if (text !== '') texts.push({ place: { in: 'field', name, part }, searched: new SearchedText(text) })
        return text
      })
  }
  ofFields(ABOVE)
  for (const block of blocks) texts.push(...textsOfBlock(block))
  ofFields(BESIDE)
  return texts
}

/** Whether a text is on the page itself, and not in the details beside it. */
export function isOnPage(place: TextPlace): boolean {
  return place.in === 'block' || ABOVE.includes(place.name)
}

/** The field with each of its texts changed; the same object if none is. */
export function mapFieldTexts<Name extends FieldName>(
  fields: StoryFields,
  name: Name,
  change: ChangeText
): StoryFields[Name] {
  const map: MapTexts<StoryFields[Name]> | null = fieldTexts[name]
  return map ? map(fields[name], change) : fields[name]
}

/** Blocks are never written to, so each is read once. */
const known = new WeakMap<Block, readonly StoryText[]>()

function textsOfBlock(block: Block): readonly StoryText[] {
  let texts = known.get(block)
  if (!texts) {
    const read: StoryText[] = []
    partsOfBlock(block).withTexts(block, (runs, part) => {
      const text = textOfRuns(runs)
      if (text !== '') read.push({ place: { in: 'block', id: block.id, part }, searched: new SearchedText(text) })
      return runs
    })
    known.set(block, (texts = read))
  }
  return texts
}

type MapTexts<Value> = (value: Value, change: ChangeText) => Value

const text: MapTexts<string> = (value, change) => change(value, '')

function each<Item>(map: MapTexts<Item>): MapTexts<Item[]> {
  return (items, change) => {
    const changed = items.map((item, at) =>
      map(item, (inner, part) => change(inner, part === '' ? `${at}` : `${at}.${part}`))
    )
    return changed.every((item, at) => item === items[at]) ? items : changed
  }
}

function key<Item extends object>(name: keyof Item & string): MapTexts<Item> {
  return (item, change) => {
    const before = item[name] as string
    const after = change(before, '')
    return after === before ? item : { ...item, [name]: after }
  }
}

const picture: MapTexts<ImageUse | null> = (use, change) => {
  if (!use) return use
  const caption = change(use.caption, 'caption')
  const credit = change(use.credit, 'credit')
  const alt = change(use.alt, 'alt')
  return caption === use.caption && credit === use.credit && alt === use.alt ? use : { ...use, caption, credit, alt }
}

/** Null for what is chosen rather than written. Addresses are not copy: a slug is changed by hand. */
const fieldTexts: { readonly [Name in FieldName]: MapTexts<StoryFields[Name]> | null } = {
  kicker: text,
  headline: text,
  standfirst: text,
  byline: text,
  leadImage: picture,
  slug: null,
  slugline: text,
  dateline: text,
  section: null,
  keywords: each(text),
  authors: each(key('name')),
  source: text,
  wire: null,
  headlineShort: text,
  headlineSeo: text,
  headlineSocial: text,
  mediaTopics: null,
  language: null,
  direction: null,
  urgency: null,
  related: each(key('headline')),
  editorsNote: text,
  usageTerms: text,
  corrections: each(key('text'))
}

const ABOVE: readonly FieldName[] = ['kicker', 'headline', 'standfirst', 'byline', 'leadImage']
const BESIDE = (Object.keys(fieldTexts) as FieldName[]).filter((name) => !ABOVE.includes(name))

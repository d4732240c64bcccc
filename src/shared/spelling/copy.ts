import { isKnown, partsOfBlock, type Block } from '../document/document.ts'
import type { Run } from '../document/runs.ts'
import { mapFieldTexts, type FieldName, type TextPlace } from '../find/story-texts.ts'
import type { StoryFields } from '../story/fields.ts'
import type { Span } from './words.ts'

/** A text of a story that is spell-checked. */
export interface CopyText {
  readonly place: TextPlace
  readonly text: string
  /** BCP 47: the block's own, or the story's. */
  readonly language: string
  /** True for sentences, whose grammar can be checked; a headline or a table cell is not one. */
  readonly isProse: boolean
  /** Stretches formatted as code, in order. */
  readonly code: readonly Span[]
}

/** In page order. Names (byline, authors, sources), addresses and values chosen from a list are not copy. */
const ABOVE: readonly FieldName[] = ['kicker', 'headline', 'standfirst', 'leadImage']
const BESIDE: readonly FieldName[] = [
  'headlineShort',
  'headlineSeo',
  'headlineSocial',
  'related',
  'editorsNote',
  'corrections'
]
const PROSE = new Set<FieldName>(['standfirst', 'editorsNote', 'corrections'])
const PROSE_BLOCKS = new Set(['paragraph', 'quote', 'list', 'attributed-quote'])
/** The photographer's name, and a quotation's speaker. */
const NAMES = new Set(['credit', 'speaker'])

/** The written texts of a story in page order: above the body, the body, the details. */
export function copyOfStory(fields: StoryFields, blocks: Iterable<Block>): CopyText[] {
  const { language } = fields
  const texts: CopyText[] = []
  const ofFields = (names: readonly FieldName[]): void => {
    for (const name of names)
      mapFieldTexts(fields, name, (text, part) => {
        if (text.trim() !== '' && !NAMES.has(part)) texts.push(copyOfField(name, part, text, language))
        return text
      })
  }
  ofFields(ABOVE)
  for (const block of blocks) for (const text of copyOfBlock(block)) texts.push(inLanguage(text, language))
  ofFields(BESIDE)
  return texts
}

/** The last text read from each part of a field. */
const lastOfField = new Map<string, CopyText>()

/** Returns the same object for as long as the text stays the same, as blocks do. */
function copyOfField(name: FieldName, part: string, text: string, language: string): CopyText {
  const key = `${name} ${part}`
  const last = lastOfField.get(key)
  if (last?.text === text && last.language === language) return last
  const made = { place: { in: 'field', name, part }, text, language, isProse: PROSE.has(name), code: [] } as const
  lastOfField.set(key, made)
  return made
}

type BlockCopy = Omit<CopyText, 'language'> & { readonly own: string | null }

/** Blocks are immutable, so each is read only once. */
const known = new WeakMap<Block, readonly BlockCopy[]>()

function copyOfBlock(block: Block): readonly BlockCopy[] {
  let texts = known.get(block)
  if (texts) return texts
  const read: BlockCopy[] = []
  const isProse = isKnown(block) && PROSE_BLOCKS.has(block.type)
  const own = isKnown(block) ? (block.lang ?? null) : null
  partsOfBlock(block).withTexts(block, (runs, part) => {
    const { text, code } = textAndCode(runs)
    if (text.trim() !== '' && !NAMES.has(part))
      read.push({ place: { in: 'block', id: block.id, part }, text, isProse, code, own })
    return runs
  })
  known.set(block, (texts = read))
  return texts
}

const inTheirLanguage = new WeakMap<BlockCopy, CopyText>()

/** Returns the same object for the same text in the same language, so that it can be a cache key. */
function inLanguage(text: BlockCopy, language: string): CopyText {
  const wanted = text.own ?? language
  const there = inTheirLanguage.get(text)
  if (there?.language === wanted) return there
  const { own: _own, ...rest } = text
  const made = { ...rest, language: wanted }
  inTheirLanguage.set(text, made)
  return made
}

function textAndCode(runs: readonly Run[]): { text: string; code: Span[] } {
  let text = ''
  const code: Span[] = []
  for (const run of runs) {
    if (run.marks?.includes('code')) code.push({ start: text.length, end: text.length + run.text.length })
    text += run.text
  }
  return { text, code }
}

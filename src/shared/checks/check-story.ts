import { partsOfBlock, type Block } from '../document/document.ts'
import type { ImageUse } from '../document/image-use.ts'
import { picturesOfBlock } from '../document/pictures.ts'
import type { StoryFields } from '../story/fields.ts'
import type { Story } from '../story/story.ts'
import { say } from '../words/message.ts'
import type { Place } from '../story/place.ts'
import type { Finding, Hit, TextContext } from './finding.ts'
import type { CheckProfile, Level, ProfileField } from './profile.ts'
import { embargo } from './rules/embargo.ts'
import { leftovers, placeholders } from './rules/leftovers.ts'
import { lengths } from './rules/lengths.ts'
import { links } from './rules/links.ts'
import { alike, namesIn, saidOf, type NameUse } from './rules/names.ts'
import { pictureSize, pictureWords, type WidthOf } from './rules/pictures.ts'
import { quotes, type QuoteState } from './rules/quotes.ts'
import { weekdays } from './rules/weekdays.ts'

export interface CheckInput {
  readonly story: Pick<Story, 'fields' | 'body'>
  readonly profile: CheckProfile
  readonly widthOf: WidthOf
  /** What is known of blocks from an earlier check: only those that changed are read again. */
  readonly memory?: CheckMemory
}

/** What one block says, whatever is around it. */
interface BlockReading {
  readonly key: string
  readonly text: string
  readonly hits: readonly Hit[]
  readonly quotes: QuoteState
  readonly names: readonly NameUse[]
  readonly pictures: readonly ImageUse[]
}

/** By the block itself: an edit makes a new one. */
export type CheckMemory = WeakMap<Block, BlockReading>

/** Fields whose words readers get, and so are read like the body. */
const READ_FIELDS = [
  'kicker',
  'headline',
  'standfirst',
  'byline',
  'headlineShort',
  'headlineSeo',
  'headlineSocial'
] as const satisfies readonly (keyof StoryFields)[]

/** Everything the profile asks of a story, in reading order: fields, then blocks. */
export function checkStory(input: CheckInput): Finding[] {
  const steps = checkInSteps(input)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same, a block at a time: whoever types meanwhile is not held up. */
export function* checkInSteps({ story, profile, widthOf, memory }: CheckInput): Generator<void, Finding[]> {
  const { fields, body } = story
  const findings: Finding[] = []
  const add = (level: Level, place: Place, said: Finding['said'], rule: Finding['rule'], quote: string): void => {
    if (level !== 'off') findings.push({ rule, level, place, said, quote: quote.slice(0, 120) })
  }
  const addHit = (hit: Hit, where: { readonly field: string } | { readonly blockId: string }, text: string): void => {
    // Copy that says it is embargoed, in a story that is.
    if (hit.rule === 'embargo' && fields.times.embargo !== null) return
    const { start, end } = hit
    add(levelOf(profile, hit), { ...where, start, end }, hit.said, hit.rule, text.slice(start, end))
  }
  const about = Date.parse((fields.times.firstPublished ?? fields.times.created).utc)
  const context: TextContext = { language: fields.language, about }
  const counts = new Map<string, number>()
  const firstUse = new Map<string, { readonly use: NameUse; readonly place: Place }>()
  const countNames = (
    uses: readonly NameUse[],
    where: { readonly field: string } | { readonly blockId: string }
  ): void => {
    for (const use of uses) {
      counts.set(use.name, (counts.get(use.name) ?? 0) + 1)
      if (!firstUse.has(use.name))
        firstUse.set(use.name, { use, place: { ...where, start: use.start, end: use.start + use.name.length } })
    }
  }

  for (const [name, rule] of Object.entries(profile.fields) as [ProfileField, CheckProfile['fields'][ProfileField]][]) {
    if (!rule) continue
    if (isEmpty(fields[name]))
      add(rule.needed, { field: name, start: 0, end: 0 }, say('checks.needed', { field: name }), 'needed', '')
    const value = fields[name]
    if (typeof value === 'string')
      for (const { said, start, end } of lengths(value, rule))
        add(rule.length, { field: name, start, end }, said, 'length', value)
  }
  for (const name of READ_FIELDS) {
    const text = fields[name]
    if (text === '') continue
    const reading = readText(text, context)
    for (const hit of [...reading.hits, ...reading.quotes.hits, ...(reading.quotes.open ? [reading.quotes.open] : [])])
      addHit(hit, { field: name }, text)
    if (name !== 'byline') countNames(reading.names, { field: name })
  }
  if (fields.corrections.some(({ text }) => text.trim() === ''))
    add('required', { field: 'corrections', start: 0, end: 0 }, say('checks.blankCorrection'), 'needed', '')
  for (const hit of embargo(fields.editorsNote)) addHit(hit, { field: 'editorsNote' }, fields.editorsNote)
  if (fields.leadImage) {
    const lead = fields.leadImage
    for (const hit of [...pictureWords(lead), ...pictureSize(lead, profile.pictures.lead, widthOf)])
      addHit(hit, { field: 'leadImage' }, '')
    for (const hit of readText(lead.caption, context).hits) addHit(hit, { field: 'leadImage' }, lead.caption)
    countNames(namesIn(lead.caption, fields.language), { field: 'leadImage' })
  }
  yield

  let waiting: { readonly hit: Hit; readonly blockId: string; readonly text: string } | null = null
  for (const block of body.blocks) {
    const where = { blockId: block.id }
    const reading = readBlock(block, context, memory)
    const { text } = reading
    if (profile.blocks && !profile.blocks.includes(block.type))
      add(
        profile.otherBlocks,
        { ...where, start: 0, end: 0 },
        say('checks.blockNotAllowed', { kind: block.type }),
        'blocks',
        text
      )
    // A quotation over several paragraphs is opened at the head of each and closed once.
    if (waiting && text.trim() !== '') {
      if (!reading.quotes.startsOpen) addHit(waiting.hit, { blockId: waiting.blockId }, waiting.text)
      waiting = null
    }
    for (const hit of [...reading.hits, ...reading.quotes.hits]) addHit(hit, where, text)
    if (reading.quotes.open) waiting = { hit: reading.quotes.open, blockId: block.id, text }
    for (const use of reading.pictures)
      for (const hit of pictureSize(use, profile.pictures.body, widthOf)) addHit(hit, where, '')
    countNames(reading.names, where)
    yield
  }
  if (waiting) addHit(waiting.hit, { blockId: waiting.blockId }, waiting.text)

  if (profile.rules.names !== 'off') {
    for (const pair of alike(counts)) {
      const first = firstUse.get(pair.rarer)
      if (first) add(profile.rules.names, first.place, saidOf(pair), 'names', first.use.name)
    }
  }
  return findings
}

function levelOf(profile: CheckProfile, { rule }: Hit): Level {
  return rule === 'needed' || rule === 'length' || rule === 'blocks' ? 'off' : profile.rules[rule]
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return value === null || (Array.isArray(value) && value.length === 0)
}

function readBlock(block: Block, { language, about }: TextContext, memory: CheckMemory | undefined): BlockReading {
  const own: TextContext = { language: block.lang ?? language, about }
  const key = `${own.language} ${about}`
  const there = memory?.get(block)
  if (there?.key === key) return there
  const parts = partsOfBlock(block)
  const text = parts.toText(block)
  const pictures = picturesOfBlock(block)
  const { hits, ...reading } = readText(text, own)
  const made: BlockReading = {
    key,
    text,
    hits: [...hits, ...links(parts.links(block), text), ...pictures.flatMap(pictureWords)],
    pictures,
    ...reading
  }
  memory?.set(block, made)
  return made
}

function readText(text: string, context: TextContext): Pick<BlockReading, 'hits' | 'quotes' | 'names'> {
  return {
    hits: [...leftovers(text), ...placeholders(text, context), ...embargo(text), ...weekdays(text, context)],
    quotes: quotes(text, context.language),
    names: namesIn(text, context.language)
  }
}

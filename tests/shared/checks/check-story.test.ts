import { expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { checkStory, type CheckInput } from '../../../src/shared/checks/check-story.ts'
import { readProfile, type CheckProfile } from '../../../src/shared/checks/profile.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { emptyFields, type StoryFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'

const shipped: unknown = JSON.parse(readFileSync('resources/checks/profile.json', 'utf8'))
const profileOf = (change: object = {}): CheckProfile => {
  const read = readProfile({ ...(shipped as object), ...change })
  if (read.problem !== undefined) throw new Error(read.problem.key)
  return read.profile
}
const now = instantAt(Date.UTC(2026, 2, 14, 12), 'UTC', 'clock')
const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const whole: Partial<StoryFields> = { headline: 'Bridge closes', standfirst: 'For a year.', section: 'City' }
const id = 'a'.repeat(64)

function found(fields: Partial<StoryFields>, blocks: Block[], more: Partial<CheckInput> = {}) {
  return checkStory({
    story: { fields: { ...emptyFields(now), ...whole, ...fields } as StoryFields, body: { version: 1, blocks } },
    profile: profileOf(),
    widthOf: () => undefined,
    ...more
  }).map(({ rule, level, place, quote }) => ({ rule, level, place, quote }))
}

it('a story with nothing to put right has no findings', () => {
  const image = { ...emptyImageUse(id), alt: 'A bridge', caption: 'The bridge', credit: 'Amal Haddad' }
  expect(
    found({ leadImage: image }, [paragraph('a', 'It closes on Saturday 14 March.')], { widthOf: () => 1600 })
  ).toEqual([])
})

it('each finding has its place', () => {
  const image = { ...emptyImageUse(id), caption: 'The bridge' }
  expect(
    found(
      { headline: 'x'.repeat(93), standfirst: '', leadImage: image },
      [
        paragraph('a', 'It cost TK pounds.'),
        { id: 'b', type: 'image', image: { ...image, alt: 'A bridge', credit: 'Amal Haddad' } }
      ],
      { widthOf: () => 900 }
    )
  ).toEqual([
    { rule: 'length', level: 'advised', place: { field: 'headline', start: 0, end: 93 }, quote: 'x'.repeat(93) },
    { rule: 'needed', level: 'advised', place: { field: 'standfirst', start: 0, end: 0 }, quote: '' },
    { rule: 'alt', level: 'advised', place: { field: 'leadImage', start: 0, end: 0 }, quote: '' },
    { rule: 'credit', level: 'advised', place: { field: 'leadImage', start: 0, end: 0 }, quote: '' },
    { rule: 'pictureSize', level: 'advised', place: { field: 'leadImage', start: 0, end: 0 }, quote: '' },
    { rule: 'leftovers', level: 'required', place: { blockId: 'a', start: 8, end: 10 }, quote: 'TK' }
  ])
})

it('a slot without a picture says that it will not leave, and is asked for no words', () => {
  const slots = (profile?: Parameters<typeof found>[2]) =>
    found({ leadImage: emptyImageUse() }, [{ id: 'b', type: 'image', image: emptyImageUse() }], profile)
  expect(slots()).toEqual([
    { rule: 'slot', level: 'advised', place: { field: 'leadImage', start: 0, end: 0 }, quote: '' },
    { rule: 'slot', level: 'advised', place: { blockId: 'b', start: 0, end: 0 }, quote: '' }
  ])
})

it('a quotation goes on in the next paragraph, where that opens with a mark', () => {
  expect(found({}, [paragraph('a', '“One.'), paragraph('b', '“Two.”')])).toEqual([])
  expect(found({}, [paragraph('a', '“One.'), paragraph('b', 'Two.')])).toMatchObject([
    { rule: 'quotes', place: { blockId: 'a', start: 0, end: 1 } }
  ])
  expect(found({}, [paragraph('a', '“One.')])).toHaveLength(1)
})

it('wording of an embargo is right in a story that has one', () => {
  const embargoed = [paragraph('a', 'EMBARGOED UNTIL 06:00')]
  expect(found({}, embargoed)).toMatchObject([{ rule: 'embargo' }])
  expect(found({ times: { ...emptyFields(now).times, embargo: now } }, embargoed)).toEqual([])
})

it('a name spelt two ways is found across fields and paragraphs, at the rarer spelling', () => {
  expect(
    found({ standfirst: 'The case of Amal Hadad.' }, [
      paragraph('a', 'He met Amal Haddad.'),
      paragraph('b', 'Later, Amal Haddad left.')
    ])
  ).toEqual([
    { rule: 'names', level: 'advised', place: { field: 'standfirst', start: 12, end: 22 }, quote: 'Amal Hadad' }
  ])
})

it('a block is read by its own language', () => {
  const german: Block = { id: 'a', type: 'paragraph', lang: 'de', runs: [{ text: '„Kommt“, am Montag, 14.3.2026.' }] }
  expect(found({}, [german])).toMatchObject([{ rule: 'weekdays' }])
})

it('the profile says what counts, and how much', () => {
  const blocks = [paragraph('a', 'TK'), { id: 'b', type: 'divider' } as Block]
  const profile = profileOf({
    fields: { byline: { needed: 'required' }, standfirst: { min: 40, length: 'required' } },
    rules: { leftovers: 'off' },
    blocks: ['paragraph'],
    otherBlocks: 'required'
  })
  expect(found({}, blocks, { profile })).toMatchObject([
    { rule: 'needed', level: 'required', place: { field: 'byline' } },
    { rule: 'length', level: 'required', place: { field: 'standfirst' } },
    { rule: 'blocks', level: 'required', place: { blockId: 'b' } }
  ])
})

it('a broken profile is refused in words that name the spot', () => {
  expect(readProfile({ version: 2, name: 'x' }).problem).toEqual({
    key: 'checks.brokenProfile',
    params: { where: 'version' }
  })
  expect(readProfile({ version: 1, name: 'x', rules: { tk: 'off' } }).problem).toEqual({
    key: 'checks.unknownInProfile',
    params: { keys: 'tk' }
  })
  expect(readProfile({ version: 1, name: 'x', fields: { headline: { min: 9, max: 4 } } }).problem?.params).toEqual({
    where: 'fields.headline'
  })
  expect(readProfile('text').problem).toBeDefined()
})

it('only the blocks that changed are read again', () => {
  const memory = new WeakMap()
  const first = paragraph('a', 'It cost TK pounds.')
  const profile = profileOf()
  found({}, [first], { profile, memory })
  const kept: unknown = memory.get(first)
  expect(found({}, [first, paragraph('b', 'More.')], { profile, memory })).toHaveLength(1)
  expect(memory.get(first)).toBe(kept)
})

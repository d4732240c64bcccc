import { describe, expect, it } from 'vitest'
import { hasSubstance, substancesOf } from '../../../src/shared/document/diff/substance.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { proposedCorrection } from '../../../src/shared/formats/proposed-correction.ts'
import { correctionsAt, withoutReasons } from '../../../src/shared/story/corrections.ts'
import { emptyFields, type Correction, type StoryFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import { newCorrections, silentChanges, substanceOfChange } from '../../../src/shared/story/substance.ts'

describe('two wordings of a text', () => {
  it.each([
    ['spaces and line ends', 'The bridge  is open.', ' The bridge is open.'],
    ['quotation marks, dashes and dots', 'He said "no" - twice...', 'He said “no” – twice…'],
    ['an apostrophe', "It's the council's", 'It’s the council’s'],
    ['case', 'Bridge Opens Early', 'Bridge opens early'],
    ['a stop', 'The bridge opens', 'The bridge opens.'],
    ['a letter left out', 'the goverment fell', 'the government fell'],
    ['letters that changed places', 'they recieved it', 'they received it'],
    ['s and z', 'it was organised', 'it was organized'],
    ['British and American', 'the colour of it', 'the color of it'],
    ['one word or two', 'Send an e-mail to any one', 'Send an email to anyone'],
    ['figures of another script', 'قتل ١٢ شخصا', 'قتل 12 شخصا'],
    ['nothing', '', '  ']
  ])('that differ in %s say the same', (_what, before, after) => {
    expect(hasSubstance(before, after)).toBe(false)
  })

  it.each([
    ['a figure', '12 people were hurt', '21 people were hurt', 'figure'],
    ['the place of its point', 'It grew by 1.5 points', 'It grew by 15 points', 'figure'],
    ['a currency', 'It cost $5', 'It cost €5', 'figure'],
    ['a minus', 'It was -3 degrees', 'It was 3 degrees', 'figure'],
    ['a percent sign', 'up 3% this year', 'up 3 this year', 'figure'],
    ['a name by one letter', 'says Anna Meier of the council', 'says Anna Meyer of the council', 'name'],
    ['a name by a letter left out', 'it was Philipp who said so', 'it was Philip who said so', 'name'],
    ['a small word', 'It is now allowed', 'It is not allowed', 'words'],
    ['a word that was added', 'He was guilty', 'He was not guilty', 'words'],
    ['a first letter', 'three million people', 'three billion people', 'words'],
    ['an ending', 'the bridge is closed', 'the bridges is closed', 'words'],
    ['one letter in place of another', 'he was charged', 'he was changed', 'words'],
    ['a question', 'Is he guilty', 'Is he guilty?', 'words'],
    ['a word of Arabic', 'قتل شخص واحد', 'جرح شخص واحد', 'words'],
    ['a character of Chinese', '三人死亡', '五人死亡', 'words']
  ])('that differ in %s do not', (_what, before, after, of) => {
    expect(substancesOf(before, after).map((one) => one.of)).toEqual([of])
  })

  it('are quoted with the words beside what differs, and not at any length', () => {
    const before = 'The council said on Friday that 12 people were hurt when the bridge fell into the harbour.'
    expect(substancesOf(before, before.replace('12', '21'))).toEqual([
      { before: 'on Friday that 12 people were hurt', after: 'on Friday that 21 people were hurt', of: 'figure' }
    ])
    const long = Array.from({ length: 90 }, (_one, n) => `word${n}`).join(' ')
    expect(substancesOf('', long)[0]?.after.split(' ')).toHaveLength(41)
  })

  it('are quoted passage by passage: a figure and a sentence are not one long quotation', () => {
    const before = 'The council said that 12 people were hurt. Nobody was warned. The bridge stays closed until May.'
    const after =
      'The council said that 21 people were hurt. Two were warned by a guard. The bridge stays closed until May.'
    expect(substancesOf(before, after)).toEqual([
      { before: 'council said that 12 people were hurt', after: 'council said that 21 people were hurt', of: 'figure' },
      { before: 'Nobody was warned', after: 'Two were warned by a guard', of: 'words' }
    ])
    const more = before.replace('12', '21').replace(' The bridge', ' A guard ran away. The bridge')
    expect(substancesOf(before, more)).toEqual([
      expect.objectContaining({ of: 'figure' }),
      { before: '', after: expect.stringContaining('A guard ran away') as string, of: 'words' }
    ])
  })
})

const paragraph = (id: string, text: string): Block => ({ id, type: 'paragraph', runs: [{ text }] })
const story = (blocks: readonly Block[], fields: Partial<StoryFields> = {}) => ({
  fields: {
    ...emptyFields(instantAt(0, 'UTC', 'clock')),
    headline: 'Bridge opens',
    standfirst: 'It is there.',
    ...fields
  },
  body: { version: 1 as const, blocks: [...blocks] }
})
const blocks = [paragraph('a', 'The vote was 12 to 3.'), paragraph('b', 'Rain fell.'), paragraph('c', 'People left.')]

describe('a story and what readers have of it', () => {
  it('says where it says something else, in the order of the page', () => {
    const now = story(
      [paragraph('a', 'The vote was 13 to 2.'), paragraph('c', 'People left.'), paragraph('d', 'More is to come.')],
      { headline: 'Bridge closes', keywords: ['bridge'], editorsNote: 'Ring back' }
    )
    expect(substanceOfChange(story(blocks), now)).toEqual([
      { where: 'headline', part: null, kind: 'changed', of: 'words', before: 'Bridge opens', after: 'Bridge closes' },
      {
        where: 'body',
        part: 1,
        kind: 'changed',
        of: 'figure',
        before: 'The vote was 12 to 3',
        after: 'The vote was 13 to 2'
      },
      { where: 'body', part: 2, kind: 'gone', of: 'words', before: 'Rain fell.', after: '' },
      { where: 'body', part: 3, kind: 'new', of: 'words', before: '', after: 'More is to come.' }
    ])
  })

  it('says it of the byline and of the caption of the lead picture too, and of no filing', () => {
    const use = { mediaId: null, credit: '', alt: '', focalPoint: null }
    const before = story(blocks, { byline: 'By Anna Meier', leadImage: { ...use, caption: 'The mayor on Friday' } })
    const after = story(blocks, {
      byline: 'By Anna Meyer',
      section: 'Harbour',
      leadImage: { ...use, caption: 'The mayor on Monday' }
    })
    expect(substanceOfChange(before, after).map(({ where, before: was, after: is }) => [where, was, is])).toEqual([
      ['byline', 'By Anna Meier', 'By Anna Meyer'],
      ['caption', 'The mayor on Friday', 'The mayor on Monday']
    ])
    expect(silentChanges(before, after, 'minor')).toHaveLength(2)
  })

  it('says the same where a paragraph was parted, joined or moved', () => {
    const [a, b, c] = blocks
    if (!a || !b || !c) throw new Error('Three paragraphs')
    const parted = story([paragraph('a', 'The vote was'), paragraph('n', '12 to 3.'), b, c])
    expect(substanceOfChange(story(blocks), parted)).toEqual([])
    expect(substanceOfChange(parted, story(blocks))).toEqual([])
    expect(substanceOfChange(story(blocks), story([c, a, b]))).toEqual([])
  })

  const wrong = story([paragraph('a', 'The vote was 13 to 2.'), ...blocks.slice(1)])
  const added = story([...blocks, paragraph('d', 'More is to come.')])
  const notice: Correction = { at: '2026-03-14T12:00:00.000Z', text: 'It was 13 to 2.', kind: 'correction' }

  it('is changed silently where readers are told of nothing that was wrong', () => {
    const kinds = (now: ReturnType<typeof story>, change: 'update' | 'minor' | 'correction') =>
      silentChanges(story(blocks), now, change).map(({ kind }) => kind)
    expect(kinds(wrong, 'update')).toEqual(['changed'])
    expect(kinds(wrong, 'minor')).toEqual(['changed'])
    // What is added is what an update is for; a minor fix adds nothing.
    expect(kinds(added, 'update')).toEqual([])
    expect(kinds(added, 'minor')).toEqual(['new'])
    const told = story(wrong.body.blocks, { corrections: [notice] })
    expect([kinds(told, 'minor'), kinds(told, 'correction')]).toEqual([[], []])
    // A notice that readers have already tells them nothing of this.
    expect(silentChanges(story(blocks, { corrections: [notice] }), told, 'update')).toHaveLength(1)
    expect(kinds(story(wrong.body.blocks, { corrections: [{ ...notice, text: ' ' }] }), 'update')).toEqual(['changed'])
  })

  it('has the notices that are new, and those that were reworded', () => {
    const has = (corrections: readonly Correction[]) => story(blocks, { corrections: [...corrections] }).fields
    expect(newCorrections(has([notice]), has([notice]))).toEqual([])
    expect(newCorrections(has([]), has([notice]))).toEqual([notice])
    expect(newCorrections(has([notice]), has([{ ...notice, text: 'It was 14 to 1.' }]))).toHaveLength(1)
  })
})

describe('a correction', () => {
  const changes = substanceOfChange(
    story(blocks),
    story([paragraph('a', 'The vote was 13 to 2.'), paragraph('c', 'People left.'), paragraph('d', 'More came.')], {
      headline: 'Bridge closes'
    })
  )

  it('is proposed from what differs, in the language of the story', () => {
    expect(proposedCorrection(changes, 'en').split('\n')).toEqual([
      'An earlier headline of this story said “Bridge opens”. It now says “Bridge closes”.',
      'An earlier version of this story said “The vote was 12 to 3”. It now says “The vote was 13 to 2”.',
      'An earlier version of this story said “Rain fell”. That is no longer part of it.',
      'This was added to the story: “More came”.'
    ])
    expect(proposedCorrection(changes.slice(0, 1), 'de-AT')).toBe(
      'Eine frühere Überschrift lautete „Bridge opens“. Sie lautet jetzt „Bridge closes“.'
    )
    expect(proposedCorrection(changes.slice(0, 1), 'ar')).toContain('«Bridge opens»')
    expect(proposedCorrection(changes.slice(0, 1), 'xx')).toMatch(/^An earlier headline/)
  })

  it('stands below the text unless it says above, and leaves without its reason', () => {
    const one: Correction = { at: '2026-03-14T12:00:00.000Z', text: 'One', kind: 'correction', reason: 'A caller' }
    const two: Correction = { at: '2026-03-14T13:00:00.000Z', text: 'Two', kind: 'update', place: 'top' }
    expect(correctionsAt([one, two], 'bottom')).toEqual([one])
    expect(correctionsAt([one, two], 'top')).toEqual([two])
    const { fields } = story(blocks, { corrections: [one, two] })
    expect(withoutReasons(fields).corrections).toEqual([{ at: one.at, text: 'One', kind: 'correction' }, two])
  })
})

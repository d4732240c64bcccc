import fc from 'fast-check'
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

  it('are quoted in whole sentences, and not at any length', () => {
    const before = 'The council said on Friday that 12 people were hurt when the bridge fell into the harbour.'
    const around = (text: string): string => `It rained. ${text} Nobody was there.`
    expect(substancesOf(around(before), around(before.replace('12', '21')))).toEqual([
      { before, after: before.replace('12', '21'), of: 'figure' }
    ])
    const long = Array.from({ length: 90 }, (_one, n) => `word${n}`).join(' ')
    expect(substancesOf('', long)[0]?.after.split(' ')).toHaveLength(81)
    const many = Array.from({ length: 30 }, () => 'It rained all day.').join(' ')
    expect(substancesOf('', many)[0]?.after).toBe(
      `${Array.from({ length: 10 }, () => 'It rained all day.').join(' ')} …`
    )
  })

  it('are quoted passage by passage: a figure and a sentence are not one long quotation', () => {
    const before = 'The council said that 12 people were hurt. Nobody was warned. The bridge stays closed until May.'
    const after =
      'The council said that 21 people were hurt. Two were warned by a guard. The bridge stays closed until May.'
    expect(substancesOf(before, after)).toEqual([
      {
        before: 'The council said that 12 people were hurt.',
        after: 'The council said that 21 people were hurt.',
        of: 'figure'
      },
      { before: 'Nobody was warned.', after: 'Two were warned by a guard.', of: 'words' }
    ])
    const more = before.replace('12', '21').replace(' The bridge', ' A guard ran away. The bridge')
    expect(substancesOf(before, more)).toEqual([
      expect.objectContaining({ of: 'figure' }),
      { before: '', after: 'A guard ran away.', of: 'words' }
    ])
  })

  it.each([
    ['a title', 'Dr. Meier paid 3 euros. It rained.', '3', '4', 'Dr. Meier paid 3 euros.'],
    ['initials', 'So said J. R. Meier of the U.S. Navy on Monday. It rained.', 'Monday', 'Friday', null],
    ['an hour', 'It began at 8 p.m. Friday in Graz. It rained.', 'Graz', 'Linz', 'It began at 8 p.m. Friday in Graz.'],
    ['a date', 'Es war am 3. Mai in Graz. Es regnete.', 'Graz', 'Linz', 'Es war am 3. Mai in Graz.'],
    ['speech', '“Stop the 3 cars!” he said. It rained.', '3', '4', '“Stop the 3 cars!” he said.'],
    ['two changes', 'At 3 there came, by bus and by train and on foot, 9 people. It rained.', /[39]/g, '5', null],
    ['Chinese', '三人死亡。五人受伤。', '五', '六', '五人受伤。']
  ] as const)('are not cut in two at %s', (_what, before, was, is, sentence) => {
    const first = sentence ?? before.slice(0, before.indexOf(' It rained'))
    expect(substancesOf(before, before.replaceAll(was, is)).map((one) => one.before)).toEqual([first])
  })

  it('are quoted whole where one sentence became two, or two became one', () => {
    const one = 'It rained, and 3 people left. Then came night.'
    const two = 'It rained. And 4 people left. Then came night.'
    const [told, ...more] = substancesOf(one, two)
    expect([told?.before, told?.after, more]).toEqual([
      'It rained, and 3 people left.',
      'It rained. And 4 people left.',
      []
    ])
    expect(substancesOf(two, one)).toMatchObject([{ before: told?.after, after: told?.before }])
  })

  it('whatever was changed, what is quoted begins and ends with a sentence', () => {
    const sentence = fc
      .array(fc.constantFrom('one', 'two', 'three', '4', 'Five', 'six, seven'), { minLength: 1, maxLength: 12 })
      .map((words) => `The ${words.join(' ')} end.`)
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 8 }), fc.array(sentence, { maxLength: 8 }), (old, now) => {
        const whole = (text: string, all: readonly string[]): void => {
          const quoted = text.replace(/ …$/, '')
          if (quoted !== '') expect(all.join(' ')).toContain(quoted)
          expect(quoted).toMatch(/^(The .*end\.)?$/s)
        }
        for (const { before, after } of substancesOf(old.join(' '), now.join(' '))) {
          whole(before, old)
          whole(after, now)
        }
      })
    )
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
        before: 'The vote was 12 to 3.',
        after: 'The vote was 13 to 2.'
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

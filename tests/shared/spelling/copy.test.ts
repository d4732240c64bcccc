import { expect, it } from 'vitest'
import type { Block } from '../../../src/shared/document/document.ts'
import { copyOfStory } from '../../../src/shared/spelling/copy.ts'
import { fieldDefaults, type StoryFields } from '../../../src/shared/story/fields.ts'

const fields = (more: Partial<StoryFields>): StoryFields => ({ ...(fieldDefaults as unknown as StoryFields), ...more })

it('reads every text somebody wrote, in the order of the page, and no names', () => {
  const blocks: Block[] = [
    { id: 'p', type: 'paragraph', runs: [{ text: 'Run ' }, { text: 'npm ci', marks: ['code'] }, { text: ' now' }] },
    { id: 'h', type: 'heading', level: 2, runs: [{ text: 'A heading' }] },
    { id: 'l', type: 'list', ordered: false, items: [{ runs: [{ text: 'one' }] }, { runs: [] }] } as unknown as Block,
    { id: 'd', type: 'paragraph', lang: 'de', runs: [{ text: 'Auf Deutsch' }] }
  ]
  const texts = copyOfStory(
    fields({
      language: 'en-GB',
      headline: 'The headline',
      byline: 'By Nmae',
      standfirst: 'A standfirst.',
      headlineSocial: 'Social',
      leadImage: { mediaId: null, caption: 'A caption', credit: 'Nmae/AP', alt: 'An alt' } as StoryFields['leadImage']
    }),
    blocks
  )
  expect(texts.map(({ text, language, isProse }) => [text, language, isProse])).toEqual([
    ['The headline', 'en-GB', false],
    ['A standfirst.', 'en-GB', true],
    ['A caption', 'en-GB', false],
    ['An alt', 'en-GB', false],
    ['Run npm ci now', 'en-GB', true],
    ['A heading', 'en-GB', false],
    ['one', 'en-GB', true],
    ['Auf Deutsch', 'de', true],
    ['Social', 'en-GB', false]
  ])
  expect(texts[4]?.code).toEqual([{ start: 4, end: 10 }])
})

it('gives the same object for a block that did not change, and another in another language', () => {
  const block: Block = { id: 'p', type: 'paragraph', runs: [{ text: 'Words' }] }
  const [once] = copyOfStory(fields({ language: 'en' }), [block])
  expect(copyOfStory(fields({ language: 'en' }), [block])[0]).toBe(once)
  expect(copyOfStory(fields({ language: 'fr' }), [block])[0]).toMatchObject({ language: 'fr' })
})

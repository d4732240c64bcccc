import { expect, test } from 'vitest'
import { mediaTopicOf, topMediaTopics } from '../../../src/shared/story/media-topics.ts'
import { StoryFields } from '../../../src/shared/story/fields.ts'

test.each([
  ['sport', { code: 'medtop:15000000', name: 'sport' }],
  ['Weather', { code: 'medtop:17000000', name: 'weather' }],
  ['politics', { code: 'medtop:11000000', name: 'politics and government' }],
  ['medtop:15000000', { code: 'medtop:15000000', name: 'sport' }],
  ['20000065 civil unrest', { code: 'medtop:20000065', name: 'civil unrest' }],
  [' MEDTOP:20000065 ', { code: 'medtop:20000065', name: '' }]
])('%j is a topic', (typed, topic) => {
  expect(mediaTopicOf(typed)).toEqual(topic)
})

test.each(['', '  ', 'e', 'football', '2000006', '200000650', 'medtop:x', `20000065 ${'x'.repeat(201)}`])(
  '%j is none, or more than one',
  (typed) => {
    expect(mediaTopicOf(typed)).toBeNull()
  }
)

test('each of the first level fits into a story', () => {
  expect(StoryFields.shape.mediaTopics.safeParse([...topMediaTopics]).success).toBe(true)
  expect(new Set(topMediaTopics.map(({ code }) => code)).size).toBe(17)
})

import { describe, expect, test } from 'vitest'
import { importStory } from '../../../src/main/core/intake/story-import.ts'
import { toGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { GalleyError } from '../../../src/shared/rpc/errors.ts'
import { goldenStories } from '../../golden/golden.ts'

const desk = { zone: 'Asia/Dubai', language: 'en', now: Date.UTC(2026, 0, 5) }
const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const objects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const ninjs = (more: string): string =>
  `{"uri":"urn:x:1","type":"text","headline":"Mill turns","body_text":"It turned."${more}}`
const golden = goldenStories()[0]?.story

/** A story of ours with something put in among its keys. */
function galley(where: 'story' | 'fields' | 'body', more: string): string {
  if (!golden) throw new Error('there is a golden story')
  const text = toGalleyJson(golden, [])
  const open = where === 'story' ? '"story": {' : `"${where}": {`
  return text.replace(open, `${open}${more},`)
}

/** What comes of a file: the story's headline, or the code of a failure a person is told. */
function outcome(text: string): string {
  try {
    return importStory(text, desk).story.fields.headline
  } catch (error) {
    if (error instanceof GalleyError && error.code !== 'internal') return error.code
    throw error
  }
}

describe('story files made to do harm', () => {
  test.each([
    ['lists in lists', lists(100_000), 'unsupported'],
    ['objects in objects', objects(100_000), 'unsupported'],
    ['deep ninjs', ninjs(`,"extra":${lists(100_000)}`), 'Mill turns'],
    ['deep ninjs with half a character', ninjs(`,"extra":${objects(100_000)},"note":"\\ud800"`), 'Mill turns'],
    ['a deep body', ninjs(`,"body_xhtml":"${'<div>'.repeat(100_000)}"`), 'Mill turns'],
    ['numbers beyond all', ninjs(',"urgency":1e999,"version":-1e999'), 'Mill turns'],
    ['a deep story of ours', galley('body', `"later":${lists(100_000)}`), golden?.fields.headline],
    ['a deep field', galley('fields', `"later":${objects(100_000)}`), golden?.fields.headline]
  ])('%s', (_, text, expected) => {
    expect([expected, 'invalid_input']).toContain(outcome(text))
  })

  test('keys of every object change no other object', () => {
    const poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
    expect(outcome(ninjs(`,${poison},"associations":{"__proto__":{"type":"picture"}},"renditions":{${poison}}`))).toBe(
      'Mill turns'
    )
    for (const where of ['story', 'fields', 'body'] as const) outcome(galley(where, poison))
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  test('half a character is none', () => {
    const { story } = importStory(
      '{"uri":"urn:x:1","type":"text","headline":"Mill \\ud800turns","body_text":"It \\udc00turned \\ud83d\\udef6.","byline":"\\uD83D"}',
      desk
    )
    expect(story.fields.headline).toBe('Mill \ufffdturns')
    expect(JSON.stringify(story)).not.toMatch(/\\ud[89a-f]/i)
    expect(JSON.stringify(story.body)).toContain('turned \u{1F6F6}.')
  })
})

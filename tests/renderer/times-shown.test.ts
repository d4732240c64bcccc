import { describe, expect, it } from 'vitest'
import { isForReaders, standingOf } from '../../src/shared/formats/standing.ts'
import { instantAt, type Instant, type StoryTimes } from '../../src/shared/story/instant.ts'
import { statuses, type Status } from '../../src/shared/story/status.ts'
import { hoursToCome } from '../../src/renderer/features/story/times-shown.ts'

const now = Date.UTC(2026, 2, 14, 12)
const at = (hours: number, origin: Instant['origin'] = 'typed') => instantAt(now + hours * 3_600_000, 'UTC', origin)
const story = (status: Status, more: Partial<StoryTimes>) => ({
  status,
  fields: { times: { created: at(-99, 'clock'), firstPublished: null, lastUpdated: null, embargo: null, ...more } }
})

describe('the hours to come beside a story', () => {
  it('are the embargo while it holds, whatever was typed as first published', () => {
    for (const status of statuses)
      for (const firstPublished of [null, at(-5), at(-5, 'cms'), at(9), at(9, 'cms')])
        expect(hoursToCome(story(status, { embargo: at(4), firstPublished }), now).embargo).toEqual(at(4))
  })

  it('are the planned hour, unless the embargo outlasts it', () => {
    expect(hoursToCome(story('ready', { planned: at(2) }), now)).toEqual({ embargo: null, planned: at(2) })
    expect(hoursToCome(story('ready', { planned: at(2), embargo: at(4) }), now)).toEqual({
      embargo: at(4),
      planned: null
    })
    expect(hoursToCome(story('ready', { planned: at(4), embargo: at(2) }), now).planned).toEqual(at(4))
  })

  it('are no embargo that has ended and since which the story ran, also where the date was corrected by hand', () => {
    for (const origin of ['cms', 'clock', 'typed', 'intake', 'import'] as const)
      for (const status of ['published', 'updating', 'killed'] as const)
        expect(hoursToCome(story(status, { embargo: at(-4), firstPublished: at(-3, origin) }), now).embargo).toBeNull()
  })
})

it('an export goes under its embargo although somebody typed a later first publication into a story that never ran', () => {
  for (const status of ['draft', 'ready', 'approved', 'scheduled'] as const) {
    const standing = standingOf(story(status, { embargo: at(4), firstPublished: at(9) }))
    expect(standing.embargo).toEqual(at(4))
    expect(isForReaders(standing)).toBe(false)
  }
  // A page that was taken in ran elsewhere.
  expect(standingOf(story('ready', { embargo: at(-4), firstPublished: at(-3, 'intake') })).embargo).toBeNull()
})

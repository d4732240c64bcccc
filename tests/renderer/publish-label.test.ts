import { expect, it } from 'vitest'
import { publishLabel, type Intended } from '../../src/renderer/features/publishing/publish-label.ts'
import { missingOf } from '../../src/shared/story/missing.ts'
import { emptyImageUse } from '../../src/shared/document/image-use.ts'
import { emptyFields } from '../../src/shared/story/fields.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import { en } from '../../src/shared/words/en/index.ts'

const words = en.window.publishing
const now = Date.UTC(2026, 2, 14, 12)
const hour = (hours: number) => instantAt(now + hours * 3_600_000, 'America/New_York', 'typed')
const plain: Intended = {
  target: 'Site',
  at: null,
  embargo: null,
  isLive: false,
  isCurrent: false,
  isOffline: false
}
const label = (more: Partial<Intended>) => publishLabel(words, { ...plain, ...more }, now)

it('the button says what it does', () => {
  expect(label({})).toBe('Publish to Site')
  expect(label({ isOffline: true })).toBe('Queue for Site')
  expect(label({ isLive: true })).toBe('Update on Site')
  expect(label({ isLive: true, isCurrent: true })).toBe('Nothing to update')
  expect(label({ at: hour(2) })).toMatch(/^Schedule for .*10:00.* on Site$/)
})

it('the hour it names is the one that holds: the later of the planned hour and the embargo, and none that has passed', () => {
  expect(label({ at: hour(2), embargo: hour(4) })).toMatch(/12:00/)
  expect(label({ at: hour(4), embargo: hour(2) })).toMatch(/12:00/)
  expect(label({ embargo: hour(-1) })).toBe('Publish to Site')
})

it('what is missing is named once, in one order', () => {
  const fields = emptyFields(instantAt(now, 'UTC', 'clock'))
  expect(missingOf(fields)).toEqual(['standfirst', 'section'])
  const leadImage = emptyImageUse('a'.repeat(64))
  const body = {
    version: 1 as const,
    blocks: [
      { id: 'a', type: 'image' as const, image: leadImage },
      { id: 'b', type: 'image' as const, image: { ...leadImage, mediaId: null } }
    ]
  }
  expect(missingOf({ ...fields, standfirst: 'x', section: 'City', leadImage }, body)).toEqual([
    'altText',
    'credit',
    'picture'
  ])
  expect(
    missingOf({ ...fields, standfirst: 'x', section: 'City', leadImage: { ...leadImage, alt: 'x', credit: 'y' } })
  ).toEqual([])
})

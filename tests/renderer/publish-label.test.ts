import { expect, it } from 'vitest'
import { publishLabel, type Intended } from '../../src/renderer/features/publishing/publish-label.ts'
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

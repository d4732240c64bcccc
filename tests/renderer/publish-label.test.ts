import { expect, it } from 'vitest'
import {
  alreadyOnItsWay,
  hourOf,
  publishAllLabel,
  publishLabel,
  type Intended
} from '../../src/renderer/features/publishing/publish-label.ts'
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

it('says that the site publishes it, where it does', () => {
  expect(label({ at: hour(2), firedBy: 'desk' })).toMatch(/ on Site$/)
  expect(label({ at: hour(2), firedBy: 'cms' })).toMatch(
    /10:00.* on Site \(the site publishes it; you can close the lid\)$/
  )
  expect(label({ embargo: hour(2), firedBy: 'cms' })).toMatch(/you can close the lid/)
  expect(label({ firedBy: 'cms' })).toBe('Publish to Site')
})

it('the hour it names is the one that holds: the later of the planned hour and the embargo, and none that has passed', () => {
  expect(label({ at: hour(2), embargo: hour(4) })).toMatch(/12:00/)
  expect(label({ at: hour(4), embargo: hour(2) })).toMatch(/12:00/)
  expect(label({ embargo: hour(-1) })).toBe('Publish to Site')
})

it('what waits already is said, and not offered again', () => {
  expect(label({ at: hour(2), onItsWay: 'scheduled' })).toMatch(/^Scheduled for .*10:00.* on Site$/)
  expect(label({ onItsWay: 'waiting' })).toBe('Queued for Site')
  expect(label({ isLive: true, onItsWay: 'sending' })).toBe('On its way to Site')
})

it('the same copy for the same hour is on its way; another hour, other copy, another CMS or another mail is not', () => {
  const item = {
    targetId: 'a',
    state: 'scheduled',
    purpose: 'publish',
    current: true,
    planned: hour(2),
    notBefore: hour(2).utc,
    newsletter: null,
    firedBy: 'cms'
  } as const
  const asked = { targetId: 'a', at: hour(2), embargo: null, now }
  expect(alreadyOnItsWay([item], asked)).toBe('scheduled')
  expect(alreadyOnItsWay([item], { ...asked, newsletter: null })).toBe('scheduled')
  expect(alreadyOnItsWay([item], { ...asked, newsletter: 'morning' })).toBeNull()
  expect(alreadyOnItsWay([{ ...item, newsletter: 'morning' }], { ...asked, newsletter: null })).toBeNull()
  expect(alreadyOnItsWay([item], { ...asked, firedBy: 'cms' })).toBe('scheduled')
  expect(alreadyOnItsWay([item], { ...asked, firedBy: 'desk' })).toBeNull()
  expect(alreadyOnItsWay([{ ...item, state: 'handed-over' }], asked)).toBe('handed-over')
  expect(alreadyOnItsWay([item], { ...asked, at: hour(3) })).toBeNull()
  expect(alreadyOnItsWay([item], { ...asked, at: null })).toBeNull()
  expect(alreadyOnItsWay([item], { ...asked, targetId: 'b' })).toBeNull()
  expect(alreadyOnItsWay([{ ...item, current: false }], asked)).toBeNull()
  expect(alreadyOnItsWay([{ ...item, purpose: 'withdraw' }], asked)).toBeNull()
  expect(alreadyOnItsWay([{ ...item, state: 'refused' }], asked)).toBeNull()
  const held = { ...item, notBefore: hour(9).utc }
  expect(alreadyOnItsWay([held], { ...asked, embargo: hour(9) })).toBe('scheduled')
  // The embargo it was approved with still holds it; approved again, it would leave at its planned hour.
  expect(alreadyOnItsWay([held], asked)).toBeNull()
})

it('what met another version there is looked at first: the same once more would meet it again', () => {
  const item = {
    targetId: 'a',
    state: 'conflict',
    purpose: 'publish',
    current: true,
    planned: null,
    notBefore: null,
    newsletter: null,
    firedBy: 'desk'
  } as const
  const asked = { targetId: 'a', embargo: null, now }
  expect(alreadyOnItsWay([item], { ...asked, at: null })).toBe('conflict')
  expect(alreadyOnItsWay([item], { ...asked, at: hour(2) })).toBe('conflict')
  expect(alreadyOnItsWay([{ ...item, current: false }], { ...asked, at: null })).toBeNull()
  expect(alreadyOnItsWay([{ ...item, purpose: 'withdraw' }], { ...asked, at: null })).toBeNull()
  expect(label({ isLive: true, onItsWay: 'conflict' })).toBe('Look at what is on Site first')
})

const all = (...each: Partial<Intended>[]) =>
  publishAllLabel(
    words,
    each.map((more) => ({ ...plain, ...more })),
    now
  )

it('one button says what it does on all the sites that are ticked', () => {
  expect(all()).toBe('Choose where to publish')
  expect(all({})).toBe('Publish to Site')
  expect(all({}, {})).toBe('Publish to 2 sites')
  expect(all({ isLive: true }, { isLive: true }, { isLive: true })).toBe('Update on 3 sites')
  expect(all({ at: hour(2) }, { at: hour(2) })).toMatch(/^Schedule for .*10:00.* on 2 sites$/)
  expect(all({ target: 'Website' }, { target: 'Magazine', at: hour(2) })).toMatch(
    /^Publish now to Website, schedule for .*10:00.* on Magazine$/
  )
  expect(all({ isLive: true }, {}, {})).toBe('Update on Site, publish now to 2 sites')
  expect(all({ at: hour(1) }, { at: hour(2) }, { at: hour(3) }, {})).toBe('Send to 4 sites, each as chosen')
})

it('of several it names only those where something is left to do', () => {
  const live = { isLive: true, isCurrent: true }
  expect(all(live, live)).toBe('Nothing to update')
  expect(all(live, { onItsWay: 'scheduled' })).toBe('Nothing to do: it is live or on its way')
  // What met another version there is not on its way before somebody has looked.
  expect(all(live, { target: 'Magazine', onItsWay: 'conflict' })).toBe('Look at what is on Magazine first')
  expect(all(live, { target: 'Magazine' })).toBe('Publish to Magazine')
  expect(all({ onItsWay: 'sending' }, {}, {})).toBe('Publish to 2 sites')
})

it('leaves, where nothing else is said, at the hour of the story, of its approval there, or of one elsewhere that is ahead', () => {
  const item = { targetId: 'a', state: 'scheduled', purpose: 'publish', planned: hour(2) } as const
  const to = { targetId: 'a', planned: null }
  expect(hourOf([item], to, now)).toEqual(hour(2))
  expect(hourOf([item], { ...to, planned: hour(5) }, now)).toEqual(hour(5))
  expect(hourOf([item, { ...item, targetId: 'b', planned: hour(1) }], { ...to, targetId: 'c' }, now)).toEqual(hour(1))
  expect(hourOf([{ ...item, planned: hour(-1) }], { ...to, targetId: 'c' }, now)).toBeNull()
  expect(
    hourOf(
      [
        { ...item, state: 'waiting', planned: null },
        { ...item, targetId: 'b' }
      ],
      to,
      now
    )
  ).toBeNull()
  expect(hourOf([{ ...item, state: 'done' }], to, now)).toBeNull()
})

it('keeps, where it was stopped on its way, the hour it had there, whatever waits elsewhere', () => {
  const stopped = { targetId: 'a', state: 'conflict', purpose: 'publish', planned: hour(5) } as const
  const elsewhere = { targetId: 'b', state: 'handed-over', purpose: 'publish', planned: hour(1) } as const
  const to = { targetId: 'a', planned: null }
  expect(hourOf([stopped, elsewhere], to, now)).toEqual(hour(5))
  expect(hourOf([{ ...stopped, state: 'refused' }, elsewhere], to, now)).toEqual(hour(5))
  expect(hourOf([{ ...stopped, planned: hour(-1) }, elsewhere], to, now)).toBeNull()
  expect(hourOf([{ ...stopped, planned: null }, elsewhere], to, now)).toBeNull()
  expect(hourOf([{ ...stopped, state: 'cancelled' }, elsewhere], to, now)).toEqual(hour(1))
})

it('leaves as an update at once, whatever waits for another CMS, and at its own hour where one waits', () => {
  const item = { targetId: 'a', state: 'scheduled', purpose: 'publish', planned: hour(2) } as const
  expect(hourOf([item], { targetId: 'b', planned: null, isLive: true }, now)).toBeNull()
  expect(hourOf([item], { targetId: 'b', planned: null }, now)).toEqual(hour(2))
  expect(hourOf([item], { targetId: 'a', planned: null, isLive: true }, now)).toEqual(hour(2))
  expect(hourOf([item], { targetId: 'b', planned: hour(5), isLive: true }, now)).toEqual(hour(5))
})

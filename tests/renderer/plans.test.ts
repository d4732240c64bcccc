import { expect, it } from 'vitest'
import type { OutboxItem, Standing } from '../../src/shared/contract/outbox.ts'
import type { Target } from '../../src/shared/contract/publishing.ts'
import { instantAt } from '../../src/shared/story/instant.ts'
import {
  deliveriesOf,
  isToDo,
  mayChoose,
  planOf,
  usualTargets,
  type Choice,
  type Situation
} from '../../src/renderer/features/publishing/plans.ts'
import { isTextKnown } from '../../src/renderer/features/publishing/standings.ts'

const now = Date.UTC(2026, 2, 14, 12)
const hour = (hours: number) => instantAt(now + hours * 3_600_000, 'Europe/Vienna', 'typed')

const target = (id: string): Target => ({
  id,
  name: id,
  kind: 'ghost',
  url: 'https://site.example',
  settings: {},
  secret: 'stored',
  paused: null,
  trusted: null
})
const item = (targetId: string, more: Partial<OutboxItem> = {}): OutboxItem => ({
  id: `item of ${targetId}`,
  storyId: 's',
  headline: 'Bridge opens',
  firedBy: 'desk',
  handedOver: null,
  targetId,
  targetName: targetId,
  revision: 3,
  purpose: 'publish',
  reason: '',
  state: 'scheduled',
  queuedAt: '2026-03-14T11:00:00.000Z',
  notBefore: hour(2).utc,
  planned: hour(2),
  embargo: null,
  behind: false,
  current: true,
  nextTryAt: null,
  tries: 0,
  pictures: { sent: 0, of: 0 },
  newsletter: null,
  problem: null,
  steps: [],
  receipt: null,
  ...more
})
const standing = (targetId: string, more: Partial<Standing> = {}): Standing => ({
  targetId,
  targetName: targetId,
  state: 'live',
  current: false,
  receipt: null,
  ...more
})
const quiet: Situation = { items: [], standings: [], planned: null, embargo: null, isOnline: true, now }
const plan = (id: string, choice: Choice = {}, more: Partial<Situation> = {}) =>
  planOf(target(id), choice, { ...quiet, ...more })

it('a story goes to the first target, or wherever it is, was sent or waits to be', () => {
  const targets = ['a', 'b', 'c'].map(target)
  const usual = (more: Partial<Situation>) => [...usualTargets(targets, { ...quiet, ...more })]
  expect(usual({})).toEqual(['a'])
  expect(usual({ standings: [standing('b')], items: [item('c')] })).toEqual(['b', 'c'])
  expect(usual({ standings: [standing('c', { state: 'unknown' })] })).toEqual(['c'])
  expect(usual({ standings: [standing('b', { state: 'withdrawn' })], items: [item('c', { state: 'done' })] })).toEqual([
    'a'
  ])
})

it('a newsletter that waits stays ticked until somebody takes the tick away', () => {
  const items = [item('a', { newsletter: 'morning' })]
  expect(plan('a', {}, { items })).toMatchObject({ newsletter: 'morning', onItsWay: 'scheduled' })
  const without = plan('a', { newsletter: null }, { items })
  expect([without.newsletter, isToDo(without)]).toEqual([null, true])
  expect(deliveriesOf([without], false)).toMatchObject([{ newsletter: null }])
  // Nobody said anything, and the window may not know yet of what waits: that is the core's to say.
  expect(deliveriesOf([plan('a')], false)[0]).not.toHaveProperty('newsletter')
  expect(plan('a', {}, { items, standings: [standing('a')] }).newsletter).toBeNull()
  // One that was refused is put right and sent again: it is mailed as it was to be.
  const refused = plan('a', {}, { items: [item('a', { newsletter: 'morning', state: 'refused', current: false })] })
  expect(deliveriesOf([refused], false)).toMatchObject([{ newsletter: 'morning' }])
})

it('the site publishes a first publication at its hour, unless somebody says otherwise or it is mailed', () => {
  const open: Target = { ...target('o'), kind: 'open' }
  expect(plan('a', { hour: hour(2) })).toMatchObject({ canFire: true, firedBy: 'cms' })
  const here = plan('a', { hour: hour(2), firedBy: 'desk' })
  expect(here).toMatchObject({ canFire: true, firedBy: 'desk' })
  expect(deliveriesOf([here], false)).toMatchObject([{ firedBy: 'desk' }])
  expect(plan('a', { hour: hour(2), newsletter: 'morning' })).toMatchObject({ canFire: false, firedBy: 'desk' })
  const receipt = { at: '', url: null, etag: 'a', sha256: '', revision: 1, media: 0 }
  expect(plan('a', {}, { standings: [standing('a', { receipt })] })).toMatchObject({ canFire: false, firedBy: 'desk' })
  expect(plan('a', {}, { standings: [standing('a', { state: 'unknown' })] })).toMatchObject({ firedBy: 'cms' })
  expect(planOf(open, { firedBy: 'cms' }, quiet)).toMatchObject({ canFire: false, firedBy: 'desk' })
  expect(planOf({ ...target('a'), settings: { status: 'draft' } }, {}, quiet)).toMatchObject({ firedBy: 'desk' })
  // What waits already stays with whom it was given to.
  const items = [item('a', { firedBy: 'desk', notBefore: hour(2).utc })]
  expect(plan('a', {}, { items }).firedBy).toBe('desk')
  const there = plan('a', { firedBy: 'cms' }, { items })
  expect(isToDo(there)).toBe(true)
  // What is left unsaid stays with this machine.
  expect(deliveriesOf([there], false)).toMatchObject([{ firedBy: 'cms' }])
  expect(deliveriesOf([plan('a', { hour: hour(2) })], false)[0]).not.toHaveProperty('firedBy')
})

it('what leaves first is approved first; an update says what it is, a first publication what it is mailed as', () => {
  const plans = [
    plan('a', { hour: hour(5) }),
    plan('b', { change: 'minor' }, { standings: [standing('b')] }),
    plan('c', { hour: hour(2), newsletter: 'morning' })
  ]
  expect(deliveriesOf(plans, false).map(({ changeId: _id, ...rest }) => rest)).toEqual([
    { targetId: 'b', change: 'minor' },
    { targetId: 'c', at: hour(2), newsletter: 'morning' },
    { targetId: 'a', at: hour(5) }
  ])
  expect(new Set(deliveriesOf(plans, false).map(({ changeId }) => changeId)).size).toBe(3)
  expect(deliveriesOf(plans, true).map(({ at }) => at)).toEqual([null, null, null])
})

it('an hour that waits for another site is not taken for an update', () => {
  const items = [item('b')]
  expect(plan('a', {}, { items }).at).toEqual(hour(2))
  expect(plan('a', {}, { items, standings: [standing('a')] }).at).toBeNull()
})

it('what is live as it is goes out again without moving a date; an hour that is not settled is told', () => {
  const current = plan('a', { change: 'update' }, { standings: [standing('a', { current: true })] })
  expect(current.change).toBe('minor')
  expect(plan('a', {}, { standings: [standing('a')] }).change).toBe('update')
  expect(plan('a', { hour: hour(2), isHourOpen: true }).isHourOpen).toBe(true)
  expect(plan('a', { hour: null, isHourOpen: true }).isHourOpen).toBe(false)
})

it('nothing is chosen for what met something else there, before that was looked at; for what waits, it is', () => {
  const met = plan('a', {}, { items: [item('a', { state: 'conflict', planned: null, notBefore: null })] })
  expect([mayChoose(met), isToDo(met)]).toEqual([false, false])
  expect(mayChoose(plan('a', {}, { items: [item('a')] }))).toBe(true)
  const edited = item('a', { state: 'conflict', planned: null, notBefore: null, current: false })
  expect(mayChoose(plan('a', {}, { items: [edited] }))).toBe(true)
})

it('what readers have is known where nothing else was found there since', () => {
  const receipt = { at: hour(-1).utc, url: null, etag: '1', sha256: '', revision: 2, media: 0 }
  expect(isTextKnown(standing('a'))).toBe(false)
  expect(isTextKnown(standing('a', { receipt }))).toBe(true)
  expect(isTextKnown(standing('a', { receipt: { ...receipt, since: 'changed' } }))).toBe(false)
})

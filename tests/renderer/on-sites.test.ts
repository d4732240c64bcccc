import { expect, it } from 'vitest'
import { statuses } from '../../src/shared/story/status.ts'
import { en } from '../../src/shared/words/en/window.ts'
import {
  behindOnSites,
  onSites,
  statusOnSites,
  statusReadOut,
  underWay,
  type UnderWay
} from '../../src/renderer/api/on-sites.ts'
import { behindOf } from '../../src/renderer/api/outbox.ts'

const ways: readonly UnderWay[] = ['planned', 'queued', 'withdrawing', 'paused', 'stopped']
const subsets = ways.reduce<UnderWay[][]>((all, way) => [...all, ...all.map((one) => [...one, way])], [[]])
const named = {
  planned: 'Scheduled',
  queued: 'On its way',
  withdrawing: 'Being withdrawn',
  paused: 'Paused',
  stopped: 'Stopped'
} as const satisfies Record<UnderWay, string>

it('the status in a list says what readers have, what is to come, what is paused and what stopped, each of them once', () => {
  for (const status of statuses)
    for (const live of [0, 1, 2])
      for (const withdrawn of [0, 1])
        for (const how of subsets) {
          const on = onSites(status, { live, withdrawn }, how)
          const said = statusOnSites(en, on)
          const parts = said.split(' · ')
          const isLive = live > 0 || status === 'published' || status === 'updating'
          expect(/^(Live|Published)/.test(said), said).toBe(isLive)
          expect(parts.includes('Scheduled'), said).toBe(status === 'scheduled' || how.includes('planned'))
          for (const way of ['withdrawing', 'paused', 'stopped'] as const)
            expect(parts.includes(named[way]), said).toBe(how.includes(way))
          // "Approved" alone says it; what is no longer to be published is being taken back.
          const isAlone = status === 'approved' && how.every((way) => way === 'queued')
          const isTakenBack = status === 'draft' || status === 'killed' || status === 'trashed'
          expect(parts.includes('On its way'), said).toBe(how.includes('queued') && !isAlone && !isTakenBack)
          expect(parts.includes('Approved') && parts.includes('Scheduled'), said).toBe(false)
          expect(parts.includes('Withdrawn from a site'), said).toBe(live > 0 && withdrawn > 0)
          expect(new Set(parts).size, said).toBe(parts.length)
          // The same to a screen reader, with the status in its long form.
          const words = on.also.map((one) => en.statusAlso[one])
          expect(statusReadOut(en, on).split(', ')).toEqual(
            expect.arrayContaining([...words, ...en.status[on.status].split(', ')])
          )
        }
})

it('a story on no site, or on one with nothing under way, is said by its status alone', () => {
  for (const status of statuses) expect(statusOnSites(en, onSites(status, undefined))).toBe(en.statusShort[status])
  expect(statusOnSites(en, onSites('published', { live: 1, withdrawn: 0 }))).toBe('Published')
})

it('that an older version waits takes the place of the status, and of nothing else that is so on a site', () => {
  for (const waits of ['scheduled', 'queued'] as const)
    for (const live of [0, 1])
      for (const withdrawn of [0, 1])
        for (const how of subsets) {
          const said = behindOnSites(en, waits, onSites('scheduled', { live, withdrawn }, how), how)
          const parts = said.split(' · ')
          const own = waits === 'scheduled' ? 'planned' : 'queued'
          expect(parts[live]).toBe(en.library.behind[waits])
          expect(parts.includes('Live'), said).toBe(live > 0)
          for (const way of ways) expect(parts.includes(named[way]), said).toBe(way !== own && how.includes(way))
          expect(parts.includes('Withdrawn from a site'), said).toBe(live > 0 && withdrawn > 0)
        }
})

it('of two older versions that wait, the one that waits for no hour is told, in whatever order they were approved', () => {
  const item = (state: 'waiting' | 'scheduled') => ({ storyId: 'a', state, behind: true })
  for (const items of [
    [item('waiting'), item('scheduled')],
    [item('scheduled'), item('waiting')]
  ])
    expect([...behindOf(items)]).toEqual([['a', 'queued']])
  expect([...behindOf([item('scheduled'), { ...item('waiting'), behind: false }])]).toEqual([['a', 'scheduled']])
})

it('what is under way is told of each story, and what a person paused is paused: it has not stopped and is not on its way', () => {
  const item = (
    storyId: string,
    state: 'waiting' | 'scheduled' | 'handed-over' | 'paused' | 'conflict' | 'done',
    more = {}
  ) => ({
    storyId,
    state,
    purpose: 'publish' as const,
    problem: null,
    ...more
  })
  const byHand = { problem: { code: 'refused' as const, key: 'outbox.pausedByHand' as const } }
  expect([
    ...underWay([
      item('a', 'scheduled'),
      item('a', 'handed-over'),
      item('a', 'conflict'),
      item('b', 'done'),
      item('c', 'paused', byHand),
      item('e', 'paused', { ...byHand, purpose: 'withdraw' }),
      item('f', 'paused', { problem: { code: 'refused', key: 'outbox.unauthorised' } }),
      item('d', 'waiting', { purpose: 'withdraw' })
    ])
  ]).toEqual([
    ['a', ['planned', 'stopped']],
    ['c', ['paused']],
    ['e', ['paused']],
    ['f', ['stopped']],
    ['d', ['withdrawing']]
  ])
})

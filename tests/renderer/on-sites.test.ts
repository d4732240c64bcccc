import { expect, it } from 'vitest'
import { statuses } from '../../src/shared/story/status.ts'
import { en } from '../../src/shared/words/en/window.ts'
import { alsoOnSites, behindOnSites, statusOnSites, underWay, type UnderWay } from '../../src/renderer/api/on-sites.ts'

const ways: readonly UnderWay[] = ['planned', 'queued', 'withdrawing', 'stopped']
const subsets = ways.reduce<UnderWay[][]>((all, way) => [...all, ...all.map((one) => [...one, way])], [[]])

it('the status in a list says what readers have, what is to come and what stopped, each of them once', () => {
  for (const status of statuses)
    for (const live of [0, 1, 2])
      for (const withdrawn of [0, 1])
        for (const how of subsets) {
          const said = statusOnSites(en, status, alsoOnSites(status, { live, withdrawn }, how))
          const parts = said.split(' · ')
          const isLive = live > 0 || status === 'published' || status === 'updating'
          expect(/^(Live|Published)/.test(said), said).toBe(isLive)
          expect(parts.includes('Scheduled'), said).toBe(status === 'scheduled' || how.includes('planned'))
          expect(parts.includes('Stopped'), said).toBe(how.includes('stopped'))
          expect(parts.includes('Being withdrawn'), said).toBe(how.includes('withdrawing'))
          expect(parts.includes('Withdrawn from a site'), said).toBe(live > 0 && withdrawn > 0)
          expect(new Set(parts).size, said).toBe(parts.length)
        }
})

it('a story on no site, or on one with nothing under way, is said by its status alone', () => {
  for (const status of statuses)
    expect(statusOnSites(en, status, alsoOnSites(status, undefined))).toBe(en.statusShort[status])
  expect(statusOnSites(en, 'published', alsoOnSites('published', { live: 1, withdrawn: 0 }))).toBe('Published')
})

it('that an older version waits takes the place of the status, but not of what readers have or what stopped', () => {
  expect(behindOnSites(en, 'queued', alsoOnSites('scheduled', { live: 1, withdrawn: 0 }, ['stopped']))).toBe(
    'Live · Older version waiting · Stopped'
  )
  expect(behindOnSites(en, 'scheduled', alsoOnSites('scheduled', undefined, ['planned']))).toBe(
    'Older version scheduled'
  )
})

it('what is under way is told of each story, and what a person paused has not stopped', () => {
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
      item('d', 'waiting', { purpose: 'withdraw' })
    ])
  ]).toEqual([
    ['a', ['planned', 'stopped']],
    ['c', ['queued']],
    ['d', ['withdrawing']]
  ])
})

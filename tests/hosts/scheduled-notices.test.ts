import { expect, test } from 'vitest'
import { tellScheduled, type Notice } from '../../src/main/hosts/electron/scheduled-notices.ts'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { en } from '../../src/shared/words/en/index.ts'
import { freshCore } from '../support/host-cores.ts'

const id = '0190d9a0-0000-7000-8000-00000000000a'
const planned = { utc: '2026-03-14T09:00:00.000Z', zone: 'UTC', origin: 'typed' } as OutboxItem['planned']
const item = (more: Partial<OutboxItem>): OutboxItem => ({
  id,
  storyId: id,
  headline: 'Bridge reopens',
  targetId: id as OutboxItem['targetId'],
  targetName: 'The Herald',
  revision: 3,
  purpose: 'publish',
  reason: '',
  state: 'scheduled',
  queuedAt: '2026-03-14T08:00:00.000Z',
  notBefore: null,
  firedBy: 'desk',
  handedOver: null,
  planned,
  embargo: null,
  behind: false,
  nextTryAt: null,
  tries: 0,
  problem: null,
  pictures: { sent: 0, of: 0 },
  current: true,
  newsletter: null,
  steps: [],
  receipt: null,
  ...more
})

test('what was scheduled is told of once when it went live or stopped, and only where the desk has asked for it', async () => {
  const { core, end } = await freshCore()
  const told: Notice[] = []
  const stop = await tellScheduled(core, en.menu.scheduled, (notice) => told.push(notice))
  const goes = (...states: OutboxItem['state'][]): void => {
    for (const state of states) core.emit('outboxChanged', { item: item({ state }) })
  }
  goes('scheduled', 'sending', 'done')
  expect(told).toEqual([])
  await core.dispatch(
    { id: 0, call: 'settings.set', input: { notifyScheduled: true } },
    { connectionId: id, signal: new AbortController().signal }
  )
  goes('scheduled', 'sending', 'done', 'done')
  expect(told.splice(0)).toEqual([{ title: 'Live on The Herald', body: 'Bridge reopens', address: `/story/${id}` }])
  const byHand = { code: 'cancelled', key: 'outbox.pausedByHand' } as const
  core.emit('outboxChanged', { item: item({ state: 'paused', problem: byHand }) })
  expect(told).toEqual([])
  goes('scheduled', 'sending', 'paused', 'paused', 'sending', 'refused')
  expect(told.splice(0).map(({ title }) => title)).toEqual(Array(2).fill('Stopped on the way to The Herald'))
  core.emit('outboxChanged', { item: item({ state: 'sending', planned: null }) })
  core.emit('outboxChanged', { item: item({ state: 'done', planned: null }) })
  core.emit('outboxChanged', { item: item({ state: 'cancelled' }) })
  core.emit('outboxChanged', { item: item({ state: 'done', purpose: 'withdraw' }) })
  expect(told).toEqual([])
  stop()
  await end()
})

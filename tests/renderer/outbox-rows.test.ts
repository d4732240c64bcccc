import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { openItems, troubledItems } from '../../src/renderer/api/outbox.ts'
import { outboxScreen } from '../../src/shared/words/en/outbox-screen.ts'
import { en } from '../../src/shared/words/en/window.ts'
import { isLeft, stateName } from '../../src/renderer/features/publishing/state-name.ts'
import { moments } from '../../src/shared/words/moments.ts'
import {
  groupOf,
  rowsByDay,
  rowsByState,
  saidOfPause
} from '../../src/renderer/features/publishing/outbox/outbox-rows.ts'
import { factsOf } from '../../src/renderer/features/publishing/outbox/row-facts.ts'

const item = (id: string, state: OutboxItem['state'], more: Partial<OutboxItem> = {}): OutboxItem =>
  ({
    id,
    state,
    queuedAt: `2026-12-01T0${id}:00:00.000Z`,
    notBefore: null,
    problem: null,
    receipt: null,
    ...more
  }) as OutboxItem
const shown = (rows: ReturnType<typeof rowsByState>): string[] =>
  rows.map((row) => (row.kind === 'heading' ? `${row.name} (${row.count})` : row.key))
const { day, hours } = moments('en-GB')

describe('the rows of the outbox', () => {
  it('say the hour of what has stopped where they stand by their hours, and why', () => {
    const stopped = item('1', 'refused', {
      planned: { utc: '2026-12-02T05:00:00.000Z', zone: 'UTC', origin: 'typed' },
      notBefore: '2026-12-02T05:00:00.000Z',
      problem: { key: 'outbox.pausedByHand' } as OutboxItem['problem']
    })
    const telling = { words: outboxScreen, now: Date.parse('2026-12-01T03:00:00.000Z'), zone: 'UTC' }
    const [hour, why] = factsOf(stopped, 'stopped', { ...telling, isPlanned: true })
    expect(hour).toBe('Planned for 2 Dec 2026, 05:00 UTC')
    expect(factsOf(stopped, 'stopped', { ...telling, isPlanned: false })).toEqual([why])
    expect(why).not.toContain('2026')
  })

  it('say of what was seen live what was seen there since, and of a withdrawal that was not one', () => {
    const named = (state: OutboxItem['state'], more: Partial<OutboxItem>): string =>
      stateName(en.publishing, item('1', state, { purpose: 'publish', ...more }))
    const receipt = (more: object) => ({
      receipt: { at: '2026-12-01T07:30:00.000Z', ...more } as OutboxItem['receipt']
    })
    expect(named('done', receipt({}))).toBe('Live')
    expect(named('done', receipt({ since: 'changed' }))).toBe('Live, and changed there')
    expect(named('done', receipt({ since: 'gone' }))).toBe('Was live')
    expect(named('cancelled', { purpose: 'withdraw', ...receipt({ withdrawn: true }) })).toBe('Not withdrawn')
    expect(isLeft(item('1', 'conflict', receipt({})))).toBe(true)
    expect(isLeft(item('1', 'conflict'))).toBe(false)
  })

  it('say which of what arrived has been replaced since on the same CMS, or taken down', () => {
    const on = (storyId: string, targetId: string, purpose: OutboxItem['purpose'] = 'publish') => ({
      storyId,
      targetId,
      purpose,
      receipt: { at: '2026-12-01T07:30:00.000Z' } as OutboxItem['receipt']
    })
    const items = [
      item('7', 'waiting', on('a', 'site')),
      item('6', 'done', on('b', 'site', 'withdraw')),
      item('5', 'done', on('b', 'site')),
      item('4', 'done', on('a', 'site')),
      item('3', 'done', on('a', 'wire')),
      item('2', 'cancelled', on('a', 'site')),
      item('1', 'done', on('a', 'site'))
    ]
    const rows = rowsByState(items, outboxScreen.groups)
    expect(rows.flatMap((row) => (row.kind === 'item' && row.isReplaced ? row.key : [])).toSorted()).toEqual(['1', '5'])
    expect(stateName(en.publishing, items[2] as OutboxItem, true)).toBe('Was live')
    expect(stateName(en.publishing, items[1] as OutboxItem, true)).toBe('Withdrawn')
    expect(stateName(en.publishing, items[3] as OutboxItem)).toBe('Live')
  })

  it('stand under what they wait for, those that need a person first, each in the order it leaves', () => {
    const items = [
      item('7', 'done', { receipt: { at: '2026-12-01T07:30:00.000Z' } as OutboxItem['receipt'] }),
      item('6', 'scheduled', { notBefore: '2026-12-02T06:00:00.000Z' }),
      item('5', 'scheduled', { notBefore: '2026-12-01T20:00:00.000Z' }),
      item('4', 'refused'),
      item('3', 'waiting'),
      item('2', 'waiting'),
      item('1', 'cancelled'),
      item('0', 'paused', { problem: { code: 'cancelled', key: 'outbox.pausedByHand' } })
    ]
    expect(shown(rowsByState(items, outboxScreen.groups))).toEqual([
      'Stopped: needs you (1)',
      '4',
      'Waiting for the network or the CMS (2)',
      '2',
      '3',
      'Waiting for its hour (2)',
      '5',
      '6',
      'Paused by you (1)',
      '0',
      'Recently done (2)',
      '7',
      '1'
    ])
  })

  it('stand under their day, in the zone of the desk, and what has no hour is not among them', () => {
    const items = [
      item('3', 'scheduled', { notBefore: '2026-12-02T04:00:00.000Z' }),
      item('2', 'paused', { notBefore: '2026-12-02T06:00:00.000Z' }),
      item('1', 'waiting'),
      item('0', 'done', { notBefore: '2026-12-01T06:00:00.000Z' })
    ]
    expect(shown(rowsByDay(items, [], (utc) => day(utc, 'America/New_York')))).toEqual([
      `${day('2026-12-01T12:00:00.000Z', 'UTC')} (1)`,
      '3',
      `${day('2026-12-02T12:00:00.000Z', 'UTC')} (1)`,
      '2'
    ])
  })

  it('stand among the embargoes still to come, but for those that end as a delivery of their story leaves', () => {
    const until = '2026-12-02T05:00:00.000Z'
    const items = [
      item('2', 'scheduled', { storyId: 'b', targetName: 'Site', notBefore: '2026-12-02T05:00:00.000Z' }),
      item('1', 'scheduled', { storyId: 'c', targetName: 'Site', notBefore: '2026-12-02T09:00:00.000Z' })
    ]
    const embargoes = ['a', 'b', 'c'].map((storyId) => ({ storyId, headline: storyId, until }))
    const rows = rowsByDay(items, embargoes, (utc) => day(utc, 'UTC'))
    expect(shown(rows)).toEqual([`${day(until, 'UTC')} (4)`, '2', 'embargo-a', 'embargo-c', '1'])
    expect(rows.flatMap((row) => (row.kind === 'embargo' ? [row.waitsFor] : []))).toEqual([[], ['Site']])
  })

  it('a target that refuses every sending is no pause of a person', () => {
    expect(groupOf(item('1', 'paused', { problem: { code: 'refused', key: 'outbox.unauthorised' } }))).toBe('stopped')
  })
})

describe('an hour', () => {
  it('is said in its own zone, the desk’s and UTC, each once, with the day where it is another', () => {
    const utc = '2026-12-01T23:30:00.000Z'
    expect(hours(utc, ['America/New_York', 'Asia/Dubai', 'UTC'])).toBe(
      '1 Dec 2026, 18:30 GMT-5 · 2 Dec, 03:30 GMT+4 · 23:30 UTC'
    )
    expect(hours(utc, ['Europe/London', 'Europe/Lisbon', 'UTC'])).toBe('1 Dec 2026, 23:30 GMT')
  })

  it('is said as what is left until it', () => {
    const { inTime } = outboxScreen
    expect(inTime(2 * 3_600_000 + 10 * 60_000)).toBe('in 2 hrs 10 mins')
    expect(inTime(3 * 86_400_000 + 30 * 60_000)).toBe('in 3 days')
    expect(inTime(20_000)).toBe('in less than a minute')
  })
})

describe('what the outbox says of itself', () => {
  const target = (name: string, paused: 'by-hand' | 'stopped' | null) => ({ id: name, name, paused })
  const said = (...targets: readonly ReturnType<typeof target>[]) => saidOfPause(targets, [], outboxScreen)

  it('names the CMSs that are paused by hand, and says "nothing leaves" of all alone', () => {
    expect(said(target('Site', null), target('Blog', 'stopped'))).toBeNull()
    expect(said(target('Site', 'by-hand'))).toMatch(/^Paused: nothing leaves/)
    expect(said(target('Site', 'by-hand'), target('Blog', 'by-hand'))).toMatch(/^Paused: nothing leaves/)
    expect(said(target('Site', 'by-hand'), target('Blog', null))).toMatch(/^Paused for Site: .* The others go on\.$/)
    expect(said(target('A', 'by-hand'), target('B', 'by-hand'), target('C', 'stopped'))).toMatch(
      /^Paused for A and B: /
    )
  })

  it('does not say that a pause keeps a site from what it has already', () => {
    const targets = [target('Site', 'by-hand'), target('Blog', null)]
    const of = (targetId: string, handedOver: string | null) =>
      saidOfPause(targets, [{ targetId, handedOver }], outboxScreen) ?? ''
    expect(of('Site', '2026-12-01T20:00:00.000Z')).toMatch(/The others go on\. A site still publishes/)
    expect(of('Site', null)).not.toMatch(/has already/)
    expect(of('Blog', '2026-12-01T20:00:00.000Z')).not.toMatch(/has already/)
  })

  it('counts what is not finished, whatever keeps it, and calls a person to none that was paused by hand', () => {
    const byHand = { problem: { code: 'cancelled', key: 'outbox.pausedByHand' } } as const
    const items = [
      item('0', 'done'),
      item('1', 'cancelled'),
      item('2', 'paused', byHand),
      item('3', 'paused'),
      item('4', 'refused'),
      item('5', 'sending'),
      item('6', 'scheduled')
    ]
    expect(openItems(items).map(({ id }) => id)).toEqual(['2', '3', '4', '5', '6'])
    expect(troubledItems(items).map(({ id }) => id)).toEqual(['3', '4'])
    expect([0, 1, 5].map((n) => outboxScreen.lead(n))).toEqual([
      'Nothing is waiting.',
      '1 delivery not finished',
      '5 deliveries not finished'
    ])
  })
})

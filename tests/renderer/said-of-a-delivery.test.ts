import { describe, expect, it, vi } from 'vitest'
import { FiredBy, OutboxState, type OutboxItem, type Standing } from '../../src/shared/contract/outbox.ts'
import type { Target } from '../../src/shared/contract/publishing.ts'
import { instantAt, laterOf, type Instant } from '../../src/shared/story/instant.ts'
import { en } from '../../src/shared/words/en/index.ts'
import { onSites, statusOnSites, underWay } from '../../src/renderer/api/on-sites.ts'
import { hoursBeside, hoursOnCard, whoFires } from '../../src/renderer/features/publishing/delivery-hours.ts'
import { rowsByDay } from '../../src/renderer/features/publishing/outbox/outbox-rows.ts'
import { factsOf } from '../../src/renderer/features/publishing/outbox/row-facts.ts'
import { intended, planOf } from '../../src/renderer/features/publishing/plans.ts'
import { publishLabel } from '../../src/renderer/features/publishing/publish-label.ts'
import { saidOfQueued } from '../../src/renderer/features/publishing/several-said.ts'
import { stateName } from '../../src/renderer/features/publishing/state-name.ts'
import { plannedRows, saidOfSender } from '../../src/main/cli/commands/outbox.ts'
import { describe as lineOf } from '../../src/main/cli/commands/publish.ts'

vi.mock('electron', () => ({ app: {}, BrowserWindow: {}, dialog: {} }))
const { quitQuestion } = await import('../../src/main/hosts/electron/quitting.ts')

const words = en.window
const zone = 'Asia/Dubai'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** On the full hour: every moment below has a minute of its own, by which it is found in whatever zone it is written. */
const base = Date.UTC(2026, 2, 14, 12)
const queuedAt = new Date(base - 30 * DAY + 55 * MINUTE).toISOString()
const at = (minute: number, days: number, where: string) =>
  instantAt(base + days * DAY + minute * MINUTE, where, 'typed')

/** The plan, the embargo on approval and the one the story has now. */
interface Hours {
  readonly planned?: Instant
  readonly approved?: Instant
  readonly moved?: Instant
}
const plan = at(7, 0, 'America/New_York')
const soon = at(23, -1, 'Europe/Berlin')
const long = at(24, 20, 'Europe/Berlin')
const longer = at(41, 40, '+05:30')
const hours: Readonly<Record<string, Hours>> = {
  'no hour': {},
  'a plan': { planned: plan },
  'an embargo': { approved: long },
  'an embargo moved on': { approved: soon, moved: longer },
  'an embargo set since': { moved: longer },
  'a plan after the embargo': { planned: plan, approved: soon },
  'a plan that the embargo outlasts': { planned: plan, approved: long },
  'a plan that the embargo outlasts since': { planned: plan, approved: soon, moved: longer },
  'a plan that an embargo set since outlasts': { planned: plan, moved: longer }
}
const times = { 'an hour ahead': -HOUR, 'just passed': 10_000, 'long passed': 3 * DAY }

interface Case {
  readonly item: OutboxItem
  readonly now: number
  readonly embargo: Instant | null
  readonly planned: Instant | null
}

function cases(): [string, Case][] {
  return OutboxState.options.flatMap((state) =>
    FiredBy.options.flatMap((firedBy) =>
      Object.entries(hours).flatMap(([name, { planned = null, approved = null, moved = null }]) => {
        const embargo = laterOf(approved, moved)
        const held = laterOf(planned, embargo)
        if (!held && (state === 'scheduled' || state === 'handed-over')) return []
        if ((state === 'scheduled') !== (firedBy === 'desk') && (state === 'scheduled' || state === 'handed-over'))
          return []
        return Object.entries(times).map(([when, ago]): [string, Case] => {
          const item: OutboxItem = {
            id: 'i',
            storyId: 's',
            headline: 'Bridge opens',
            targetId: 't',
            targetName: 'Site',
            revision: 3,
            purpose: 'publish',
            reason: '',
            state,
            queuedAt,
            notBefore: held?.utc ?? null,
            firedBy,
            handedOver: state === 'handed-over' ? (held?.utc ?? null) : null,
            planned,
            embargo,
            behind: false,
            current: true,
            nextTryAt: null,
            tries: 0,
            pictures: { sent: 0, of: 0 },
            newsletter: null,
            problem: null,
            steps: [],
            receipt: null
          }
          const now = Date.parse(held?.utc ?? plan.utc) + ago
          return [`${state}, ${firedBy}, ${name}, ${when}`, { item, now, embargo: moved ?? approved, planned: null }]
        })
      })
    )
  )
}

const target: Target = {
  id: 't',
  name: 'Site',
  kind: 'wordpress',
  url: 'https://news.example',
  settings: {},
  secret: 'stored',
  paused: null,
  trusted: null
}

function label({ item, now, embargo, planned }: Case, standings: readonly Standing[] = []): string {
  const one = planOf(target, {}, { items: [item], standings, planned, embargo, isOnline: true, now })
  return publishLabel(words.publishing, intended(one, embargo), now)
}

/** Everything said about a delivery that may name an hour, by where it is said. */
function said(one: Case) {
  const { item, now } = one
  const planned = rowsByDay([item], [], (utc) => utc.slice(0, 10)).flatMap((row) =>
    row.kind === 'item' ? factsOf(row.item, row.group, { words: words.outbox, isPlanned: true, now, zone }) : []
  )
  const group = (
    {
      paused: 'paused',
      conflict: 'stopped',
      refused: 'stopped',
      sending: 'underWay',
      waiting: 'waiting',
      scheduled: 'hour',
      'handed-over': 'hour',
      done: 'ended',
      cancelled: 'ended'
    } as const
  )[item.state]
  const isOpen = group !== 'ended'
  return {
    button: isOpen ? [label(one)] : [],
    beside: isOpen ? hoursBeside(item, words.publishing, now) : [],
    card: hoursOnCard(item, words.publishing, zone),
    fires: [whoFires(item, words, { zone, now })?.said ?? ''],
    row: factsOf(item, group, { words: words.outbox, isPlanned: false, now, zone }),
    planned,
    quitting: [quitQuestion([item], en.menu, 'en-GB', now)?.detail ?? ''],
    line: [lineOf(item)],
    several: [saidOfQueued(item, words, now)],
    list: isOpen ? plannedRows([item], [], zone).map((row) => `${row.at} ${saidOfSender(row)}`) : []
  }
}

const STOPPED = ['paused', 'conflict', 'refused']
const minuteOf = ({ utc }: Instant): string => utc.slice(13, 16)
/** A zone that is half an hour off shows another minute. */
const inWholeHours = (text: string): string =>
  [plan, soon, long, longer].reduce((so, hour) => so.replaceAll(halfOff(hour), minuteOf(hour)), text)
const halfOff = (hour: Instant): string => `:${String((Number(minuteOf(hour).slice(1)) + 30) % 60)}`

describe('what is said of a delivery', () => {
  it.each(cases())('%s', (_name, one) => {
    const { item, now } = one
    const all = Object.entries(said(one)).flatMap(([where, texts]) => texts.map((text) => [where, text] as const))
    const isPast = item.notBefore !== null && Date.parse(item.notBefore) <= now
    for (const [where, text] of all) {
      const told = `${where}: ${text}`
      // No hour but the one at which it goes out.
      for (const other of [plan, soon, long, longer])
        if (other.utc !== item.notBefore) expect(inWholeHours(text), told).not.toContain(minuteOf(other))
      // Each hour with its zone.
      const hoursIn = text.match(/(?<![\d+:-])\d\d:\d\d/g) ?? []
      const zones = text.match(/(GMT|UTC|Z\b|[+-]\d\d:\d\d)/g) ?? []
      expect(zones.length, told).toBeGreaterThanOrEqual(hoursIn.length)
      // Nothing is due, scheduled or counted down to that waits for a person or has ended.
      if (STOPPED.includes(item.state) || item.state === 'done' || item.state === 'cancelled')
        expect(text, told).not.toMatch(/\bin (less|\d)|due now|[Ss]cheduled for|publishes it|this laptop|The next is/)
      // What has passed is not to come.
      if (isPast && item.state !== 'scheduled' && item.state !== 'handed-over')
        expect(text, told).not.toMatch(/\bin (less|\d)|[Ss]cheduled for|The next is/)
      if (isPast) expect(where === 'button' || where === 'quitting' ? text : '', told).not.toMatch(/\d\d:\d\d/)
    }
    // All that name the hour it waits for name the same.
    if (item.notBefore !== null && !isPast && (item.state === 'scheduled' || item.state === 'handed-over')) {
      const { button, beside, card, fires, row, planned, quitting, line, several, list } = said(one)
      const own = item.notBefore.slice(13, 16)
      const everywhere = [button, beside, [...card, ...fires], row, planned, line, several, list]
      for (const texts of [...everywhere, ...(item.state === 'scheduled' ? [quitting] : [])])
        expect(inWholeHours(texts.join(' '))).toContain(own)
    }
    const names = statusOnSites(words, onSites('scheduled', undefined, underWay([item]).get('s')))
    if (item.state === 'conflict' || item.state === 'refused') expect(names).toContain('Stopped')
  })

  it.each(cases().filter(([, { item }]) => item.state === 'done'))('live, and nothing else: %s', (_name, one) => {
    const receipt = { at: queuedAt, url: null, etag: 'e', sha256: '', revision: 3, media: 0 }
    const item = { ...one.item, receipt }
    const standing: Standing = { targetId: 't', targetName: 'Site', state: 'live', current: true, receipt }
    expect(label({ ...one, item }, [standing])).toBe('Nothing to update')
    expect(stateName(words.publishing, item)).toBe('Live')
    expect(statusOnSites(words, onSites('published', { live: 1, withdrawn: 0 }, underWay([item]).get('s')))).toBe(
      'Published'
    )
    const everything = Object.values(said({ ...one, item }))
      .flat()
      .join(' ')
    expect(everything).not.toMatch(/[Qq]ueued|[Ss]chedule|[Pp]lanned|Embargo/)
    expect(rowsByDay([item], [], (utc) => utc)).toEqual([])
  })

  it('an hour that the clocks show twice is told apart from the other wherever it is named', () => {
    const told = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map((utc) => {
      const [, one] = cases().find(([name]) => name === 'scheduled, desk, a plan, an hour ahead') ?? []
      if (!one) throw new Error('No such case')
      const planned: Instant = { utc, zone: 'Europe/Berlin', origin: 'typed' }
      const now = Date.UTC(2026, 9, 24, 12)
      return Object.values(said({ ...one, item: { ...one.item, planned, notBefore: utc }, now })).map((texts) =>
        // The desk's own zone and UTC, and the time left, would tell them apart anyway.
        texts.map((text) => /25 Oct 2026, 02:30 GMT\+\d|2026-10-25T02:30:00\+\d\d:00/.exec(text)?.[0] ?? '').join()
      )
    })
    const [first = [], second = []] = told
    const named = first.flatMap((text, place) => (text === '' ? [] : [[text, second[place]]]))
    expect(named.length).toBeGreaterThanOrEqual(8)
    for (const [one, other] of named) expect(one).not.toBe(other)
  })

  it('an embargo that was lifted since holds what was approved with it, and the button offers to free it', () => {
    const [, one] =
      cases().find(([name]) => name === 'scheduled, desk, a plan that the embargo outlasts, an hour ahead') ?? []
    if (!one) throw new Error('No such case')
    const lifted = { ...one, embargo: null, now: Date.parse(plan.utc) - HOUR }
    expect(label(lifted)).toMatch(/^Schedule for 14 Mar 2026, 08:07 GMT-4 on Site/)
    expect(said({ ...lifted, embargo: long }).button[0]).toMatch(/^Scheduled for 3 Apr 2026, 14:24 GMT\+2 on Site/)
  })
})

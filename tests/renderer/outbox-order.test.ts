import { expect, it } from 'vitest'
import { nowAndEarlier, withNames } from '../../src/renderer/api/outbox.ts'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'

const item = (id: string, state: OutboxItem['state'], targetId = 'site'): OutboxItem =>
  ({ id, state, targetId, purpose: 'publish' }) as OutboxItem
const ids = (items: readonly OutboxItem[]): string[] => items.map(({ id }) => id)

it('one card a CMS says what is live; what it took the place of is history', () => {
  const { now, earlier } = nowAndEarlier([
    item('update', 'waiting'),
    item('second', 'done'),
    item('taken back', 'cancelled'),
    item('elsewhere', 'done', 'other'),
    item('first', 'done')
  ])
  expect(ids(now)).toEqual(['update', 'second', 'elsewhere'])
  expect(ids(earlier)).toEqual(['taken back', 'first'])
})

it('a card calls a CMS by the name it has now, and one that is gone by the name it had', () => {
  const items = [item('one', 'done'), item('two', 'done', 'gone')].map((one) => ({ ...one, targetName: 'Old' }))
  const renamed = withNames(items, [{ id: 'site', name: 'New' }])
  expect(renamed.map(({ targetName }) => targetName)).toEqual(['New', 'Old'])
  expect(withNames(renamed, [{ id: 'site', name: 'New' }])).toBe(renamed)
})

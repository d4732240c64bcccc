import { expect, it, vi } from 'vitest'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { en } from '../../src/shared/words/en/index.ts'

// Only what is asked is looked at here; how it is asked is driven through the stand-in.
vi.mock('electron', () => ({ app: {}, BrowserWindow: {}, dialog: {} }))
const { quitQuestion } = await import('../../src/main/hosts/electron/quitting.ts')

const now = Date.parse('2026-12-01T10:00:00.000Z')
const item = (state: OutboxItem['state'], more: Partial<OutboxItem> = {}): OutboxItem =>
  ({
    state,
    headline: 'Bridge opens',
    targetName: 'City site',
    notBefore: null,
    planned: null,
    embargo: null,
    ...more
  }) as OutboxItem

it('asks nothing where nothing would leave by itself', () => {
  const still = (['paused', 'conflict', 'refused', 'done', 'cancelled'] as const).map((state) => item(state))
  expect(quitQuestion(still, en.menu, 'en-GB', now)).toBeNull()
})

it('says how many wait, which leaves first and when, and what quitting means', () => {
  const utc = '2026-12-01T11:00:00.000Z'
  const question = quitQuestion(
    [
      item('waiting'),
      item('waiting', { notBefore: '2026-12-01T09:00:00.000Z', headline: 'Due since nine' }),
      item('waiting', { notBefore: '2026-12-01T10:30:00.000Z', firedBy: 'cms', headline: 'For the site to publish' }),
      item('scheduled', { notBefore: '2026-12-02T11:00:00.000Z', headline: 'Later' }),
      item('scheduled', { notBefore: utc, planned: { utc, zone: 'America/New_York', origin: 'typed' } }),
      item('done')
    ],
    en.menu,
    'en-GB',
    now
  )
  expect(question?.message).toBe('5 stories wait to leave this laptop')
  expect(question?.detail).toMatch(
    /^The next is “Bridge opens”, to City site, 1 Dec 2026, 06:00 GMT-5\.\n\n.*nothing leaves/
  )
})

import { expect, it } from 'vitest'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { en } from '../../src/shared/words/en/index.ts'
import { saidOfReceipt } from '../../src/renderer/features/publishing/receipt-said.ts'
import { describe as linesOf } from '../../src/main/cli/commands/receipt.ts'

const words = en.window.publishing
const receipt = { at: '2026-03-29T01:00:00.000Z', url: null, etag: 'e', sha256: 'f', revision: 3, media: 0 }
const item = (revision: number, more: object = {}): OutboxItem =>
  ({ targetName: 'Site', purpose: 'publish', reason: '', revision, receipt: { ...receipt, ...more } }) as OutboxItem

it('a receipt says whose it is where the site had published the version before', () => {
  const seen = { firedBy: 'cms', since: 'changed' }
  expect(saidOfReceipt(item(5, seen), words, 'Europe/Berlin')).toEqual([
    words.receiptOfEarlier,
    words.receiptSince('29 Mar 2026, 03:00 GMT+2')
  ])
  expect(saidOfReceipt(item(3, seen), words, 'UTC')).toEqual([words.receiptSince('29 Mar 2026, 01:00 UTC')])
  expect(linesOf(item(5, seen))).toContain('revision 5 has not arrived')
  expect(linesOf(item(3, seen))).not.toContain('has not arrived')
})

it('a withdrawal has the receipt of what it took down', () => {
  const withdrawn = { ...item(5, { withdrawn: true }), purpose: 'withdraw' as const }
  expect(saidOfReceipt(withdrawn, words, 'UTC')).toEqual([words.withdrawnText('29 Mar 2026, 01:00 UTC')])
  expect(linesOf(withdrawn)).not.toContain('has not arrived')
})

import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Strings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'

type Receipt = NonNullable<OutboxItem['receipt']>

/** What a delivery's receipt proves, a sentence each; whose it is first if it is of another version. */
export function saidOfReceipt(
  item: Pick<OutboxItem, 'receipt' | 'revision' | 'purpose'>,
  words: Strings['publishing'],
  zone: string
): readonly string[] {
  const { receipt } = item
  if (!receipt) return []
  const when = moment(receipt.at, zone)
  return [
    // What a site published at its hour, unseen, is told with the delivery that was to take its place.
    ...(item.purpose === 'publish' && receipt.revision < item.revision ? [words.receiptOfEarlier] : []),
    receipt.withdrawn ? words.withdrawnText(when) : words[textOf(receipt)](when),
    ...(receipt.ahead === undefined ? [] : [words.clockDiffered(receipt.ahead)]),
    ...(receipt.unconfirmed ? [words.unconfirmed] : [])
  ]
}

/** The key of the sentence that says what was read back. */
function textOf({ since, differences, firedBy }: Receipt) {
  if (since) return since === 'gone' ? 'receiptGone' : 'receiptSince'
  if (differences) return firedBy ? 'receiptChangedThere' : 'receiptChanged'
  return firedBy ? 'receiptTextThere' : 'receiptText'
}

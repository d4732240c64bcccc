import { useState, type ReactNode } from 'react'
import { CalendarClock, CircleCheck, Clock, CloudOff, Loader, TriangleAlert, Undo2 } from 'lucide-react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { Message } from '../../../shared/words/message.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useSettings } from '../../api/desk.tsx'
import { inWords, useStrings, type Strings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { moment } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { FocusLeft } from '../../ui/FocusLeft.tsx'
import { LiveAddress } from './LiveAddress.tsx'
import { tellsOfCertificate } from '../../../shared/words/tells-of-certificate.ts'
import { BehindNotice } from './BehindNotice.tsx'
import { CertificateDialog } from './CertificateDialog.tsx'
import { Conflict } from './Conflict.tsx'
import { OutboxSteps } from './OutboxSteps.tsx'
import { livePage } from './standings.ts'
import { hoursOnCard } from './delivery-hours.ts'
import { isPausedByHand } from '../../api/outbox.ts'
import { saidOfReceipt } from './receipt-said.ts'
import { isLeft, stateName } from './state-name.ts'
import { WhoFires } from './WhoFires.tsx'

const icons = {
  waiting: CloudOff,
  scheduled: Clock,
  'handed-over': CalendarClock,
  sending: Loader,
  paused: TriangleAlert,
  conflict: TriangleAlert,
  refused: TriangleAlert,
  done: CircleCheck,
  cancelled: Undo2
} as const

/** One approved story on its way to one CMS: its state, the reason, and what the user can do. */
export function OutboxCard({
  item,
  headline = false,
  isEarlier = false
}: {
  readonly item: OutboxItem
  readonly headline?: boolean
  /** Something newer has taken its place. */
  readonly isEarlier?: boolean
}) {
  const api = useApi()
  const words = useStrings()
  const [looks, setLooks] = useState(false)
  const Icon = icons[item.state]
  const state = stateName(words.publishing, item, isEarlier)
  const act = (work: Promise<unknown>): void => {
    work.catch(sayFailure)
  }
  const stuck =
    item.state === 'paused' ||
    item.state === 'refused' ||
    item.state === 'conflict' ||
    (item.state === 'waiting' && item.nextTryAt !== null) ||
    (item.state === 'handed-over' && item.problem !== null)
  const isStopped = says(item.problem, 'publishing.practiceStopped')
  const byHand = isPausedByHand(item)
  // The receipt of the withdrawal is not true any more.
  const isAgain = item.state === 'conflict' && item.purpose === 'withdraw'
  const unsent = item.state !== 'done' && item.state !== 'cancelled' && item.state !== 'sending'
  return (
    <article
      className="outbox-card"
      data-state={isEarlier ? 'earlier' : item.state}
      aria-label={`${item.targetName}: ${state}`}
    >
      <header className="outbox-head">
        <Icon aria-hidden className="outbox-icon" />
        <div className="outbox-title">
          {headline && (
            <span className="outbox-headline" dir="auto">
              {item.headline || words.common.untitled}
            </span>
          )}
          <span>
            <b>{state}</b> · {item.targetName}
          </span>
          {item.state === 'sending' && item.pictures.of > 0 && (
            <ProgressBar
              label={words.outbox.pictures(item.pictures.sent, item.pictures.of)}
              done={item.pictures.sent}
              total={item.pictures.of}
            />
          )}
          <When item={item} isToldBelow={item.receipt !== null && !isEarlier && !isAgain} />
        </div>
      </header>
      {item.reason !== '' && (
        <p className="outbox-reason" dir="auto">
          {words.publishing.withdrawnBecause(item.reason)}
        </p>
      )}
      <WhoFires item={item} />
      {item.problem && <p className="outbox-problem">{inWords(item.problem)}</p>}
      {item.behind && <BehindNotice item={item} />}
      {item.receipt && !isEarlier && !isAgain && <ReceiptLine item={item} />}
      {item.state === 'conflict' && item.purpose === 'publish' && !item.receipt && (
        <p className="outbox-receipt">{words.publishing.noReceipt}</p>
      )}
      {(stuck || unsent) && (
        <Actions>
          {item.state === 'conflict' && <Conflict item={item} />}
          {isStopped && (
            <Button size="small" onPress={() => act(api.call.publishing.startPractice({}))}>
              {words.publishing.startPractice}
            </Button>
          )}
          {byHand && (
            <Button size="small" onPress={() => act(api.call.publishing.resume({ targetId: item.targetId }))}>
              {words.outbox.resume(item.targetName)}
            </Button>
          )}
          {unsent && tellsOfCertificate(item.problem) && (
            <Button size="small" onPress={() => setLooks(true)}>
              {words.certificates.look}
            </Button>
          )}
          {stuck && !isStopped && !byHand && item.state !== 'conflict' && (
            <Button size="small" onPress={() => act(api.call.publishing.retry({ id: item.id }))}>
              {words.common.tryAgain}
            </Button>
          )}
          {unsent && (
            <Button size="small" variant="quiet" onPress={() => act(api.call.publishing.cancel({ id: item.id }))}>
              {isLeft(item) ? words.publishing.leave : words.publishing.cancel}
            </Button>
          )}
        </Actions>
      )}
      {looks && <CertificateDialog targetId={item.targetId} name={item.targetName} onClose={() => setLooks(false)} />}
      <OutboxSteps item={item} />
    </article>
  )
}

/** Buttons that disappear once the delivery moves on, and hand back the focus. */
function Actions({ children }: { readonly children: ReactNode }) {
  return <FocusLeft className="outbox-actions">{children}</FocusLeft>
}

/** Whether the message, or one quoted inside it, has this key. A delivery's message quotes what the CMS reported. */
function says(message: Message | null, key: string): boolean {
  if (message === null || message.key === key) return message !== null
  const inner = Message.safeParse(message.params?.['said'])
  return inner.success && says(inner.data, key)
}

/** `isToldBelow`: the receipt already gives the time it was read back. */
function When({ item, isToldBelow }: { readonly item: OutboxItem; readonly isToldBelow: boolean }) {
  const words = useStrings()
  const { zone } = useSettings()
  const { state } = item
  return (
    <>
      {hoursOnCard(item, words.publishing, zone).map((hour) => (
        <small key={hour}>{hour}</small>
      ))}
      {state === 'waiting' && item.nextTryAt ? (
        <small>
          {words.publishing.nextTry(moment(item.nextTryAt, zone))} · {words.publishing.tries(item.tries)}
        </small>
      ) : (
        state !== 'scheduled' && state !== 'handed-over' && !isToldBelow && <small>{whenOf(item, words, zone)}</small>
      )}
    </>
  )
}

/** When it was seen on the CMS if it arrived, otherwise when it was queued. */
function whenOf({ state, receipt, queuedAt }: OutboxItem, { publishing: words }: Strings, zone: string): string {
  // A withdrawal that does not hold any more: the story is not gone.
  if (!receipt || (receipt.withdrawn && state !== 'done')) return words.queuedAt(moment(queuedAt, zone))
  return words[receipt.withdrawn ? 'goneBy' : 'liveBy'](moment(receipt.at, zone))
}

function ReceiptLine({ item }: { readonly item: OutboxItem }) {
  const words = useStrings()
  const { zone } = useSettings()
  const { receipt } = item
  if (!receipt) return null
  const page = livePage(receipt)
  return (
    <div className="outbox-receipt">
      {saidOfReceipt(item, words.publishing, zone).map((said) => (
        <p key={said}>{said}</p>
      ))}
      {receipt.differences && (
        <ul className="outbox-differences">
          {receipt.differences.map(({ field, note }, at) => (
            <li key={`${field} ${at}`}>{inWords(note)}</li>
          ))}
        </ul>
      )}
      {page && <LiveAddress url={page} />}
    </div>
  )
}

import { useMemo } from 'react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { nowAndEarlier } from '../../api/outbox.ts'
import { useStrings } from '../../strings/strings.ts'
import { OutboxCard } from './OutboxCard.tsx'

/** How far a story's deliveries have got; the ones that something newer replaced are folded away. */
export function TargetItems({ items }: { readonly items: readonly OutboxItem[] }) {
  const words = useStrings().publishing
  const { now, earlier } = useMemo(() => nowAndEarlier(items), [items])
  return (
    <div className="publish-items" aria-live="polite" aria-relevant="additions">
      {now.map((item) => (
        <OutboxCard key={item.id} item={item} />
      ))}
      {earlier.length > 0 && (
        <details className="publish-earlier">
          <summary>{words.earlier(earlier.length)}</summary>
          <div className="publish-items">
            {earlier.map((item) => (
              <OutboxCard key={item.id} item={item} isEarlier />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}

import { Send } from 'lucide-react'
import { openItems, troubledItems, useOutbox } from '../../../api/outbox.ts'
import { navigate, useRoute } from '../../../api/router.ts'
import { useStrings } from '../../../strings/strings.ts'
import { Button } from '../../../ui/Button.tsx'
import '../publishing.css'

/** The button that opens the outbox, always visible, with the number of unfinished deliveries. */
export function OutboxDoor() {
  const words = useStrings().outbox
  const route = useRoute()
  const items = useOutbox()
  const troubled = troubledItems(items).length
  const open = openItems(items).length
  return (
    <span className="outbox-door" data-troubled={troubled > 0 || undefined}>
      <Button
        size="small"
        variant="quiet"
        icon={<Send />}
        {...(route.name === 'outbox' && { 'aria-current': 'page' })}
        onPress={() => navigate({ name: 'outbox' })}
      >
        <span aria-hidden>
          {words.door}
          {open > 0 && <span className="outbox-count">{words.count(open)}</span>}
        </span>
        <span className="visually-hidden">{words.doorNamed(open, troubled)}</span>
      </Button>
    </span>
  )
}

/** In the status bar; inconspicuous when nothing waits. */
export function OutboxStatus() {
  const words = useStrings()
  const items = useOutbox()
  const troubled = troubledItems(items).length
  const open = openItems(items).length
  if (open === 0) return null
  return (
    <span className="outbox-status" data-troubled={troubled > 0 || undefined}>
      <Button size="small" variant="quiet" icon={<Send />} onPress={() => navigate({ name: 'outbox' })}>
        {troubled > 0 ? words.publishing.attention(troubled) : words.outbox.lead(open)}
      </Button>
    </span>
  )
}

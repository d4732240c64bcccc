import { Pause, Play } from 'lucide-react'
import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
import type { Target } from '../../../../shared/contract/publishing.ts'
import { sayFailure } from '../../../api/say-failure.ts'
import { useApi } from '../../../api/api.tsx'
import { useStrings } from '../../../strings/strings.ts'
import { IconButton } from '../../../ui/IconButton.tsx'

interface OutboxTargetsProps {
  readonly targets: readonly Target[]
  /** The unfinished deliveries. */
  readonly items: readonly OutboxItem[]
  readonly readOnly: boolean
}

/** Each CMS with its waiting deliveries and its pause button. */
export function OutboxTargets({ targets, items, readOnly }: OutboxTargetsProps) {
  const api = useApi()
  const words = useStrings().outbox
  const waiting = new Map<string, number>()
  for (const { targetId } of items) waiting.set(targetId, (waiting.get(targetId) ?? 0) + 1)
  return (
    <ul className="outbox-targets" aria-label={words.targets}>
      {targets.map(({ id, name, paused }) => (
        <li key={id} className="outbox-target" data-paused={paused ?? undefined}>
          <span className="outbox-target-name" dir="auto">
            {name}
          </span>
          <span className="outbox-target-count">
            {paused && `${paused === 'by-hand' ? words.pausedTarget : words.stoppedTarget} · `}
            {words.waitingThere(waiting.get(id) ?? 0)}
          </span>
          <IconButton
            label={paused ? words.resume(name) : words.pause(name)}
            icon={paused ? <Play /> : <Pause />}
            isDisabled={readOnly}
            onPress={() => {
              const { pause, resume } = api.call.publishing
              ;(paused ? resume : pause)({ targetId: id }).catch(sayFailure)
            }}
          />
        </li>
      ))}
    </ul>
  )
}

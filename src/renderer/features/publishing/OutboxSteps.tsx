import { useState } from 'react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { useSettings } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { moment } from '../../ui/format.ts'

/** The journal of a delivery; loaded when it is opened. */
export function OutboxSteps({ item }: { readonly item: OutboxItem }) {
  const words = useStrings()
  const [open, setOpen] = useState(false)
  return (
    <details className="outbox-steps" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.outbox.steps}</summary>
      {open && <StepList id={item.id} />}
    </details>
  )
}

function StepList({ id }: { readonly id: string }) {
  const words = useStrings()
  const { zone } = useSettings()
  const { data, error, reload } = useCall((call, signal) => call.publishing.item({ id }, signal), [id])
  useEvent('outboxChanged', ({ item }) => {
    if (item.id === id) reload()
  })
  if (error) return <p>{inWords(error)}</p>
  return (
    <ol aria-busy={data === undefined}>
      {data?.steps.map((step, at) => (
        <li key={at}>
          <time dateTime={step.at}>{moment(step.at, zone)}</time>{' '}
          <span>{stepName(words.publishing.stepNames, step.step)}</span> {inWords(step.outcome)}
        </li>
      ))}
    </ol>
  )
}

/** A step written by another version of Galley keeps its stored name. */
function stepName(names: Readonly<Record<string, string>>, step: string): string {
  return names[step] ?? step
}

import { useState } from 'react'
import { openStory } from '../../api/open-story.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { Plan } from './plans.ts'
import { useRested } from './use-rested.ts'

interface WouldBeSentProps {
  readonly storyId: string
  readonly plan: Plan
  /** A new revision loads the requests again. */
  readonly revision: number | undefined
}

/** The requests that publishing now would make, for technically minded users. */
export function WouldBeSent(props: WouldBeSentProps) {
  const words = useStrings().preflight
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="would-be-sent" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.requests}</summary>
      {isOpen && <Requests {...props} />}
    </details>
  )
}

function Requests({ storyId, plan, revision }: WouldBeSentProps) {
  const { at, canFire, firedBy, isFiredBySaid, newsletter, target } = plan
  const hour = at !== null && Date.parse(at.utc) > Date.now() ? at : null
  const words = useStrings()
  const said = words.preflight
  const found = useCall(
    async (call, signal) => {
      const open = openStory.get()
      if (open?.id === storyId) await open.flush()
      return call.publishing.requests(
        {
          storyId,
          targetId: target.id,
          at: hour,
          ...(canFire && (firedBy === 'desk' || isFiredBySaid) && { firedBy }),
          ...(newsletter !== null && { newsletter })
        },
        signal
      )
    },
    [storyId, target.id, useRested(revision, 1_000), newsletter, hour?.utc, firedBy]
  )
  if (found.error) return <Notice tone="warn">{inWords(found.error)}</Notice>
  if (!found.data) return <p className="publish-note">{words.common.loading}</p>
  return (
    <>
      <p className="publish-note">{said.requestsText}</p>
      <ol>
        {found.data.map(({ method, address, ifMissing, fields }, at) => (
          <li key={at}>
            <code dir="ltr">
              {method} {address}
            </code>
            {ifMissing && <small>{said.ifMissing}</small>}
            <dl>
              {fields
                .filter(({ value }) => value !== '')
                .map(({ name, value, byName, more }) => (
                  <div key={name} className="preflight-fact">
                    <dt dir="ltr">{name}</dt>
                    <dd dir="auto">
                      {value}
                      {more !== undefined && ` ${said.moreCharacters(more)}`}
                      {byName && ` ${said.byName}`}
                    </dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ol>
    </>
  )
}

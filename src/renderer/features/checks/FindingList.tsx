import { useEffect, useRef } from 'react'
import type { Finding } from '../../../shared/checks/finding.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { useStrings, whatHappened } from '../../strings/strings.ts'
import './checks.css'

/** A long page with one mistake in every line is not drawn to its end. */
const MOST = 200

export interface FindingListProps {
  readonly findings: readonly Finding[]
  readonly story: OpenStory
  /** Called before the spot is shown, for what lies over it to close. */
  readonly onGo?: () => void
  /** Above 0, the first line gets the focus, and again whenever it is counted up. */
  readonly focus?: number
}

/** Findings, each a button that leads to its spot. */
export function FindingList({ findings, story, onGo, focus = 0 }: FindingListProps) {
  const { checks: words } = useStrings()
  const fields: Readonly<Record<string, string>> = words.fields
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (focus > 0) list.current?.querySelector('button')?.focus()
  }, [focus])
  return (
    <ul className="findings" ref={list}>
      {findings.slice(0, MOST).map(({ rule, place, said, quote }, at) => (
        <li key={`${rule} ${at}`}>
          <button
            type="button"
            className="finding"
            title={words.go}
            onClick={() => {
              onGo?.()
              // What closes gives the focus back; after that it goes on to the spot.
              if (onGo) setTimeout(() => story.showPlace(place), 80)
              else story.showPlace(place)
            }}
          >
            <span className="finding-said">{whatHappened(said)}</span>
            <span className="finding-place">
              {'field' in place ? (fields[place.field] ?? place.field) : words.body}
              {quote !== '' && (
                <>
                  {' · '}
                  <span dir="auto">{quote}</span>
                </>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

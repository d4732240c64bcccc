import { Suspense, useState, type ReactNode } from 'react'
import { instantAt, type Instant, type StoryTimes } from '../../../shared/story/instant.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useSettings } from '../../api/desk.tsx'
import { embargoQuestion } from '../../api/embargo.ts'
import { exportRequest } from '../../api/export-request.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useField } from '../../api/use-field.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { DateTimeField } from '../../ui/DateTimeField.tsx'
import { TextField } from '../../ui/Field.tsx'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import './times.css'

/**
 * The times of a story. Created never changes, the times that readers see are changed only on purpose, and an embargo
 * is set freely but lifted only for a reason. The hour of publication is chosen in the publish sheet.
 */
export function TimesPanel({ story, isDisabled }: { readonly story: OpenStory; readonly isDisabled: boolean }) {
  const words = useStrings().times
  const { zone } = useSettings()
  const { Deliveries } = useSlots()
  const [times, setTimes] = useField(story, 'times')
  const set = (news: Partial<StoryTimes>): void => setTimes({ ...times, ...news })

  return (
    <fieldset className="panel" disabled={isDisabled}>
      <section className="panel-section" aria-label={words.firstPublished}>
        <EditedInstant
          label={words.firstPublished}
          text={words.firstPublishedText}
          value={times.firstPublished}
          zone={zone}
          onChange={(at) => set({ firstPublished: at })}
        />
      </section>
      <section className="panel-section" aria-label={words.lastUpdated}>
        <EditedInstant
          label={words.lastUpdated}
          text={words.lastUpdatedText}
          value={times.lastUpdated}
          zone={zone}
          onChange={(at) => set({ lastUpdated: at })}
        />
      </section>
      <section className="panel-section" aria-label={words.embargo}>
        <h2 className="panel-title">{words.embargo}</h2>
        <Embargo key={story.id} story={story} />
      </section>
      <Suspense>{Deliveries && <Deliveries storyId={story.id} />}</Suspense>
      <section className="panel-section" aria-label={words.created}>
        <h2 className="panel-title">{words.created}</h2>
        <InstantFacts at={times.created} />
      </section>
    </fieldset>
  )
}

/**
 * An embargo can be set and moved later freely. Moving one earlier or removing it needs a typed reason, which is logged
 * first, if it was set before the panel was opened and still holds.
 */
function Embargo({ story }: { readonly story: OpenStory }) {
  const api = useApi()
  const all = useStrings()
  const words = all.times
  const { person, zone } = useSettings()
  const [times, setTimes] = useField(story, 'times')
  const [agreed, setAgreed] = useState(times.embargo)
  /** The new value, applied once the reason is given. */
  const [wish, setWish] = useState<Instant | null | undefined>(undefined)
  const [reason, setReason] = useState('')
  const shown = wish === undefined ? times.embargo : wish
  const change = (next: Instant | null): void => {
    const isLift = agreed !== null && Date.parse(agreed.utc) > Date.now() && (next === null || next.utc < agreed.utc)
    setWish(isLift ? next : undefined)
    if (!isLift) setTimes({ ...times, embargo: next })
  }
  const lift = (): void => {
    if (wish === undefined || reason.trim() === '') return
    api.call.exports.passEmbargo({ id: story.id, way: 'lift', reason: reason.trim() }).then(() => {
      setTimes({ ...story.fields.get().times, embargo: wish })
      setAgreed(wish)
      setWish(undefined)
      setReason('')
    }, sayFailure)
  }
  return (
    <>
      <SegmentedControl
        bare
        label={words.embargo}
        value={shown ? 'until' : 'none'}
        onChange={(next) =>
          change(next === 'none' ? null : (times.embargo ?? instantAt(fullHourAfterNext(Date.now()), zone, 'typed')))
        }
        options={[
          { id: 'none', label: words.embargoNone },
          { id: 'until', label: words.embargoed }
        ]}
      />
      {shown && (
        <DateTimeField
          label={words.embargoUntil}
          bare
          value={shown}
          zone={zone}
          onChange={change}
          description={words.embargoText}
        />
      )}
      {wish !== undefined && agreed && (
        <Notice
          tone="warn"
          actions={
            <>
              <Button size="small" onPress={() => setWish(undefined)}>
                {all.embargo.keep}
              </Button>
              <Button size="small" variant="danger" isDisabled={reason.trim() === ''} onPress={lift}>
                {all.embargo.ways.lift}
              </Button>
            </>
          }
        >
          {all.embargo.lifting(moment(agreed.utc, agreed.zone))}
        </Notice>
      )}
      {wish !== undefined && (
        <TextField
          label={all.embargo.liftReason}
          isNeeded
          description={all.embargo.logged(person)}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
      )}
      <EmbargoExits storyId={story.id} lifted={agreed} />
    </>
  )
}

/** When and why copy left under embargo. `lifted` changes when there is a new entry. */
function EmbargoExits({ storyId, lifted }: { readonly storyId: string; readonly lifted: Instant | null }) {
  const words = useStrings().embargo
  const { zone } = useSettings()
  const { data } = useCall(
    (call, signal) => call.exports.exits({ id: storyId }, signal),
    [storyId, lifted, useStore(embargoQuestion), useStore(exportRequest)]
  )
  if (!data || data.length === 0) return null
  return (
    <>
      <h3 className="instant-more">{words.exits}</h3>
      <ul className="instant-exits">
        {data.map(({ at, way, reason, person }) => (
          <li key={`${at} ${way} ${reason}`}>
            {[moment(at, zone), words.left[way], person].filter(Boolean).join(' · ')}
            <span dir="auto">{reason}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const HOUR = 3_600_000
/** A full hour, at least one away. */
function fullHourAfterNext(ms: number): number {
  return (Math.floor(ms / HOUR) + 2) * HOUR
}

interface EditedInstantProps {
  readonly label: string
  readonly text: string
  readonly value: Instant | null
  readonly zone: string
  readonly onChange: (value: Instant | null) => void
}

/** Shown as text until it is pressed, so that a stray key cannot change a time that readers rely on. */
function EditedInstant({ label, text, value, zone, onChange }: EditedInstantProps) {
  const words = useStrings()
  const [editing, setEditing] = useState(false)
  const head = (action: ReactNode): ReactNode => (
    <div className="instant-head">
      <h2 className="panel-title">{label}</h2>
      {action}
    </div>
  )
  if (editing) {
    return (
      <>
        {head(
          <Button size="small" variant="quiet" onPress={() => setEditing(false)}>
            {words.common.done}
          </Button>
        )}
        <DateTimeField label={label} bare value={value} zone={zone} onChange={onChange} description={text} />
        <span>
          <Button
            size="small"
            onPress={() =>
              onChange({ ...instantAt(Math.floor(Date.now() / 1000) * 1000, value?.zone ?? zone, 'typed') })
            }
          >
            {words.times.setNow}
          </Button>
        </span>
      </>
    )
  }
  return (
    <>
      {head(
        <Button size="small" variant="quiet" onPress={() => setEditing(true)}>
          {value ? words.times.edit : words.times.set}
        </Button>
      )}
      {value ? <InstantFacts at={value} /> : <p className="instant-none">{words.times.never}</p>}
    </>
  )
}

function InstantFacts({ at }: { readonly at: Instant }) {
  const words = useStrings().times
  return (
    <div className="instant">
      <p className="instant-when">
        <time dateTime={at.utc}>{moment(at.utc, at.zone)}</time>
      </p>
      <p className="instant-more" dir="ltr">
        {at.zone.replaceAll('_', ' ')}
      </p>
      {at.zone !== 'UTC' && <p className="instant-more">{moment(at.utc, 'UTC')}</p>}
      <p className="instant-more">
        {at.unconfirmed ? words.unconfirmed : at.source ? words.read(at.source) : words.origin[at.origin]}
      </p>
    </div>
  )
}

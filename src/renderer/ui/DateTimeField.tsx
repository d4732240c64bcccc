import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { Time, type CalendarDate } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  TimeField
} from 'react-aria-components'
import type { Instant } from '../../shared/story/instant.ts'
import { useStrings } from '../strings/strings.ts'
import { Button } from './Button.tsx'
import { ComboBox } from './ComboBox.tsx'
import { offsetName } from '../../shared/words/moments.ts'
import { moment } from './format.ts'
import { Popover } from './Popover.tsx'
import { enter, twinOf } from './date-time-entry.ts'
import { wallOf, type WallTime } from './zoned-time.ts'
import { zoneOptions } from './zone-options.ts'
import './date-time-field.css'

export interface DateTimeFieldProps {
  readonly label: string
  readonly value: Instant | null
  /** A whole instant, typed by hand; null when it is taken away. Not called while a part is missing. */
  readonly onChange: (value: Instant | null) => void
  /** Whether what the field shows is not `value`: a part is missing, or it may be either of two. */
  readonly onOpen?: (isOpen: boolean) => void
  /** The zone of an empty field. */
  readonly zone: string
  readonly description?: ReactNode
  readonly clearable?: boolean
  readonly isReadOnly?: boolean
  /** No label to see: a heading above says it already. It is still said. */
  readonly bare?: boolean
}

/** Date, time and zone, with the same moment in UTC below. Changing the zone keeps what the clock shows. */
export function DateTimeField({
  label,
  value,
  onChange,
  onOpen,
  zone,
  description,
  clearable = true,
  isReadOnly = false,
  bare = false
}: DateTimeFieldProps) {
  const words = useStrings().times
  const known = value ? wallOf(Date.parse(value.utc), value.zone) : null
  const [draft, setDraft] = useState<Draft | null>(null)
  /** What was typed, where the clocks skip it, and the instant that was taken: said until something else is typed. */
  const [skipped, setSkipped] = useState<{ readonly asked: Draft; readonly utc: string } | null>(null)
  const shown = draft ?? known ?? { date: null, time: null, zone }
  const wall = wholeOf(shown)
  const entry = draft && wall ? enter(wall) : null
  const twin = !draft && value ? twinOf(value) : null
  const isOpen = draft !== null && entry?.kind !== 'instant'
  const field = useRef<HTMLDivElement>(null)
  const tell = useEffectEvent((open: boolean) => onOpen?.(open))
  useEffect(() => {
    if (!isOpen) return
    tell(true)
    // A field that goes leaves nothing open either.
    return () => tell(false)
  }, [isOpen])
  const at = draft ? (entry?.kind === 'instant' ? entry.instant : null) : value

  function change(next: Partial<Draft>): void {
    const whole: Draft = { ...shown, ...next }
    const asked = { ...whole, time: whole.time ?? (whole.date ? new Time(12, 0) : null) }
    const full = wholeOf(asked)
    const entered = full && enter(full)
    const isSkipped = entered?.kind === 'instant' && entered.skippedTo !== null
    setSkipped(isSkipped ? { asked, utc: entered.instant.utc } : null)
    // What is not whole, comes twice or lies beyond the calendar stays in the field until it is settled.
    if (entered?.kind !== 'instant') return setDraft(asked)
    // The field goes on to what was taken when it is left: the minutes still to be typed belong to the hour that was.
    setDraft(isSkipped ? asked : null)
    onChange(entered.instant)
  }

  function choose(instant: Instant): void {
    setDraft(null)
    onChange(instant)
    // The button that was pressed goes.
    field.current?.querySelector<HTMLElement>('.g-time [role="spinbutton"]')?.focus()
  }

  function settleSkipped(): void {
    if (skipped) setDraft(null)
  }

  function settleYear(): void {
    const date = draft?.date
    if (!date || date.year >= FIRST_YEAR) return
    if (date.year < 100) change({ date: date.set({ year: 2000 + date.year }) })
    else setDraft(null)
  }

  return (
    <div ref={field} className="g-field g-datetime" role="group" aria-label={label}>
      {!bare && (
        <span className="g-field-head">
          <span className="g-label">{label}</span>
        </span>
      )}
      <div className="g-datetime-row">
        <DatePicker
          aria-label={words.date}
          value={shown.date}
          onChange={(date) => {
            if (date) change({ date: date as CalendarDate })
          }}
          onBlur={() => {
            settleSkipped()
            settleYear()
          }}
          isReadOnly={isReadOnly}
          granularity="day"
          className="g-date"
        >
          <Group className="g-input g-date-group">
            <DateInput className="g-date-input">
              {(segment) => <DateSegment segment={segment} className="g-date-segment" />}
            </DateInput>
            <AriaButton className="g-date-button" aria-label={words.openCalendar}>
              <CalendarDays aria-hidden />
            </AriaButton>
          </Group>
          <Popover>
            <Dialog className="g-calendar-dialog" aria-label={words.date}>
              <Calendar className="g-calendar">
                <header className="g-calendar-head">
                  <AriaButton slot="previous" className="g-icon-button">
                    <ChevronLeft aria-hidden />
                  </AriaButton>
                  <Heading className="g-calendar-title" />
                  <AriaButton slot="next" className="g-icon-button">
                    <ChevronRight aria-hidden />
                  </AriaButton>
                </header>
                <CalendarGrid className="g-calendar-grid">
                  {(date) => <CalendarCell date={date} className="g-calendar-cell" />}
                </CalendarGrid>
              </Calendar>
            </Dialog>
          </Popover>
        </DatePicker>
        <TimeField
          aria-label={words.time}
          value={shown.time}
          onChange={(time) => {
            if (time) change({ time: time as Time })
          }}
          onBlur={settleSkipped}
          isReadOnly={isReadOnly}
          hourCycle={24}
          className="g-time"
        >
          <DateInput className="g-input g-date-input">
            {(segment) => <DateSegment segment={segment} className="g-date-segment" />}
          </DateInput>
        </TimeField>
      </div>
      {!isReadOnly && (
        <ZoneField
          bare
          label={words.zone}
          zone={shown.zone}
          ms={at ? Date.parse(at.utc) : Date.now()}
          onChange={(next) => change({ zone: next })}
        />
      )}
      {at && (
        <span className="g-description g-datetime-utc">
          <span>{at.zone === 'UTC' ? 'UTC' : `${offsetName(at.utc, at.zone)} · ${moment(at.utc, 'UTC')}`}</span>
          {clearable && !isReadOnly && value && (
            <button
              type="button"
              className="g-link-button"
              onClick={() => {
                setDraft(null)
                setSkipped(null)
                onChange(null)
              }}
            >
              {words.clear}
            </button>
          )}
        </span>
      )}
      {skipped && skipped.utc === value?.utc && (
        <span className="g-description g-note-warn" role="status">
          {words.skipped(clockText(skipped.asked.time), moment(skipped.utc, skipped.asked.zone))}
        </span>
      )}
      {entry?.kind === 'beyond' && (
        <span className="g-description g-note-warn" role="alert">
          {words.beyond}
        </span>
      )}
      {entry?.kind === 'twice' && (
        <span className="g-description g-note-warn g-datetime-twice" role="alert">
          <span>{words.twice}</span>
          {[entry.first, entry.second].map((instant) => (
            <Button key={instant.utc} size="small" onPress={() => choose(instant)}>
              {moment(instant.utc, instant.zone)}
            </Button>
          ))}
        </span>
      )}
      {twin && value && !isReadOnly && (
        <span className="g-description g-note-warn">
          {words.oneOfTwo}{' '}
          <Button size="small" variant="quiet" onPress={() => choose(twin)}>
            {twin.utc > value.utc ? words.useSecond : words.useFirst}
          </Button>
        </span>
      )}
      {description && <span className="g-description">{description}</span>}
    </div>
  )
}

/** A year is typed figure by figure: "2" and "20" on the way to 2026 are no years that were meant. */
const FIRST_YEAR = 1000
function isWritten(date: CalendarDate | null): date is CalendarDate {
  return date !== null && date.year >= FIRST_YEAR
}

/** What the field shows while it is being typed in. */
interface Draft {
  readonly date: CalendarDate | null
  readonly time: Time | null
  readonly zone: string
}

function wholeOf({ date, time, zone }: Draft): WallTime | null {
  return isWritten(date) && time ? { date, time, zone } : null
}

/** 02:30 */
function clockText(time: Time | null): string {
  return time?.toString().slice(0, 5) ?? ''
}

/** Any time zone of this machine, found by city or region. */
export function ZoneField({
  label,
  zone,
  ms,
  onChange,
  description,
  bare = false
}: {
  readonly bare?: boolean
  readonly label: string
  readonly zone: string
  readonly ms: number
  readonly onChange: (zone: string) => void
  readonly description?: ReactNode
}) {
  return (
    <ComboBox
      label={label}
      bare={bare}
      value={zone}
      onChange={onChange}
      // Tab goes past it; the arrow keys and the first letter open the list.
      opensOnInput
      options={zoneOptions(zone, ms)}
      description={bare ? undefined : (description ?? offsetName(ms, zone))}
    />
  )
}

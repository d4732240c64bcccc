import { useState, type ReactNode } from 'react'
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
import { utcLine } from './format.ts'
import { Popover } from './Popover.tsx'
import { allZones, momentOf, offsetName, wallOf, type WallTime } from './zoned-time.ts'
import './date-time-field.css'

export interface DateTimeFieldProps {
  readonly label: string
  readonly value: Instant | null
  /** A whole instant, typed by hand; null when it is taken away. Not called while a part is missing. */
  readonly onChange: (value: Instant | null) => void
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
  zone,
  description,
  clearable = true,
  isReadOnly = false,
  bare = false
}: DateTimeFieldProps) {
  const words = useStrings().times
  const known = value ? wallOf(Date.parse(value.utc), value.zone) : null
  const [draft, setDraft] = useState<{ date: CalendarDate | null; time: Time | null; zone: string } | null>(null)
  const [later, setLater] = useState(false)
  const shown = draft ?? known ?? { date: null, time: null, zone }
  const resolved =
    isWritten(shown.date) && shown.time
      ? momentOf({ date: shown.date, time: shown.time, zone: shown.zone }, later)
      : null

  function change(next: Partial<WallTime>, second = later): void {
    const whole = { ...shown, ...next }
    setLater(second)
    if (whole.date && !whole.time) whole.time = new Time(12, 0)
    if (!isWritten(whole.date) || !whole.time) {
      setDraft(whole)
      return
    }
    setDraft(null)
    const { ms } = momentOf({ date: whole.date, time: whole.time, zone: whole.zone }, second)
    onChange({ utc: new Date(ms).toISOString(), zone: whole.zone, origin: 'typed' })
  }

  function settleYear(): void {
    const date = draft?.date
    if (!date || date.year >= FIRST_YEAR) return
    if (date.year < 100) change({ date: date.set({ year: 2000 + date.year }) })
    else setDraft(null)
  }

  return (
    <div className="g-field g-datetime" role="group" aria-label={label}>
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
          onBlur={settleYear}
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
          ms={resolved?.ms ?? Date.now()}
          onChange={(next) => change({ zone: next })}
        />
      )}
      {resolved && (
        <span className="g-description g-datetime-utc">
          <span>
            {shown.zone === 'UTC' ? 'UTC' : `${offsetName(resolved.ms, shown.zone)} · ${utcLine(resolved.ms)}`}
          </span>
          {clearable && !isReadOnly && value && (
            <button
              type="button"
              className="g-link-button"
              onClick={() => {
                setDraft(null)
                onChange(null)
              }}
            >
              {words.clear}
            </button>
          )}
        </span>
      )}
      {resolved?.note === 'skipped' && <span className="g-description g-note-warn">{words.skipped}</span>}
      {resolved?.note === 'twice' && (
        <span className="g-description g-note-warn">
          {words.twice}{' '}
          <Button size="small" variant="quiet" onPress={() => change({}, !later)}>
            {later ? words.useFirst : words.useSecond}
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
  const known = allZones()
  const names = known.includes(zone) ? known : [zone, ...known]
  return (
    <ComboBox
      label={label}
      bare={bare}
      value={zone}
      onChange={onChange}
      options={names.map((name) => ({ id: name, label: name.replaceAll('_', ' ') }))}
      description={bare ? undefined : (description ?? offsetName(ms, zone))}
    />
  )
}

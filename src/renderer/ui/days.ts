import { useEffect, useState } from 'react'
import { isSameDay, today, toZoned, type CalendarDate } from '@internationalized/date'

export type { CalendarDate } from '@internationalized/date'

/** The day it is in a zone; the next one from its midnight on, give or take a minute. */
export function useToday(zone: string): CalendarDate {
  const [day, setDay] = useState(() => today(zone))
  useEffect(() => {
    const look = (): void => setDay((old) => (isSameDay(old, today(zone)) ? old : today(zone)))
    look()
    const timer = setInterval(look, 60_000)
    return () => clearInterval(timer)
  }, [zone])
  return day
}

/** When the day so many days before another began, by the calendar of `zone`: UTC. */
export function beginOfDay(day: CalendarDate, daysBefore: number, zone: string): string {
  return toZoned(day.subtract({ days: daysBefore }), zone).toAbsoluteString()
}

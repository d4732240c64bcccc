import { isWritableYear, type Instant } from '../story/instant.ts'
import { momentOfWall, wallClock } from './zoned-time.ts'

export interface ImportedInstant {
  readonly instant: Instant
  /** It names no offset and was read in the desk's zone. */
  readonly assumed: boolean
  /** The clocks there skip that time, and the one after the change was taken; or show it twice, and the first was taken. */
  readonly problem: 'skipped' | 'twice' | null
}

/**
 * An ISO date and time of somebody else's file as an instant of ours. The desk's zone is kept where it agrees with the
 * offset in the file, so that the story is shown as the desk counts; otherwise the offset itself. A time without offset
 * is read in the desk's zone and `assumed` says so. Null for what is no date.
 */
export function importedInstant(text: string, deskZone: string): ImportedInstant | null {
  const found =
    /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?(?:\s*(Z|[+-]\d{2}(?::?\d{2})?))?\s*$/i.exec(
      text
    )
  if (!found) return null
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zoneText] = found
  if (year === '0000') return null
  const wall = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`
  )
  if (Number.isNaN(wall)) return null
  // What does not exist (31 February) is carried over by the parser of some engines and must not be taken for a date.
  if (new Date(wall).getUTCDate() !== Number(day)) return null
  const source = text.trim().slice(0, 200)
  if (zoneText === undefined) {
    const { ms, problem } = momentOfWall(wall, deskZone)
    return inYears(ms, { zone: deskZone, origin: 'import', source }, { assumed: true, problem })
  }
  const offset = minutesOf(zoneText)
  const utc = wall - offset * 60_000
  const zone = offsetMs(utc, deskZone) === offset * 60_000 ? deskZone : zoneOf(offset)
  return inYears(utc, { zone, origin: 'import', source }, { assumed: false, problem: null })
}

function inYears(
  ms: number,
  rest: Omit<Instant, 'utc'>,
  more: Omit<ImportedInstant, 'instant'>
): ImportedInstant | null {
  const utc = new Date(ms).toISOString()
  return isWritableYear(utc) ? { instant: { ...rest, utc } as Instant, ...more } : null
}

function minutesOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0)
  return zone.startsWith('-') ? -minutes : minutes
}

/** IANA's zones of fixed offset count westwards, and only in whole hours. */
function zoneOf(offset: number): string {
  if (offset === 0 || offset % 60 !== 0 || offset > 14 * 60 || offset < -12 * 60) return 'UTC'
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset) / 60}`
}

function offsetMs(utc: number, zone: string): number {
  return (wallClock({ utc: new Date(utc).toISOString(), zone }).offset ?? 0) * 60_000
}

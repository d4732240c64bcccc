import { offsetName } from '../../shared/words/moments.ts'
import type { Option } from './Select.tsx'
import { allZones } from './zoned-time.ts'

const HOUR = 3_600_000
/** Every zone at its offset in one hour: the field asks with each key, and four hundred offsets take their time. */
let last: { readonly hour: number; readonly options: readonly Option[] } | null = null

/** The zones by city and by what their clocks are ahead at `ms`; found by either, and by their area. */
export function zoneOptions(zone: string, ms: number): readonly Option[] {
  const hour = Math.floor(ms / HOUR)
  if (last?.hour !== hour) last = { hour, options: allZones().map((name) => optionOf(name, ms)) }
  return last.options.some(({ id }) => id === zone) ? last.options : [optionOf(zone, ms), ...last.options]
}

function optionOf(zone: string, ms: number): Option {
  const [area = '', ...rest] = zone.replaceAll('_', ' ').split('/')
  const city = rest.at(-1)
  const offset = offsetName(ms, zone)
  if (city === undefined) return { id: zone, label: zone === offset ? zone : `${zone} (${offset})` }
  return { id: zone, label: `${city} (${offset})`, detail: [area, ...rest.slice(0, -1)].join(', ') }
}

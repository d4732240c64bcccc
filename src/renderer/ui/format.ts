import { moments } from '../../shared/words/moments.ts'

/** Instants as a person reads them, in the zone given and with its name. */
export const { moment, apart, clock, age } = moments('en-GB')

const numbers = new Intl.NumberFormat('en-GB')
/** 12,480 */
export function count(value: number): string {
  return numbers.format(value)
}

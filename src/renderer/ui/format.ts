import { language } from '../strings/strings.ts'
import { moments } from '../../shared/words/moments.ts'

/** Instants as a person reads them, in the zone given and with its name. */
export const { moment, apart, clock, age, hours, day } = moments(language.locale)

const numbers = new Intl.NumberFormat(language.locale)
/** 12,480 */
export function count(value: number): string {
  return numbers.format(value)
}

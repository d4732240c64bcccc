import { agencyNamed } from './agencies.ts'
import { readByline } from './bylines.ts'

/** "Reporting by", "additional writing by": what somebody did, before the name. */
const DONE =
  /^(?:additional |further )?(?:reporting|writing|written|compiled|editing|edited|production|graphics?)(?: and (?:writing|editing))? by\s+/iu
const WITH = /^(?:by|with|avec|mit|con|com|met|med|от)\s+/iu

/**
 * Says whose story it is, or who wrote and edited it, and nothing else: an agency in brackets, or names behind what each of them
 * did, in brackets. Without brackets agencies mean it for readers.
 */
export function isSignOff(line: string): boolean {
  const text = line.trim()
  if (text.length > 400) return false
  const bracketed = /^[([]([^()[\]]{2,380})[)\]]\.?$/u.exec(text)?.[1]?.trim()
  if (bracketed !== undefined && bracketed.split(/\s?[,/&–-]\s?/u).every(isAgency)) return true
  if (bracketed === undefined) return false
  return bracketed
    .split(/\s?;\s?/u)
    .every((part) => DONE.test(part) && readByline(`By ${part.replace(DONE, '')}`) !== null)
}

function isAgency(part: string): boolean {
  const agency = agencyNamed(part.replace(WITH, ''))
  return agency !== null && agency !== 'File' && agency !== 'Staff'
}

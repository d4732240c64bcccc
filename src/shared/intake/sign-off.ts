import { agencyNamed } from './agencies.ts'
import { readByline } from './bylines.ts'

const REPORTING = /^(?:additional |further )?reporting(?: and (?:writing|editing))? by\s+/iu
const WRITING = /^writing(?: and editing)? by\s+/iu
const HANDLING = /^(?:editing|production|graphics?) by\s+/iu
const WITH = /^(?:by|with|avec|mit|con|com|met|med|от)\s+/iu
/** Whoever supplies pictures signs those, and desks that are no agency sign nothing. */
const NOT_OF_STORIES =
  /^(?:File|Staff|Getty Images|Shutterstock|Alamy|iStock|Unsplash|Pexels|Pixabay|Adobe Stock|Magnum Photos|NurPhoto|SOPA Images|LaPresse|Action Images|Imago|Zuma|غيتي|أرشيفية)$/u
/** In small letters these are words: "(Map)". */
const WORDS = /^(?:map|tap|app|uni|ina|ona|ani|aa|cp|ap|pa|tt|sana|petra|sputnik)$/iu

export interface SignOff {
  /** The agencies and reporters it names. */
  readonly names: readonly string[]
  /** It says whose the story is, so that it can stand for a byline. */
  readonly isWhose: boolean
}

/**
 * Says whose story it is, or who reported and handled it, and nothing else: an agency in brackets, or names after what
 * each of them did, in brackets, reporters or writers among them. Agencies without brackets are meant for readers, and
 * so is who wrote or edited a poem or a book.
 */
export function readSignOff(line: string): SignOff | null {
  const text = line.trim()
  if (text.length > 400) return null
  const bracketed = /^[([]([^()[\]]{2,380})[)\]]\.?$/u.exec(text)?.[1]?.trim()
  if (bracketed === undefined) return null
  const agencies = bracketed.split(/\s?[,/&–-]\s?/u).map((part) => part.replace(WITH, ''))
  if (agencies.every(isAgency)) return { names: agencies, isWhose: true }
  const parts = bracketed.split(/\s?;\s?/u)
  const names: string[] = []
  for (const part of parts) {
    const did = [REPORTING, WRITING, HANDLING].find((one) => one.test(part))
    const found = did && readByline(`By ${part.replace(did, '')}`)
    if (!found) return null
    if (did !== HANDLING) names.push(...found.authors.map(({ name }) => name))
  }
  const isWhose = parts.some((part) => /^reporting\b/iu.test(part) || (parts.length > 1 && WRITING.test(part)))
  return names.length > 0 ? { names, isWhose } : null
}

function isAgency(part: string): boolean {
  const agency = agencyNamed(part)
  return agency !== null && !NOT_OF_STORIES.test(agency) && (!WORDS.test(part) || part === part.toUpperCase())
}

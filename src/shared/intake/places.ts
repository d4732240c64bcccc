import { agencyNamed, sourceNamed } from './agencies.ts'

/** The place a story was filed from, at the start of its first paragraph: "GAZA CITY (AP) — ", "بيروت (رويترز) - ". */
export interface Dateline {
  readonly place: string
  readonly source: string
}

// Over 140 characters at most, the start of a paragraph.
const WITH_AGENCY = /^\s*([\p{L}][\p{L}\p{M}\p{N}.'’,، /-]{1,60}?)\s*[,،]?\s*[([]([^()[\]]{2,40})[)\]]\s*[-–—:]/u
const CAPITALS =
  /^\s*((?:\p{Lu}[\p{Lu}.'’-]+(?:[ ]|(?![\p{Lu}.'’-]))){1,4}(?:,\s*\p{Lu}[\p{L}. ]{1,30})?)(?:,\s*\p{Lu}\p{L}{2,8}\.?\s+\d{1,2})?\s*(?:\s[-–—]{1,2}\s|[—–]\s*|:\s)/u

/** Reads the start of a paragraph; null unless it is a dateline. The words stay in the paragraph. */
export function readDateline(paragraph: string): Dateline | null {
  const start = paragraph.slice(0, 140)
  const agency = WITH_AGENCY.exec(start)
  if (agency && agencyNamed(agency[2] ?? '') !== null)
    return { place: tidy(agency[1]), source: sourceNamed(agency[2] ?? '') ?? '' }
  const capitals = CAPITALS.exec(start)
  const place = tidy(capitals?.[1])
  return capitals &&
    place.length >= 3 &&
    !/^(?:FILE|PHOTO|UPDATE|WATCH|LIVE|EXCLUSIVE|BREAKING|ANALYSIS|OPINION|EXPLAINER|EDITORIAL|VIDEO|NOTE|WARNING|Q|A)\b/.test(
      place
    )
    ? { place, source: '' }
    : null
}

function tidy(place: string | undefined): string {
  return (place ?? '')
    .replace(/,\s*\p{L}{3,9}\.?\s+\d{1,2}\s*$/u, '')
    .replace(/(?<![\s,،])[\s,،]+$/u, '')
    .trim()
}

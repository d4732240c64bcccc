import { holdsAgency, isWireAcronym } from './agencies.ts'
import { captionLabels, creditLabels, labelLength } from './labels.ts'
import { countSpaced } from './plain.ts'

/** A caption line split into parts. Joined in order they are the line: nothing is omitted or invented. */
export interface CaptionParts {
  /** "Photo caption: ", or spaces. */
  readonly lead: string
  readonly caption: string
  /** What is between caption and credit: ". ", " / ", " (Photo: ". */
  readonly separator: string
  readonly credit: string
  /** ")", ".", spaces. */
  readonly tail: string
}

/** Separates a caption from its credit. If no credit can be identified for certain, the whole line is the caption. */
export function splitCaption(line: string): CaptionParts {
  const { lead, text, tail } = frame(line)
  const found = text.length > 10_000 ? null : findCredit(text)
  if (!found) return { lead, caption: text, separator: '', credit: '', tail }
  return {
    lead,
    caption: text.slice(0, found.captionEnd),
    separator: text.slice(found.captionEnd, found.from),
    credit: text.slice(found.from, found.to),
    tail: text.slice(found.to) + tail
  }
}

/** "Photo: Reuters" on a line of its own: who is credited, and where in the line. */
export function creditLine(line: string): { readonly from: number; readonly to: number } | null {
  const { lead, text } = frame(line)
  const label = labelLength(text, creditLabels) || (/^(?:©|\(c\))\s*/iu.exec(text)?.[0].length ?? 0)
  const bracket = /^[([]\s*/u.exec(text)?.[0].length ?? 0
  const start = Math.max(label, bracket)
  // A name alone is never longer than this; a sentence is not worth examining.
  if (start === 0 && text.length > 80) return null
  const to = text.length - (/(?<![\s)\].])[\s)\].]*$/u.exec(text)?.[0].length ?? 0)
  const words = text.slice(start, to)
  if (words === '' || countSpaced(words) > 10) return null
  if (label === 0 && !holdsAgency(words)) return null
  if (label > 0 && !holdsAgency(words) && !looksLikeNames(words)) return null
  return { from: lead.length + start, to: lead.length + to }
}

interface Found {
  readonly captionEnd: number
  readonly from: number
  readonly to: number
}

function frame(line: string): { lead: string; text: string; tail: string } {
  const label = labelLength(line, captionLabels, { needsColon: true })
  const lead = label > 0 ? line.slice(0, label) : (/^\s*/u.exec(line)?.[0] ?? '')
  const rest = line.slice(lead.length)
  const text = rest.trimEnd()
  return { lead, text, tail: rest.slice(text.length) }
}

function findCredit(text: string): Found | null {
  return inBrackets(text) ?? afterLabel(text) ?? afterSign(text) ?? afterSentence(text) ?? lastAcronym(text)
}

/** "… in Beirut. (AFP)", "… [Photo: Amal Haddad/Reuters]" */
function inBrackets(text: string): Found | null {
  // Over 160 characters at most, the tail.
  const match = /(?:(?<!\s)\s+)?([([])\s*([^()[\]]{2,120}?)\s*[)\]]\.?$/u.exec(tailOf(text))
  if (!match) return null
  const inside = match[2] ?? ''
  const label = labelLength(inside, creditLabels) || signLength(inside)
  const credit = inside.slice(label)
  if (credit === '' || (label > 0 ? !holdsAgency(credit) && !looksLikeNames(credit) : !holdsAgency(credit))) return null
  const open = tailStart(text) + match.index
  const from = text.indexOf(inside, open) + label
  return caught(text, open, from, from + credit.length)
}

/** "… in Beirut. Photo: Amal Haddad", "… Credit: Getty Images" */
function afterLabel(text: string): Found | null {
  const end = tailOf(text)
  let found: Found | null = null
  for (const match of end.matchAll(LABELLED)) {
    const labelAt = match.index + match[0].indexOf(match[1] ?? '')
    const at = match.index + match[0].length
    const credit = end.slice(at).replace(/(?<![.\s])[.\s]+$/u, '')
    if (credit === '' || countSpaced(credit) > 8 || (!holdsAgency(credit) && !looksLikeNames(credit))) continue
    const base = tailStart(text)
    found = caught(text, base + labelAt, base + at, base + at + credit.length)
    break
  }
  return found
}

/** "© Reuters", "/AFP", "— Getty Images", "| AP", "via AP" */
function afterSign(text: string): Found | null {
  const end = tailOf(text)
  const base = tailStart(text)
  const copyright = /(?:(?<!\s)\s+)?(?:©|\(c\)|\bcopyright\b)\s*(?:\d{4}\s*)?([^©]{2,80})$/iu.exec(end)
  if (copyright && (holdsAgency(copyright[1] ?? '') || looksLikeNames(copyright[1] ?? ''))) {
    const credit = (copyright[1] ?? '').replace(/(?<![.\s])[.\s]+$/u, '')
    const from = base + copyright.index + copyright[0].indexOf(copyright[1] ?? '')
    return caught(text, base + copyright.index, from, from + credit.length)
  }
  // The credit begins at the first separator from which everything to the end is names and agencies: "Jane Doe/Pool via
  // AP".
  for (const match of end.matchAll(
    /(?<!\s)\s+[|•]\s*|(?<!\s)\s+[-–—/]\s+|(?:(?<!\s)\s+)?[—–|]\s+|(?:(?<!\s)\s+)?\/\s*|(?<!\s)\s+via\s+(?=\p{Lu})/gu
  )) {
    const at = match.index + match[0].length
    const credit = end.slice(at).replace(/(?<![.\s])[.\s]+$/u, '')
    if (!holdsAgency(credit) || !isAllCredit(credit)) continue
    const names = namesBefore(end.slice(0, match.index), match[0])
    const from = base + match.index - names
    const to = base + at + credit.length
    if (names > 0) return caught(text, from, from, to)
    return caught(text, base + match.index, base + at, to)
  }
  return null
}

/** "… on Tuesday. AFP", "… on Tuesday. Amal Haddad/AFP" */
function afterSentence(text: string): Found | null {
  const match = /[.!?؟…]["”’)»]?(\s+)([^.!?؟…]{2,80})\.?$/u.exec(tailOf(text))
  const credit = match?.[2]?.trimEnd() ?? ''
  if (!match || !isAllCredit(credit) || !holdsAgency(credit)) return null
  const from = tailStart(text) + match.index + match[0].indexOf(match[2] ?? '', match[0].indexOf(match[1] ?? ''))
  return caught(text, from - (match[1] ?? '').length, from, from + credit.length)
}

/** "… outside the town hall on Tuesday AFP" — but not "… he told AFP". */
function lastAcronym(text: string): Found | null {
  const last = /(?<!\S)\S*$/u.exec(text.slice(-8))?.[0] ?? ''
  if (!isWireAcronym(last) || countSpaced(text) < 5) return null
  const from = text.length - last.length
  const space = /(?<!\s)\s+$/u.exec(text.slice(Math.max(0, from - 8), from))?.[0] ?? ''
  const before = /(?<!\S)\S*$/u.exec(text.slice(Math.max(0, from - 40), from - space.length))?.[0] ?? ''
  if (space === '' || SPEAKS_OF.has(before.toLowerCase())) return null
  return caught(text, from - space.length, from, text.length)
}

function caught(text: string, captionEnd: number, from: number, to: number): Found | null {
  const end = text.slice(0, captionEnd).trimEnd().length
  return end === 0 ? null : { captionEnd: end, from, to }
}

const SPEAKS_OF = new Set([
  'to',
  'told',
  'by',
  'with',
  'for',
  'from',
  'of',
  'and',
  'the',
  'said',
  'an',
  'a',
  'at',
  'in',
  'agency',
  'news',
  '&',
  'via',
  'per',
  'against',
  'or',
  'is',
  'was',
  'on',
  'avec',
  'par',
  'et',
  'mit',
  'von',
  'und',
  'con',
  'por',
  'y',
  'según',
  'selon',
  'laut',
  'nach',
  'à',
  'al'
])
const CREDIT_LABELS = creditLabels
  .map((label) => label.replace(/ by$/, ''))
  .filter((label, n, all) => all.indexOf(label) === n && label.length > 2)
  .sort((a, b) => b.length - a.length)
  .join('|')
const LABELLED = new RegExp(`(?:^|[\\s.|/—–-])(${CREDIT_LABELS})\\s*(?:[:：|/©]|\\bby\\b)\\s*`, 'giu')
const TAIL = 160

/** Credits are at the end, so a caption of any length costs the same. */
function tailOf(text: string): string {
  return text.slice(tailStart(text))
}

function tailStart(text: string): number {
  return Math.max(0, text.length - TAIL)
}

function signLength(text: string): number {
  return /^(?:©|\(c\)|via\s)\s*/iu.exec(text)?.[0].length ?? 0
}

/** Two to five capitalised words, or such names joined by a slash. */
function looksLikeNames(text: string): boolean {
  return text.split(/(?:(?<!\s)\s+)?[/|,&،]\s*|(?<!\s)\s+(?:and|via|for|و)\s+/u).every((part) => {
    const words = part.trim().split(/\s+/)
    return (
      words.length <= 5 && words.every((word) => /^[\p{Lu}\p{Lo}]/u.test(word) || PARTICLES.has(word.toLowerCase()))
    )
  })
}

export const PARTICLES = new Set([
  'de',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'das',
  'du',
  'la',
  'le',
  'van',
  'von',
  'der',
  'den',
  'ter',
  'bin',
  'ibn',
  'bint',
  'al',
  'el',
  'abu',
  'ben',
  'y',
  'e'
])

function isAllCredit(text: string): boolean {
  return text.length <= 80 && looksLikeNames(text)
}

/** "… the port on Monday. Jane Doe/AFP": the photographer's name before the slash belongs to the credit. */
function namesBefore(text: string, separator: string): number {
  if (!/\/|via/.test(separator)) return 0
  const match =
    /[.!?؟…)"”][ \t]+((?:\p{Lu}[\p{L}\p{M}.'’-]*(?:[ \t]|$)){1,4})$/u.exec(text) ??
    /\s[|—–-]\s+((?:\p{Lu}[\p{L}\p{M}.'’-]*(?:[ \t]|$)){1,4})$/u.exec(text)
  return match?.[1]?.length ?? 0
}

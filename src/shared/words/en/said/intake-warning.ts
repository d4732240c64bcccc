import type { Said } from '../../said.ts'

/** Warnings about how a page was read. */
const names: Readonly<Record<string, string>> = { published: 'publishing date', updated: 'last update' }
const named = (role: string) => names[role] ?? role
type OfDate = { readonly source: string }
type OfDateInZone = OfDate & { readonly zone: string }

export const intakeWarning = {
  noHeadline: 'No headline was found.',
  noBody: 'No body paragraphs were found.',
  noDate: 'The page gives no publishing date.',
  noStory:
    'No story was found on this page, only what pages put around one. Every line is listed; give any of them a role.',
  tooLong: ({ line, role }: { readonly line: number; readonly role: string }) =>
    `Line ${line} is too long to be the ${named(role)}; it is kept in the body.`,
  dateUnread: ({ line }: { readonly line: number }) => `Line ${line}: no date could be read in it.`,
  embargoUnread: ({ words }: { readonly words: string }) =>
    `The copy is under embargo: “${words}”. No hour could be read in it; set it before you publish.`,
  embargoAssumed: ({ words, utc }: { readonly words: string; readonly utc: string }) =>
    `“${words}”: it names no full date; read as ${utc.slice(0, 16).replace('T', ' ')} UTC. Check it.`,
  dateUnderEmbargo: ({ source }: OfDate) =>
    `“${source}”: the copy was under embargo then, so that is when it was sent out and not when readers first saw it.`,
  timeSkipped: ({ source, zone }: OfDateInZone) =>
    `“${source}”: the clocks in ${zone} went forward past that time; the time after the change is used.`,
  timeTwice: ({ source, zone }: OfDateInZone) =>
    `“${source}”: the clocks in ${zone} showed that time twice; the first is used.`,
  dateUnclear: ({ source }: OfDate) => `“${source}”: day and month could be either way round; read with the day first.`,
  zoneUnclear: ({ source, zone }: OfDateInZone) =>
    `“${source}”: the letters stand for more than one time zone; read as ${zone}.`,
  zoneUnknown: ({ source, unknown, zone }: OfDateInZone & { readonly unknown: string }) =>
    `“${source}”: “${unknown}” is not a time zone Galley knows; read in ${zone}. Which zone is it?`,
  weekdayDiffers: ({ source }: OfDate) => `“${source}”: the date falls on another day of the week than the page says.`,
  noTime: ({ source }: OfDate) => `“${source}”: no time of day is given; midnight is used.`,
  updatedFirst: 'The last update is before the publishing date.',
  otherDay: ({ role, source }: OfDate & { readonly role: string }) =>
    `The page’s own data puts the ${named(role)} on another day than “${source}”, which readers see and which is used.`,
  otherMoment: ({ role, source, zone }: OfDateInZone & { readonly role: string }) =>
    `The page’s own data puts the ${named(role)} at another moment than “${source}” read in ${zone}; its data is used, since it leaves nothing to guess.`,
  dateFromAddress: 'The page shows no publishing date; the day in its address is used.',
  damagedLetters: 'A few letters of the page were damaged before it got here; they show as �.',
  codePage: ({ encoding }: { readonly encoding: string }) =>
    `The page does not say how its letters are stored; they were read as ${encoding}. Look at accents and quotation marks.`,
  ruleUnused: ({ id, problem }: { readonly id: string; readonly problem: Said }) =>
    `The desk’s intake rule ${id} is not used: ${problem}.`,
  ruleTwice: 'another rule has the same id',
  ruleUnreadable: 'it cannot be read',
  rulesUnreadable: 'the file holds no list of rules',
  ruleUnfit: ({ path, why }: { readonly path: string; readonly why: string }) =>
    `${path === '' ? 'it' : `“${path}”`} ${why === '' ? 'cannot be read' : why}`,
  ruleMisses: ({ line }: { readonly line: string }) => `it does not catch its own example “${line}”`,
  ruleCatches: ({ line }: { readonly line: string }) => `it catches “${line}”, which it says it must not`
} as const

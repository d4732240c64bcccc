import { moments } from '../moments.ts'

const { moment, apart } = moments('en-GB')

/** What was found on opening a library, as far as messages need it; the contract's notices have this shape. */
export type RecoveryFacts = Missing & What

interface Missing {
  readonly lost: readonly {
    readonly headline: string
    readonly saved: { readonly at: string }
    readonly now: { readonly at: string } | null
  }[]
  readonly kept: readonly string[]
}

type What =
  | {
      readonly kind: 'restored'
      readonly why: 'empty' | 'missing' | 'not-a-library' | 'counter' | 'unreadable'
      readonly backupAt: string | null
      readonly stories: number
      readonly salvaged: number
    }
  | { readonly kind: 'log'; readonly fault: 'missing' | 'cut' | 'garbage' | 'foreign'; readonly forward: number }
  | { readonly kind: 'older'; readonly forward: number }
  | { readonly kind: 'stories'; readonly repaired: number; readonly beyondRepair: number }
  | { readonly kind: 'finished' }
  | { readonly kind: 'secrets'; readonly file: string }

type Of<K extends What['kind']> = Extract<What, { kind: K }>

/** The findings on opening for the doctor and the log: complete sentences, in this machine's time zone. */
export function noticeWords(notice: RecoveryFacts): { readonly message: string; readonly next: string } {
  const zone = machineZone()
  return {
    message: [said(notice, zone), lostWords(notice, zone)].filter(Boolean).join(' '),
    next: [nextWords(notice), notice.kind !== 'secrets' && notice.kept.length > 0 && KEPT].filter(Boolean).join(' ')
  }
}

/** The same for the window, which lists what is missing and names the folder of the damaged files below it. */
export function noticeLead(notice: RecoveryFacts, zone: string): { readonly message: string; readonly next: string } {
  return {
    message: [said(notice, zone), missing(notice.lost.length, ':')].filter(Boolean).join(' '),
    next: nextWords(notice)
  }
}

const KEPT = 'The damaged files are kept in the quarantine folder of the library.'

function said(notice: RecoveryFacts, zone: string): string {
  switch (notice.kind) {
    case 'restored': {
      const from = notice.backupAt ? `the backup of ${moment(notice.backupAt, zone)}` : 'what could still be read of it'
      const newer = notice.salvaged > 0 ? `, ${notice.salvaged} of them as last saved` : ''
      return `The library was damaged: ${reasons[notice.why]}. It was put together again from ${from}: ${stories(notice.stories)}${newer}.`
    }
    case 'log':
      return `${faults[notice.fault]}${forward(notice.forward, notice.fault === 'cut' ? 'it or from a backup' : 'a backup')}`
    case 'older':
      return `The library file is older than your last saves: somebody or something has put an earlier copy in its place.${forward(notice.forward, 'a backup')}`
    case 'stories':
      return [
        notice.repaired > 0 &&
          `${stories(notice.repaired)} that ${was(notice.repaired)} damaged ${was(notice.repaired)} put back to the newest good version.`,
        notice.beyondRepair > 0 &&
          `${stories(notice.beyondRepair)} ${was(notice.beyondRepair)} damaged, with no good version anywhere.`
      ]
        .filter(Boolean)
        .join(' ')
    case 'finished':
      return 'A repair of the library that had been interrupted was finished.'
    case 'secrets':
      return `The passwords and keys of your targets could not be read. The file with them is kept as ${notice.file}.`
  }
}

const reasons: Readonly<Record<Of<'restored'>['why'], string>> = {
  empty: 'the library file was empty',
  missing: 'the library file was missing',
  'not-a-library': 'the library file held no library',
  counter: 'its count of changes was behind its stories',
  unreadable: 'parts of the library file could not be read'
}

const faults: Readonly<Record<Of<'log'>['fault'], string>> = {
  missing: 'The log with your last saves was missing from the library folder.',
  cut: 'The log with your last saves was damaged. What could still be read of it was kept.',
  garbage: 'The log with your last saves could not be read at all. It was set aside.',
  foreign: 'The log in the library folder belonged to another library. It was set aside and nothing of it was used.'
}

function missing(count: number, end: string): string {
  return count === 0 ? '' : `The last saves of ${stories(count)} are missing${end}`
}

function lostWords({ lost }: RecoveryFacts, zone: string): string {
  if (lost.length === 0) return ''
  const named = lost.slice(0, 5).map(({ headline, saved, now }) => {
    const name = headline ? `“${headline}”` : 'a story that was new'
    return now
      ? `${name} (saved ${[saved.at, now.at].map(apart(saved.at, now.at, zone)).join(', now as of ')})`
      : `${name} (last saved ${moment(saved.at, zone)})`
  })
  const more = lost.length > named.length ? ` and ${lost.length - named.length} more` : ''
  return `${missing(lost.length, ':')} ${named.join('; ')}${more}.`
}

function nextWords({ kind, lost }: RecoveryFacts): string {
  if (kind === 'secrets') return 'Enter them again in the settings.'
  return lost.length > 0 ? 'Look for them in the history and the backups.' : 'Look through what you worked on last.'
}

function forward(count: number, from: string): string {
  return count > 0 ? ` ${stories(count)} ${was(count)} brought forward from ${from}.` : ''
}

function stories(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'story' : 'stories'}`
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were'
}

/** The desk's time zone is in the library that is being repaired. */
function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

import type { Said } from '../../said.ts'
import { grammar } from '../../grammar.ts'

const { bytes, list, number, plural } = grammar('en-GB')
const stories = { one: '# story', other: '# stories' }

/** Results of checking the library. */
export const health = {
  onlyWriter: 'This Galley is the only one that writes to the library.',
  fileWhole: ({ stories: count }: { readonly stories: number }) =>
    `${plural(count, stories)}; every page and every checksum is right.`,
  problems: ({ problems }: { readonly problems: readonly Said[] }) => problems.join(' '),
  schema: ({ version }: { readonly version: number }) => `Version ${number(version)}.`,
  searchCurrent: 'The index knows every story as it is.',
  searchBehind: ({ waiting }: { readonly waiting: number }) =>
    `${plural(waiting, { one: '# story is', other: '# stories are' })} waiting to be indexed; that goes on by itself.`,
  pictures: ({ count }: { readonly count: number }) =>
    `${plural(count, { one: '# picture', other: '# pictures' })}, all as they were added.`,
  badPictures: ({ missing, damaged }: { readonly missing: readonly string[]; readonly damaged: readonly string[] }) =>
    [
      missing.length > 0 && `Missing: ${list(missing)}.`,
      damaged.length > 0 && `Damaged: ${list(damaged)}.`,
      'Add them again.'
    ]
      .filter(Boolean)
      .join(' '),
  nothingToBackUp: 'Nothing to back up yet.',
  noBackup: 'None yet. One is made after ten minutes of work and on closing.',
  backupDamaged: ({ name, problem }: { readonly name: string; readonly problem: Said }) =>
    `The newest backup (${name}) is damaged: ${problem}`,
  backups: ({ kept, behind }: { readonly kept: number; readonly behind: number }) =>
    `${number(kept)} kept; the newest is whole and ${behind > 0 ? `${plural(behind, { one: '# change', other: '# changes' })} behind` : 'has everything'}.`,
  backupFailed: ({ state, problem }: { readonly state: Said; readonly problem: Said }) =>
    `${state} The last try failed: ${problem}`,
  disk: ({ free }: { readonly free: number }) => `${bytes(free)} free.`,
  diskLow: ({ free }: { readonly free: number }) =>
    `${bytes(free)} free. Free some space: backups need as much as the library.`,
  noLeftovers: 'None left over.',
  leftovers: ({ count }: { readonly count: number }) => `${number(count)} left over; they go at the next start.`,
  quarantine: ({ count }: { readonly count: number }) =>
    `${plural(count, { one: '# damaged file is', other: '# damaged files are' })} kept there. Delete them when nothing is missing.`
} as const

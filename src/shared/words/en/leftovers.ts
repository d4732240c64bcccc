import { grammar } from '../grammar.ts'

const { number, plural } = grammar('en-GB')

/** What faults left on a CMS. */
export const leftovers = {
  look: 'Look for leftovers',
  title: (name: string) => `Leftovers on ${name}`,
  lead: 'A broken connection can leave an empty draft behind, or a picture twice. Only what Galley made itself and the site does not show is listed.',
  /** For kinds that keep no list of pictures. */
  draftsOnly: 'Only drafts can be looked for: Ghost keeps no list of its pictures.',
  looking: 'Looking on the CMS…',
  emptyTitle: 'Nothing was left behind',
  goneTitle: 'No leftovers any more',
  list: 'Leftovers',
  kinds: { draft: 'Empty draft', picture: 'Picture' },
  madeFor: (headline: string) => `made for “${headline}”`,
  remove: 'Remove',
  removeThis: (name: string) => `Remove ${name}`,
  removeAll: (n: number) => plural(n, { one: 'Remove it', other: 'Remove all #' }),
  removing: (done: number, of: number) => `Removing: ${number(done)} of ${number(of)}`,
  goesWhere: {
    wordpress: 'Drafts go to the trash of WordPress; its media library has none, so pictures are gone for good.',
    ghost: 'Ghost has no trash: drafts are gone for good.'
  },
  removed: (n: number) => plural(n, { one: '# thing removed', other: '# things removed' }),
  noMore: (n: number) =>
    plural(n, {
      one: '# is no leftover any more, and was left alone',
      other: '# are no leftovers any more, and were left alone'
    })
} as const

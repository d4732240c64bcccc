import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** The summary of what is about to be published. */
export const preflight = {
  label: 'What leaves',
  noPicture: 'No lead picture',
  alt: 'Alt text',
  credit: 'Credit',
  noAlt: 'none: people who cannot see the picture get nothing',
  noCredit: 'none',
  nothing: 'none',
  section: 'Section',
  noSection: 'none',
  address: 'Address',
  addressGiven: (host: string, slug: string) => `given by ${host} when it is published; asked for: /${slug}`,
  firstPublished: 'First published',
  atPublication: 'with this publication',
  whoFires: 'Sent by',
  fires: {
    now: 'This laptop, at once or when it is online again',
    desk: 'This laptop: at its hour Galley must be open and the laptop awake.',
    cms: 'This laptop, at once or when it is online again; the site publishes it at its hour.'
  },
  atWork: (name: string | null, when: string) =>
    `${name ?? 'Somebody'} has changes in WordPress that are not saved yet, the latest from ${when}. If they are saved after this update, they replace it: talk to each other first.`,
  requests: 'What would be sent',
  requestsText:
    'The requests that change something there, in their order. Before each, Galley looks whether it is there already, and at the end it reads the story back. The secret is never shown.',
  ifMissing: 'only if it is not found there',
  byName: '(whoever of them is known there by that name)',
  moreCharacters: (n: number) => `… and ${plural(n, { one: '# character more', other: '# characters more' })}`,
  newsletter: 'By mail',
  mailAs: (name: string) => `Send it as the newsletter “${name}” too`,
  whoGetsIt: (members: number | null) =>
    members === null
      ? 'To all its subscribers, once. It cannot be called back.'
      : `To ${plural(members, { one: '# member', other: '# members' })}, once, when the story is published. It cannot be called back.`,
  lettersLastTold: 'These are the newsletters it last reported, and how many members got them then.',
  elsewhere: 'Search result and share card',
  search: 'Search result',
  share: 'Share card',
  noStandfirst: 'No standfirst: search engines and social networks choose a sentence themselves.',
  elsewhereText: 'What the story offers search engines and social networks. They, or your CMS, may show something else.'
} as const

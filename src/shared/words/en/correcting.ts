import { grammar } from '../grammar.ts'

const { number, plural } = grammar('en-GB')

/** Turning changes to a live story into a correction. */
export const correcting = {
  silent: (n: number) =>
    `${plural(n, { one: '# passage differs', other: '# passages differ' })} from what readers have, and no correction tells them.`,
  made: 'A correction tells readers what changed.',
  make: 'Make a correction…',
  title: 'Make a correction',
  lead: 'Made from the live version and the one on the desk. Choose what it is about, and change the wording as you like.',
  about: 'What changed',
  where: {
    headline: 'Headline',
    standfirst: 'Standfirst',
    byline: 'Byline',
    caption: 'Caption of the lead picture',
    body: (part: number | null) => (part === null ? 'Body' : `Paragraph ${number(part)}`)
  },
  of: { figure: 'a figure', name: 'a name', words: '' },
  stood: 'Before',
  stands: 'Now',
  nothing: 'nothing',
  notice: 'Notice to readers',
  noticeText: 'Proposed from what you chose. Say what was wrong, and what is right.',
  propose: 'Propose the wording again',
  reason: 'Reason',
  reasonText: 'Kept with the story on this desk. It is never sent.',
  place: 'Place',
  places: { top: 'Above the text', bottom: 'Below the text' },
  add: 'Add the correction',
  added: 'The correction is in the story. It goes out with the update.'
} as const

/** Ghost's replies, and the changes it makes to a story. */
export const ghost = {
  notAKey: {
    text: 'That is not an Admin API key: it has two parts with a colon between them, letters a to f and figures.',
    next: 'Copy the Admin API key, not the Content API key, from the integration in Ghost.'
  },
  unknownKey: {
    text: 'Ghost does not know this Admin API key: it belongs to another site, or the integration was removed or given a new one.',
    next: 'Copy the Admin API key of the integration in Ghost again.'
  },
  wrongSecret: {
    text: 'Ghost knows the first half of this Admin API key; the second half, after the colon, is a different one.',
    next: 'Copy the whole Admin API key of the integration in Ghost again.'
  },
  keyLost: {
    text: 'The Admin API key did not get to Ghost: something on the way takes it out of the request or changes it.',
    next: 'Ask whoever runs the site to let the Authorization header through.'
  },
  clocksApart: ({ minutes, ahead }: { readonly minutes: number; readonly ahead: boolean }) =>
    `This machine’s clock is ${minutes} min ${ahead ? 'ahead of' : 'behind'} Ghost’s, and Ghost refuses keys from a clock more than 5 min off. Set the clock of this machine.`,
  forbidden: 'Ghost does not allow this integration to do that.',
  notGhost: 'Something other than Ghost replied, perhaps a sign-in page of this network.',
  noApi: 'There is no Ghost with its Admin API at that address.',
  changed: 'The story was changed in Ghost.',
  newsletterRefused: {
    text: 'Ghost could not make the newsletter, and did not publish the story.',
    next: 'Look at the newsletters and the mail settings in Ghost and try again, or publish without the newsletter.'
  },
  newsletterFailed: 'Ghost made the newsletter, and sending it failed. Send it again in Ghost.',
  newsletterMissing: 'Ghost published the story without its newsletter.',
  authorNotSet: 'Ghost shows the story under another author. The byline is in the text.',
  orphanTouched: 'Somebody has worked on this draft in Ghost since. It stays.',
  noPicture: 'The story has no such picture.',
  noPost: 'Ghost has no such post.',
  postUnknown: 'Galley does not know which post of this Ghost is the story. Take it down there.',
  stillShown: 'Ghost still shows the story.',
  knowsUs: ({ name, version }: { readonly name: string; readonly version: string }) =>
    `${name} replies and knows this desk (Ghost ${version}).`,
  titleTooLong: {
    text: 'Ghost takes a headline of 255 characters at most.',
    next: 'Shorten the headline, then publish.'
  },
  otherTitle: 'Ghost shows another title.',
  otherExcerpt: 'Ghost shows another excerpt.',
  excerptCut: 'Ghost takes 300 characters of the standfirst; the rest was left out.',
  bodyRewritten: 'Ghost wrote the text in another form; its words are the same.',
  otherText: 'Ghost shows another text.',
  slugMade: ({ slug }: { readonly slug: string }) => `Ghost made the slug “${slug}”.`,
  otherStatus: ({ theirs, ours }: { readonly theirs: string; readonly ours: string }) =>
    `In Ghost the story is “${theirs}”, not “${ours}”.`,
  tagLeftOut: 'Ghost left out a tag.',
  tagCut: 'Ghost takes 191 characters of a tag; the rest was left out.',
  otherFeatured: 'Ghost shows another feature image, or none.',
  otherCaption: 'Ghost shows another alt text or caption of the feature image.'
} as const

/** WordPress's replies, and the changes it makes to a story. */
export const wordpress = {
  otherHost: ({ host }: { readonly host: string }) =>
    `The site names another address for its API (${host}). Enter that address if it is the right one.`,
  unknownUser:
    'WordPress does not know this user name and application password, or something on the way takes them out of the request.',
  forbidden: 'WordPress does not allow this user to do that.',
  fileRefused: 'WordPress does not take a file of this kind.',
  notWordpress: 'Something other than WordPress replied, perhaps a sign-in page of this network.',
  strangeReply: 'WordPress sent something that is none of its own replies.',
  changed: 'The story was changed in WordPress.',
  orphanTouched: 'Somebody has worked on it in WordPress since. It stays.',
  orphanShown: 'Something on the site shows it. It stays.',
  useUnknown: {
    text: 'Galley found nothing that shows it, but this account does not see everything on the site. It stays.',
    next: 'Use an administrator’s account, or delete the picture in WordPress.'
  },
  noPicture: 'The story has no such picture.',
  noApi: 'There is no WordPress with its REST API at that address.',
  mayNotWrite: ({ name }: { readonly name: string }) => `${name} may not write posts in this WordPress.`,
  mayNotUpload: ({ name }: { readonly name: string }) => `${name} may not upload pictures to this WordPress.`,
  mayNotPublish: ({ name }: { readonly name: string }) =>
    `${name} may not publish in this WordPress. Let stories become drafts or pending, or use another account.`,
  knowsUs: ({ name }: { readonly name: string }) => `WordPress replies and knows ${name}.`,
  stillShown: 'WordPress still shows the story.',
  postUnknown: 'Galley does not know which post of this WordPress is the story. Take it down there.',
  noPost: 'WordPress has no such post.',
  otherTitle: 'WordPress shows another title.',
  otherExcerpt: 'WordPress shows another excerpt.',
  otherText: 'WordPress shows another text.',
  pictureGone: 'A picture of the text is not there.',
  htmlRewritten: 'WordPress wrote the HTML in another way.',
  htmlTakenOut: ({ elements }: { readonly elements: string }) => `WordPress took out: ${elements}.`,
  slugMade: ({ slug }: { readonly slug: string }) => `WordPress made the slug “${slug}”.`,
  otherStatus: ({ theirs, ours }: { readonly theirs: string; readonly ours: string }) =>
    `In WordPress the story is “${theirs}”, not “${ours}”.`,
  categoryLeftOut: 'WordPress left the category out.',
  tagLeftOut: 'WordPress left out a tag.',
  otherFeatured: 'WordPress shows another featured picture, or none.',
  authorNotSet:
    'This account may not name that author in WordPress. The story stands under another account; the byline is in the text.',
  termNotMade: ({ name }: { readonly name: string }) =>
    `This user may not add “${name}” in WordPress, so the story goes without it.`
} as const

import { grammar } from '../../grammar.ts'

const { plural } = grammar('en-GB')

/** Approving and publishing, and the targets of the desk. */
export const publishing = {
  targetGone: { text: 'The target was removed from this desk.', next: 'Publish the story to another one.' },
  practiceGone: { text: 'The practice CMS was removed.', next: 'Start it again.' },
  practiceFailed: {
    text: 'The practice CMS could not be started on this machine.',
    next: 'Check that the library folder can be written to, then try again.'
  },
  practiceStopped: { text: 'The practice CMS is not running.', next: 'Start it; what waits for it then goes out.' },
  noPractice: 'There is no practice CMS in this Galley.',
  storyChanged: { text: 'The story has changed since you last saw it.', next: 'Look at it again, then publish.' },
  hourPassed: {
    text: ({ at, zone }: { readonly at: string; readonly zone: string }) =>
      `The hour of release has passed: ${at} (${zone}).`,
    next: 'Publish it now, or choose another hour.'
  },
  storyInTrash: { text: 'This story is in the trash.', next: 'Take it out of the trash first.' },
  noHeadline: {
    text: 'A story needs a headline before it is published.',
    next: 'Write the headline, then publish.'
  },
  noBody: { text: 'A story needs a body before it is published.', next: 'Write the body, then publish.' },
  targetInUse: {
    text: 'A story may be on its way there, and it is not known yet whether it arrived.',
    next: 'Wait until its outcome is known, then remove the target.'
  },
  notThere: {
    text: ({ name }: { readonly name: string }) => `The story is not on ${name}, nor on its way there.`,
    next: 'Look where it is live, then withdraw it from there.'
  },
  killed: { text: 'This story was withdrawn.', next: 'Make it a draft again, then publish it.' },
  isOpen: 'This is an open endpoint.',
  isGhost: 'This is a Ghost site.',
  isWordpress: 'This is a WordPress site.',
  isNothingKnown: {
    text: 'No WordPress, Ghost or open endpoint responds at that address.',
    next: 'Check the address, or choose the kind yourself.'
  },
  notInConflict: { text: 'This story is not in conflict with the CMS.', next: 'Reload the outbox.' },
  changedWhileMerging: {
    text: 'The story has changed again since you looked at both versions. Nothing was sent.',
    next: 'Look at what is there once more.'
  },
  notAllChosen: ({ count }: { readonly count: number }) =>
    `${plural(count, { one: '# part is', other: '# parts are' })} still to be chosen. Nothing was sent.`,
  noSecret: {
    text: ({ name }: { readonly name: string }) => `This machine does not have the secret of “${name}”.`,
    next: 'Enter it again in the settings; what waits for it then goes out.'
  },
  noNewsletters: ({ name }: { readonly name: string }) => `${name} sends no newsletters.`,
  cannotFire: ({ name }: { readonly name: string }) =>
    `${name} cannot publish this story at an hour by itself: a site does that only for a first publication without a newsletter, and not every kind of site does.`,
  newsletterHandedOver: ({ name }: { readonly name: string }) =>
    `${name} has this story already and publishes it at its hour. Take that back first; then it can go out as a newsletter.`,
  noCorrection: {
    text: 'A correction needs a notice that readers do not have yet, and this story has none.',
    next: 'Make a correction, or publish it as an update.'
  },
  newsletterOnce: 'A newsletter can only go out with a first publication.',
  orphanNeeded: 'A delivery that is on its way needs it. It stays.',
  noSuchItem: { text: 'There is no such item in the outbox.', next: 'Reload the outbox.' },
  notAnAddress: {
    text: 'That is not a web address.',
    next: 'Give the address of the endpoint: https://cms.example.org/galley'
  },
  notHttps: 'The address of a CMS starts with https://',
  clearText: 'A CMS on another machine needs an https address, so that nobody on the way reads or changes a story.',
  secretInAddress: {
    text: 'The address may not hold a name or password.',
    next: 'Put the secret into its own field; it is kept in the keychain.'
  },
  queryInAddress: 'The address of a CMS ends with its path, without ? and #.',
  noCertificateThere: 'Only an https address has a certificate that can be trusted.',
  noSuchTarget: { text: 'There is no such target on this desk.', next: 'Choose another under Publishing.' },
  practiceAddsItself: { text: 'The practice CMS adds itself.', next: 'Start it under Publishing.' },
  kindIsFixed: { text: 'The kind of a target cannot be changed.', next: 'Add another target.' },
  notASetting: {
    text: ({ where }: { readonly where: string }) => `This kind of CMS does not have that setting: ${where}.`,
    next: 'Correct it, then save again.'
  }
} as const

import type { Said } from '../../said.ts'
import { grammar } from '../../grammar.ts'

const { span } = grammar('en-GB')

const both = 'Look at what is there, then go on anyway or take this back. Nothing was overwritten.'
const asSaid = ({ said }: { readonly said: Said }) => said

/** The state of a delivery, and the steps of its journal. */
export const outbox = {
  notReached: { text: asSaid, next: 'It goes out by itself as soon as the CMS can be reached.' },
  notTrusted: {
    text: asSaid,
    next: 'Look at the certificate and decide whether to trust it; until then Galley keeps trying.'
  },
  distrusted: {
    text: asSaid,
    next: 'Ask whoever runs the CMS whether its certificate was replaced, then look at it and decide.'
  },
  later: { text: asSaid, next: 'It is tried again by itself.' },
  lookedUpFirst: { text: asSaid, next: 'Galley looks up what arrived before anything is sent again.' },
  unauthorised: { text: asSaid, next: 'Check the target’s secret and the clock of this machine, then try again.' },
  redirected: { text: asSaid, next: 'Correct the target’s address in the settings, then try again.' },
  rejected: { text: asSaid, next: 'Change what it names, then publish again; or try again as it is.' },
  partRefused: { text: asSaid, next: 'Try again, or publish without it.' },
  notWhatWasApproved: { text: 'What the CMS shows is not what was approved.', next: both },
  anotherVersion: { text: 'The CMS already holds another version of this story.', next: both },
  changedThere: { text: 'The story was changed on the CMS since Galley last saw it.', next: both },
  unknownAnswer: { text: 'The CMS gave an answer Galley does not understand.', next: 'It is asked again by itself.' },
  notShownYet: { text: 'The CMS took the story but does not show it yet.', next: 'Galley looks again by itself.' },
  saysButDoesNotShow: {
    text: 'The CMS says it has the story, but does not show it.',
    next: 'Look on the CMS; then send it again or leave it.'
  },
  removedThere: {
    text: 'The story is no longer on the CMS: somebody removed it there.',
    next: 'Send it again, or leave it removed.'
  },
  notWhatWasReadBack: {
    text: 'The CMS shows another version than the one that was read back after it was published. Somebody changed it there, or the CMS carried out an earlier request late.',
    next: both
  },
  publicAllTheSame: {
    text: 'It was taken back, but it is public anyway: the CMS carried out the request late.',
    next: 'Leave it public, or withdraw it.'
  },
  publicAgain: {
    text: 'It was withdrawn, but readers see it again. Somebody published it there, or the CMS carried out an earlier request late.',
    next: 'Look at what is there, then withdraw it again or leave it.'
  },
  superseded: 'Something newer took its place.',
  leftPublic: 'It was withdrawn, and is public again: that was left as it is.',
  noClock: {
    text: 'The CMS does not say what time it is, and an embargo is lifted only when both clocks agree.',
    next: 'Take the release time off the story and publish it again when the hour has come.'
  },
  clockAhead: {
    text: ({ minutes }: { readonly minutes: number }) =>
      `This machine’s clock is ${span(minutes * 60_000)} ahead of the CMS’s, which says that the hour of release has not come.`,
    next: 'Set the clock of this machine. The story leaves when the CMS’s clock says so too.'
  },
  deskFiresNear: {
    text: 'This laptop publishes it: the site needs a story five minutes before its hour.',
    next: 'Leave Galley running, and the lid open, until then.'
  },
  deskFiresNoClock: {
    text: 'This laptop publishes it: the site does not say what time it is there.',
    next: 'Leave Galley running, and the lid open, until then.'
  },
  deskFiresClocks: {
    text: 'This laptop publishes it: its clock and the site’s differ by more than a minute.',
    next: 'Leave Galley running, and the lid open, until then; or set the clock right and publish again.'
  },
  takingBack: {
    text: asSaid,
    next: 'It is taken back by itself as soon as the site can be told.'
  },
  siteIsLate: {
    text: 'The hour has come, and the site has not published it yet.',
    next: 'Galley goes on looking. Open the site once, or publish it now.'
  },
  notSeenYet: {
    text: ({ said }: { readonly said: Said }) => said,
    next: 'The hour has come; Galley checks again by itself whether the site has published it.'
  },
  hourMovedThere: {
    text: ({ at }: { readonly at: number }) =>
      `The site has another hour than the one that was approved: it publishes the story at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    next: both
  },
  leftScheduledThere: ({ at }: { readonly at: number }) =>
    `Left as it is on the site, which publishes what it has at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
  firesFromNowOn: 'this laptop publishes it, and no longer the site',
  cannotRecall: 'This kind of CMS publishes nothing by itself.',
  pausedByHand: {
    text: 'Paused by hand: it does not leave, whatever hour it has.',
    next: 'Resume it in the outbox.'
  },
  clocksAgree: 'agrees with the CMS’s',
  wrongStamp: {
    text: ({ at }: { readonly at: string }) =>
      `“Last updated” was stamped by this machine’s clock (${at}) while the CMS could not be asked, and that clock was wrong.`,
    next: 'Publish it again: it is stamped with the CMS’s time then.'
  },
  /** Milliseconds; negative if behind. */
  clocksDiffer: ({ ahead }: { readonly ahead: number }) =>
    `this machine’s clock is ${span(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} the CMS’s; what is published is stamped with the CMS’s time`,
  underWay: 'under way',
  interrupted: 'interrupted',
  holdsAVersion: 'the CMS holds a version',
  notThere: 'not there',
  thereAlready: 'there already',
  accepted: 'accepted',
  mailedToo: ({ newsletter }: { readonly newsletter: string }) =>
    `Goes out as the newsletter “${newsletter}” too, when it is published.`,
  receiptWritten: 'receipt written',
  embargoTakenOff: 'the story’s embargo was taken off',
  embargoTakenOffHourStays: 'the story’s embargo was taken off; the hour that was approved stays',
  embargoMoved: ({ at, zone }: { readonly at: string; readonly zone: string }) =>
    `the story’s embargo is now ${at} (${zone})`,
  embargoMovedHourStays: ({ at, zone }: { readonly at: string; readonly zone: string }) =>
    `the story’s embargo is now ${at} (${zone}); the later hour that was approved stays`
} as const

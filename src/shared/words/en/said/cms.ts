import type { Said } from '../../said.ts'

const signInPage = 'perhaps a sign-in page of this network'

/** Problems that a CMS, or the network on the way to it, reports. */
export const cms = {
  stopped: 'Stopped before the CMS answered.',
  notFound: 'The CMS cannot be found: there is no network, or its name is wrong.',
  noNetwork: 'There is no network.',
  nobodyThere: 'Nothing responds at this address: the server is not running, or the port is wrong.',
  nothingThere:
    'No connection could be made in time: the server is off, lets nobody in from here, or has another address.',
  noWay: 'The CMS cannot be reached from this network: its server is off, or it needs a VPN that is not connected.',
  notAllowed: 'This machine does not let Galley connect to the CMS: a firewall, or a program like one, forbids it.',
  badPort: 'This port is reserved for something other than the web, so nothing is sent to it. Correct the address.',
  proxy: 'The proxy of this network is not there, or does not connect to the CMS.',
  certificate: 'The CMS could not prove who it is: its certificate is not valid on this machine.',
  certificateSelfSigned:
    'The CMS could not prove who it is: it made its certificate itself, and nobody else vouches for it.',
  certificateUnknownIssuer:
    'The CMS could not prove who it is: its certificate was issued by somebody this machine does not know.',
  certificateWrongName: 'The CMS could not prove who it is: its certificate is for another address.',
  certificateExpired: 'The CMS could not prove who it is: its certificate has expired.',
  certificateNotYet:
    'The CMS could not prove who it is: its certificate is not valid yet, or the clock of this machine is wrong.',
  certificateDate:
    'The CMS could not prove who it is: its certificate has expired or is not valid yet, or the clock of this machine is wrong.',
  certificateChanged: 'The CMS shows another certificate than the one you trusted for it. Nothing was sent.',
  noSecureLine:
    'The secure connection to the CMS could not be made, or did not hold: perhaps it does not use TLS at that address.',
  cannotReach: 'The CMS cannot be reached.',
  silent: 'The CMS did not answer in time.',
  cut: 'The connection was cut before the CMS answered.',
  brokeOff: 'The CMS’s answer broke off.',
  farTooLong: 'The CMS’s answer was far too long.',
  unknownAnswer: 'The CMS gave an answer Galley does not understand.',
  unknownStatus: ({ status }: { readonly status: number }) =>
    `The CMS gave an answer Galley does not understand (${status}).`,
  redirected: ({ host }: { readonly host: string }) =>
    `The CMS redirects to another address${host === '' ? '' : ` (${host})`}. Galley does not follow, so that a story never goes where nobody chose to send it.`,
  signature: 'The CMS does not accept this desk’s signature.',
  forbidden: 'The CMS does not allow this desk to publish.',
  noEndpoint: 'The CMS has no endpoint at that address.',
  changed: 'The story was changed on the CMS.',
  tooLarge: 'The CMS refused it as too large.',
  hourTooNear: 'The hour is too near to leave it to the CMS.',
  down: 'The CMS is temporarily unavailable.',
  asksToWait: 'The CMS asks to wait.',
  refused: ({ status }: { readonly status: number }) => `The CMS refused it (${status}).`,
  ownError: ({ status }: { readonly status: number }) => `The CMS had an error of its own (${status}).`,
  /** `reason` is the CMS's own text, in its own language. */
  withReason: ({ problem, reason }: { readonly problem: Said; readonly reason: string }) =>
    `${problem} It says: ${reason}`,
  notAStory: `The CMS answered with something that is not a story, ${signInPage}.`,
  notOfItsContract: `The CMS answered with something that does not fit its contract, ${signInPage}.`,
  noVersion: 'The CMS does not say which version it holds (no ETag).',
  weakVersion:
    'The CMS marks its versions as weak (ETag W/…): Galley could not tell whether an update replaces what it should. Let the endpoint send strong ETags.',
  takesOther: ({ accepts }: { readonly accepts: string }) =>
    `The CMS does not take stories in the chosen format${accepts === '' ? '' : `, but ${accepts}`}. Choose another format for this target.`,
  storyTooLong: ({ size, limit }: { readonly size: string; readonly limit: string }) =>
    `The story is ${size} KB; the CMS takes ${limit} KB at most.`,
  noOpenEndpoint: 'There is no open endpoint at that address.',
  notAnOpenEndpoint: 'Something answers at that address, but it is not an open endpoint.',
  knowsUs: ({ name }: { readonly name: string }) => `${name === '' ? 'The CMS' : name} answers and knows this desk.`,
  showsOther: 'The CMS shows something else.',
  showsAnother: ({ field }: { readonly field: string }) => `The CMS shows another ${field}.`
} as const

import { grammar } from '../grammar.ts'
import { desk } from './desk.ts'
import { details } from './details.ts'
import { settings } from './settings.ts'
import { storyPage } from './story-page.ts'
import { statuses } from './statuses.ts'
import { checks } from './checks.ts'
import { proof } from './proof.ts'
import { history } from './history.ts'
import { find } from './find.ts'
import { libraryMany } from './library-many.ts'
import { spelling } from './spelling.ts'
import { recoveryScreen } from './recovery-screen.ts'
import { preflight } from './preflight.ts'
import { correcting } from './correcting.ts'
import { certificates } from './certificates.ts'
import { targetAuthors } from './target-authors.ts'
import { leftovers } from './leftovers.ts'
import { embargo } from './embargo.ts'
import { outboxScreen } from './outbox-screen.ts'
import { workflow } from './workflow.ts'

const { number, plural } = grammar('en-GB')

export const en = {
  product: 'Galley',
  ...desk,
  ...storyPage,
  ...details,
  settings,
  ...workflow,
  recovery: recoveryScreen,
  embargo,
  outbox: outboxScreen,
  preflight,
  correcting,
  leftovers,
  targetAuthors,
  certificates,
  checks,
  proof,
  history,
  find,
  spelling,
  common: {
    copyFailed: 'It could not be copied. Select it and copy it by hand.',
    close: 'Close',
    cancel: 'Cancel',
    remove: 'Remove',
    dismiss: 'Dismiss',
    notices: 'Notices',
    tryAgain: 'Try again',
    needed: 'Needed',
    undo: 'Undo',
    copy: 'Copy',
    save: 'Save',
    add: 'Add',
    none: 'None',
    open: 'Open',
    back: 'Back',
    done: 'Done',
    more: 'More',
    use: 'Use',
    untitled: 'Untitled',
    loading: 'Loading…'
  },
  status: statuses,
  statusShort: {
    draft: 'Draft',
    ready: 'Ready',
    approved: 'Approved',
    scheduled: 'Scheduled',
    published: 'Published',
    updating: 'Live, changed',
    killed: 'Withdrawn',
    trashed: 'Trash'
  },
  /** Said with the status, where it is not the same on all of a story's sites. */
  statusAlso: {
    live: 'Live',
    planned: 'Scheduled',
    queued: 'On its way',
    withdrawing: 'Being withdrawn',
    paused: 'Paused',
    stopped: 'Stopped',
    withdrawn: 'Withdrawn from a site'
  },
  libraryMany,
  statusBar: {
    label: 'Status',
    words: (n: number) => plural(n, { one: '# word', other: '# words' }),
    characters: (n: number) => plural(n, { one: '# character', other: '# characters' }),
    minutes: (n: number) => `${number(n)} min read`,
    online: 'Online',
    offline: 'Offline',
    offlineText: 'No network. Everything but publishing works; what is queued goes out when the network is back.',
    onlineText: 'There is a network.',
    reconnecting: 'Reconnecting…',
    lost: 'Connection lost',
    stories: (n: number) => plural(n, { one: '# story', other: '# stories' }),
    waiting: (n: number) => `${number(n)} waiting to be published`,
    attention: (n: number) => plural(n, { one: '# needs attention', other: '# need attention' })
  }
} as const

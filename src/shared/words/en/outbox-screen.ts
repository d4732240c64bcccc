import { grammar } from '../grammar.ts'

const { list, number, plural, stretch } = grammar('en-GB')

/** The outbox: everything on its way to a CMS. */
export const outboxScreen = {
  title: 'Outbox',
  door: 'Outbox',
  /** The button's name for screen readers, with what waits in the outbox. */
  doorNamed: (open: number, troubled: number) =>
    [
      'Outbox',
      ...(open > 0 ? [plural(open, { one: '# delivery not finished', other: '# deliveries not finished' })] : []),
      ...(troubled > 0 ? [plural(troubled, { one: '# needs you', other: '# need you' })] : [])
    ].join(', '),
  count: (n: number) => number(n),
  list: 'Deliveries',
  detail: 'This delivery',
  lead: (open: number) =>
    open === 0
      ? 'Nothing is waiting.'
      : plural(open, { one: '# delivery not finished', other: '# deliveries not finished' }),
  emptyTitle: 'Nothing on its way',
  emptyText: 'Stories you publish are listed here, on their way and once they are live.',
  nonePlanned: 'Nothing is planned',
  nonePlannedText: 'Stories planned for an hour or under embargo are listed here by day.',
  view: 'Order by',
  views: { state: 'State', day: 'Planned' },
  groups: {
    stopped: 'Stopped: needs you',
    underWay: 'On its way',
    waiting: 'Waiting for the network or the CMS',
    hour: 'Waiting for its hour',
    paused: 'Paused by you',
    ended: 'Recently done'
  },
  targets: 'Targets',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  pause: (name: string) => `Pause ${name}`,
  resume: (name: string) => `Resume ${name}`,
  pausedTarget: 'Paused',
  stoppedTarget: 'Stopped',
  waitingThere: (n: number) => (n === 0 ? 'nothing to send' : `${number(n)} not finished`),
  pausedNotice: 'Paused: nothing leaves until you resume it, not even at its hour. It stays paused after a restart.',
  pausedFor: (names: readonly string[]) =>
    `Paused for ${list(names)}: nothing leaves for ${names.length === 1 ? 'it until you resume it' : 'them until you resume them'}, not even at its hour. It stays paused after a restart. The others go on.`,
  pausedThere: 'A site still publishes what it already has for an hour; take back anything it must not publish.',
  openStory: 'Open the story',
  inTime: (ms: number) => (ms < 60_000 ? 'in less than a minute' : `in ${stretch(ms)}`),
  overdue: 'due now',
  plannedFor: (when: string) => `Planned for ${when}`,
  pictures: (sent: number, of: number) =>
    `${number(sent)} of ${plural(of, { one: '# picture', other: '# pictures' })} there`,
  queued: 'Queued',
  sentBy: { desk: 'This laptop sends it', cms: 'The site publishes it' },
  embargoEnds: 'Embargo ends',
  embargoDetail: 'This embargo',
  embargoText: 'No reader sees it before that hour. An embargo sends nothing by itself: publish the story to queue it.',
  waitsBehindEmbargo: (targets: readonly string[]) =>
    targets.length === 0 ? 'nothing is queued' : `queued for ${list(targets)}`,
  steps: 'What happened, step by step'
} as const

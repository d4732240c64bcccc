import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** The library with several stories chosen, its filters and its trash. */
export const libraryMany = {
  chosen: (n: number) => plural(n, { one: '# story chosen', other: '# stories chosen' }),
  actions: 'Chosen stories',
  clear: 'Clear the selection',
  status: 'Change the status',
  tags: 'Add or remove tags…',
  export: 'Export…',
  publish: 'Publish…',
  duplicate: 'Duplicate',
  trash: 'Move to trash',
  restore: 'Take out of the trash',
  eraseForGood: 'Delete for good…',
  working: 'Working…',
  statusChanged: (n: number) => plural(n, { one: '# story has a new status.', other: '# stories have a new status.' }),
  tagged: (n: number) => plural(n, { one: 'The tags of # story changed.', other: 'The tags of # stories changed.' }),
  trashed: (n: number) => plural(n, { one: '# story is in the trash.', other: '# stories are in the trash.' }),
  restored: (n: number) => plural(n, { one: '# story is back as a draft.', other: '# stories are back as drafts.' }),
  copied: (n: number) => plural(n, { one: '# copy was made.', other: '# copies were made.' }),
  undone: (n: number) =>
    plural(n, { one: '# story is as it was before.', other: '# stories are as they were before.' }),
  nothingChanged: 'Nothing needed changing.',
  held: (n: number) => plural(n, { one: '# story was left as it is:', other: '# stories were left as they are:' }),
  missed: (n: number) =>
    plural(n, {
      one: 'It is not known whether # more story was changed.',
      other: 'It is not known whether # more stories were changed.'
    }),
  heldMore: (n: number) => plural(n, { one: 'and # more', other: 'and # more' }),
  tagsTitle: 'Tags of the chosen stories',
  tagsAdd: 'Add',
  tagsRemove: 'Remove',
  tagsPlaceholder: 'harbour, transport',
  tagsApply: 'Change tags',
  tagsNone: 'Nothing to change yet: write a tag to add or to remove.',
  filters: 'Filters',
  filtersOn: (n: number) => plural(n, { one: '# filter is on', other: '# filters are on' }),
  section: 'Section',
  author: 'Author',
  language: 'Language',
  since: 'Made',
  any: 'Any',
  sinceNames: { today: 'Today', week: 'Last 7 days', month: 'Last 30 days', year: 'Last 365 days' },
  removeFilter: (name: string) => `Remove the filter: ${name}`,
  clearFilters: 'Remove all filters',
  noneInFilterText: 'No story fits the filters.',
  emptyTrash: 'Empty the trash…',
  trashStays: 'Nothing in the trash is deleted automatically.',
  emptyTitle: 'Empty the trash?',
  emptyLead: (n: number) => plural(n, { one: '# story is in the trash.', other: '# stories are in the trash.' }),
  emptyWhich: 'Delete for good',
  emptyOld: (n: number) => `Unchanged for 30 days (${plural(n, { one: '#', other: '#' })})`,
  emptyAll: (n: number) => `Everything (${plural(n, { one: '#', other: '#' })})`,
  eraseTitle: (n: number) => plural(n, { one: 'Delete # story for good?', other: 'Delete # stories for good?' }),
  eraseText:
    'Their history, the pages they were made from and the pictures that nothing else uses are deleted too. This cannot be undone. Earlier backups still have their words, the outbox keeps what was sent, and what is published stays published.',
  eraseDo: 'Delete for good',
  erased: (n: number) => plural(n, { one: '# story was deleted for good.', other: '# stories were deleted for good.' }),
  erasing: 'Deleting',
  stop: 'Stop',
  quickOpen: 'Open a story',
  quickPlaceholder: 'Headline, slug, section or byline',
  quickNone: 'No story matches.',
  publishTitle: (n: number) => plural(n, { one: 'Publish # story', other: 'Publish # stories' }),
  publishChecking: 'Looking through the stories',
  publishReady: 'Ready',
  publishHeld: 'Held',
  publishAdvice: (n: number) =>
    plural(n, { one: 'Ready, with # thing to look at', other: 'Ready, with # things to look at' }),
  publishQueued: 'In the outbox',
  publishOwnHour: 'Each at its hour',
  publishWillWait: (when: string) => `leaves ${when}`,
  publishSiteFires: (when: string) => `the site gets it now and publishes it ${when}`,
  publishScheduledThere: (when: string) => `Sent to the site, which publishes it ${when}`,
  publishScheduled: (when: string) => `Scheduled for ${when}`,
  publishDo: (n: number) => plural(n, { one: 'Publish # story', other: 'Publish # stories' }),
  publishAdvised: (n: number) =>
    plural(n, {
      one: '# story has something to look at. Publishing lets it go as it is.',
      other: '# stories have something to look at. Publishing lets them go as they are.'
    }),
  publishLimit: (n: number) =>
    plural(n, {
      one: 'Only the first story is shown here.',
      other: 'Only the first # are shown here: publish them, then choose the others.'
    }),
  publishDone: (n: number) => plural(n, { one: '# story is in the outbox.', other: '# stories are in the outbox.' }),
  noTarget: 'There is no CMS to publish to yet. Add one in the settings.'
}

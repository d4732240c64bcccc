/** What a story's status is called. */
export const statuses = {
  draft: 'Draft',
  ready: 'Ready for review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  published: 'Published',
  updating: 'Published, changed since',
  killed: 'Withdrawn',
  trashed: 'In the trash'
} as const

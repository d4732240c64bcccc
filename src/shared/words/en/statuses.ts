/** What a story's status is called. */
export const statuses = {
  draft: 'Draft',
  ready: 'Ready for review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  published: 'Published',
  updating: 'Published, being updated',
  killed: 'Withdrawn',
  trashed: 'In the trash'
} as const

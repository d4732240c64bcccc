import { z } from 'zod'

/**
 * The life of a story at this desk. `published` and `updating` mean a version is live on at least one CMS;
 * `updating` says the desk's copy has moved on since.
 */
export const statuses = [
  'draft',
  'ready',
  'approved',
  'scheduled',
  'published',
  'updating',
  'killed',
  'trashed'
] as const
export const Status = z.enum(statuses)
export type Status = z.infer<typeof Status>

/** Which statuses an editor may choose next. `published` and `scheduled` are only ever set by publishing. */
const byHand: Readonly<Record<Status, readonly Status[]>> = {
  draft: ['ready', 'approved', 'trashed'],
  ready: ['draft', 'approved', 'trashed'],
  approved: ['draft', 'ready', 'trashed'],
  scheduled: ['draft'],
  published: ['updating'],
  updating: [],
  killed: ['draft', 'trashed'],
  trashed: ['draft']
}

export function nextStatuses(from: Status): readonly Status[] {
  return byHand[from]
}

export function mayChangeStatus(from: Status, to: Status): boolean {
  return from === to || byHand[from].includes(to)
}

/** The status after an edit of the copy: an approval does not cover later changes. */
export function statusAfterEdit(status: Status): Status {
  switch (status) {
    case 'approved':
      return 'ready'
    case 'published':
      return 'updating'
    default:
      return status
  }
}

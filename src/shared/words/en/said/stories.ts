import { statuses } from '../statuses.ts'

/** Stories: opening, changing, moving to the trash. */
export const stories = {
  noSuchVersion: 'There is no such version in this story’s history.',
  noSuchStory: 'There is no such story in this library.',
  idTaken: 'There is a story with that id already.',
  statusByHand: ({ from, to }: { readonly from: keyof typeof statuses; readonly to: keyof typeof statuses }) =>
    `“${statuses[from]}” cannot become “${statuses[to]}” by hand.`,
  cannotTrash: {
    text: 'A story that is live or scheduled cannot go into the trash.',
    next: 'Take it back from publishing first.'
  },
  waitsInOutbox: {
    text: ({ target }: { readonly target: string }) => `It is waiting in the outbox for ${target}.`,
    next: 'Take it back there first.'
  },
  isLiveOn: {
    text: ({ target }: { readonly target: string }) => `It is live on ${target}, or may be.`,
    next: 'Withdraw it first.'
  },
  isLiveOnRemoved: {
    text: ({ target }: { readonly target: string }) =>
      `It is live on ${target}, which was removed from the settings since.`,
    next: 'Galley cannot take it down there any more, and keeps the story.'
  },
  notInTrash: 'It is not in the trash.',
  movedOn: 'It has been changed since.',
  emptyingTrash: 'Emptying the trash',
  changedElsewhere: {
    text: 'This story was changed elsewhere since you opened it.',
    next: 'Your text is kept; choose which version goes on.'
  },
  fieldsUnreadable: 'This story’s stored fields cannot be read.',
  changeMissing: 'A saved change of this story is missing.',
  patchDoesNotFit: {
    text: 'The change does not fit the stored story.',
    next: 'Reload the story; your version is kept beside it.'
  },
  undoEnds: {
    text: 'The step before does not fit the story as it is now, so there is nothing more to undo.',
    next: 'Earlier versions are in the story’s history.'
  },
  newerStory: {
    text: 'This story was written by a newer Galley.',
    next: 'Update Galley to open it. Nothing was changed.'
  },
  textUnreadable: {
    text: 'This story’s stored text cannot be read.',
    next: 'Open it from the last backup; the damaged copy is kept.'
  }
} as const

/** Errors of the file system when writing a file. */
export const files = {
  noNameLeft: { text: 'Every name for that file is taken.', next: 'Choose another folder.' },
  diskFull: {
    text: 'The disk is full. The file was not written; what was there is as it was.',
    next: 'Free some space and try again.'
  },
  cannotWrite: { text: 'That folder cannot be written to.', next: 'Choose another folder, or make this one writable.' },
  nameTaken: {
    text: 'A file of that name is already there. It was left as it is.',
    next: 'Choose another name or folder.'
  },
  folderMissing: { text: 'That folder is not there.', next: 'Choose another folder, or plug the disk in again.' },
  diskFailed: {
    text: 'The disk reported an error. The file was not written; what was there is as it was.',
    next: 'Check the disk and try again.'
  }
} as const

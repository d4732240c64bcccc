/** What a host cannot do. */
export const hosts = {
  cannotShowFolder: {
    text: 'That folder could not be shown.',
    next: ({ folder }: { readonly folder: string }) => `It is ${folder}`
  },
  cannotOpenLink: {
    text: 'That link could not be opened.',
    next: ({ url }: { readonly url: string }) => `Open ${url} in your browser.`
  },
  closed: { text: 'The Galley that has this library open has closed.', next: 'Try again.' },
  noFolderDialog: {
    text: 'This window cannot show a folder dialog.',
    next: 'Type the folder into the export sheet or into Settings.'
  },
  noFileDialog: {
    text: 'This window cannot show a file dialog.',
    next: 'Drop the file on the window, or choose it with the button in the library.'
  },
  cannotReadFile: {
    text: ({ name }: { readonly name: string }) => `“${name}” could not be read.`,
    next: 'Check that the file is still there and that you may open it.'
  },
  notOurAddress: {
    text: 'Something else says it has this library open, and names an address that is not Galley’s.',
    next: 'Check who can write to the library’s folder, then delete the file .instance.json in it and start Galley again.'
  },
  portInUse: {
    text: ({ port }: { readonly port: number }) => `Port ${port} is in use, or not yours to use.`,
    next: 'Name another one with --port, or none at all to get a free one.'
  },
  secretsNotKept: {
    text: 'The secret could not be stored. The ones you had are as they were.',
    next: 'Free some space or check the permissions of Galley’s folder, then try again.'
  },
  secretsUnreadable: {
    text: 'The stored secrets cannot be read.',
    next: 'Check the permissions of the file secrets.json in Galley’s folder, then try again.'
  },
  tooLarge: { text: 'That is more than Galley can take at once (64 MB).', next: 'Use a smaller file.' }
} as const

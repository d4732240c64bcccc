/** The menu and the dialogs of the app. `&` comes before the letter that opens a menu from the keyboard. */
export const menu = {
  settings: 'Settings…',
  file: '&File',
  newStory: 'New story',
  openFile: 'Open a page or text…',
  newWindow: 'New window',
  story: '&Story',
  save: 'Save now',
  export: 'Export…',
  publish: 'Publish…',
  go: '&Go',
  library: 'Library',
  search: 'Search stories',
  outbox: 'Outbox',
  palette: 'Command palette',
  view: '&View',
  exportFolder: { title: 'Export to', button: 'Export here' },
  cannotStart: 'Galley cannot start',
  startBug: 'Something went wrong inside Galley while it started.'
} as const

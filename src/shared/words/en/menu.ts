import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

/** The menu and the dialogs of the app. `&` comes before the letter that opens a menu from the keyboard. */
export const menu = {
  settings: 'Settings…',
  file: '&File',
  newStory: 'New story',
  openFile: 'Open a page or text…',
  newWindow: 'New window',
  edit: '&Edit',
  undo: 'Undo',
  redo: 'Redo',
  speech: 'Speech',
  story: '&Story',
  find: 'Find…',
  replace: 'Find and replace…',
  save: 'Save now',
  export: 'Export…',
  publish: 'Publish…',
  go: '&Go',
  library: 'Library',
  search: 'Search stories',
  outbox: 'Outbox',
  recent: 'Recent stories',
  untitled: 'Untitled',
  palette: 'Command palette',
  view: '&View',
  toggleLibrary: 'Show or hide the library',
  toggleInspector: 'Show or hide story details',
  window: '&Window',
  help: '&Help',
  shortcuts: 'Keyboard shortcuts',
  sample: 'Open the sample story',
  showLogs: 'Show logs',
  newer: 'This version…',
  thisIs: (version: string) => `This is Galley ${version}.`,
  newerDetail: 'Galley never checks for newer versions. You find them where you got this one.',
  ok: 'OK',
  made: 'The licences of the software in Galley are in Settings, and in THIRD-PARTY.txt beside the program.',
  scheduled: {
    live: (target: string) => `Live on ${target}`,
    stopped: (target: string) => `Stopped on the way to ${target}`
  },
  quitting: {
    message: (n: number) =>
      plural(n, { one: '# story waits to leave this laptop', other: '# stories wait to leave this laptop' }),
    next: (headline: string, target: string, when: string) => `The next is “${headline}”, to ${target}, ${when}.`,
    detail:
      'Galley sends them itself: while it is closed or the laptop sleeps, nothing leaves. Stories that miss their hour leave when you open Galley again. In the background, Galley runs without a window until all of them have left, then quits; start it again to see it.',
    stay: 'Stay in the background',
    quit: 'Quit anyway',
    cancel: 'Cancel'
  },
  noSuggestion: 'No suggestions',
  learnWord: 'Add to the dictionary',
  paragraphHistory: 'Earlier versions of this paragraph',
  copyLink: 'Copy the link',
  savePicture: 'Save the picture…',
  pictureName: 'Picture',
  pictureNotSaved: 'The picture could not be saved',
  tryElsewhere: 'Choose another folder, or make some room on the disk.',
  hangs: {
    message: 'This window is not responding.',
    detail: 'Everything Galley has shown as on disk is safe. You can wait, or open the window again where it was.',
    wait: 'Wait',
    again: 'Open it again'
  },
  lost: {
    message: 'Galley’s window keeps stopping.',
    detail: 'Everything that was on disk is safe. Opening it at the library may help; closing Galley loses nothing.',
    again: 'Open it again',
    end: 'Close Galley'
  },
  openFiles: { title: 'Open', button: 'Open', pages: 'Pages, texts and stories', all: 'All files' },
  exportFolder: { title: 'Export to', button: 'Export here' },
  cannotStart: 'Galley cannot start',
  startBug: 'Something went wrong inside Galley while it started.'
} as const

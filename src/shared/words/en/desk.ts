import { grammar } from '../grammar.ts'

const { plural } = grammar('en-GB')

export const desk = {
  library: {
    label: 'Library',
    stories: 'Stories',
    search: 'Search stories',
    clearSearch: 'Clear the search',
    newStory: 'New story',
    openFile: 'Open a page or text…',
    takeIn: 'Take in a page',
    filter: 'Show',
    sort: 'Sort',
    all: 'All stories',
    sortBy: { changed: 'Last changed', created: 'Newest first', headline: 'Headline A–Z', words: 'Longest first' },
    total: (n: number) => plural(n, { one: '# story', other: '# stories' }),
    found: (n: number, more: boolean) =>
      more
        ? plural(n, { one: 'First story', other: 'First # stories' })
        : plural(n, { one: '# story', other: '# stories' }),
    words: (n: number) => plural(n, { one: '# word', other: '# words' }),
    behind: {
      scheduled: 'Older version scheduled',
      queued: 'Older version waiting'
    },
    behindText: {
      scheduled: 'The scheduled version is older than the desk',
      queued: 'The waiting version is older than the desk'
    },
    newest: 'Newest',
    best: 'Best match',
    emptyTitle: 'No stories yet',
    emptyText: 'Drop a saved page or a text here, or write a new one.',
    noneFoundTitle: 'Nothing found',
    noneFoundText: (query: string) => `No story has “${query}” in its headline, standfirst, byline, body or captions.`,
    noneInFilterTitle: 'Nothing here',
    noneInFilterText: 'No story has this status.',
    trash: 'Move to trash',
    cannotTrash: 'A story that is live or scheduled cannot go into the trash. Take it back from publishing first.',
    restore: 'Take out of the trash',
    duplicate: 'Duplicate',
    duplicated: 'A copy was made.',
    copyOf: (headline: string) => `Copy: ${headline}`,
    trashed: (headline: string) => `“${headline}” is in the trash.`,
    restored: 'The story is back as a draft.',
    rowMenu: 'Story actions',
    failed: 'The library could not be read.',
    hide: 'Hide the library',
    show: 'Show the library'
  },
  drop: {
    title: 'Drop to bring it in',
    text: 'A saved page or a text becomes a story to review. A picture goes to the open story.',
    picture: 'Drop the picture on the story',
    noIntake: 'Pages cannot be taken in yet in this build.',
    notAFile: 'Only files can be dropped here.',
    noStory: 'Open a story first; then drop the picture on it.',
    besidePage: (n: number) =>
      plural(n, {
        one: 'The picture beside the page was not added. Make the story first, then drop the picture where it belongs.',
        other:
          'The # pictures beside the page were not added. Make the story first, then drop each picture where it belongs.'
      }),
    unread: (n: number, name: string) =>
      plural(n, {
        one: `“${name}” could not be read and was not added.`,
        other: `“${name}” and others, # in all, could not be read and were not added.`
      }),
    cut: (files: number, deep: number) =>
      `Not everything in the folder was added: Galley takes ${files} files at most, and nothing deeper than ${deep} folders.`
  },
  connection: {
    reconnecting:
      'Reconnecting to Galley’s core. Keep writing: your words are held here and saved as soon as it responds.',
    lost: 'Galley’s core has gone. Your words are still in this window: copy them out, then open Galley again.',
    readOnly: 'This library is open for reading only.'
  },
  palette: {
    label: 'Command palette',
    placeholder: 'Do anything, or find a story',
    commands: 'Commands',
    stories: 'Recent stories',
    none: 'Nothing matches.',
    open: 'Command palette',
    shortcuts: 'Keyboard shortcuts',
    groups: { story: 'Story', go: 'Go', format: 'Format', view: 'View', help: 'Help' }
  },
  host: {
    windowLost: 'The window stopped working and was opened again. The last half second of typing may be missing.',
    crashed: 'Galley did not close properly the last time. Everything that was on disk is here.'
  },
  commands: {
    newStory: 'New story',
    search: 'Search the library',
    library: 'Go to the library',
    settings: 'Settings',
    recovery: 'Recovery',
    palette: 'Command palette',
    menu: 'Menu',
    shortcuts: 'Keyboard shortcuts',
    toggleLibrary: 'Show or hide the library',
    toggleInspector: 'Show or hide story details',
    save: 'Save now',
    copyText: 'Copy the story’s text',
    copyAs: { html: 'Copy the story as HTML', json: 'Copy the story as JSON', text: 'Copy the story as plain text' },
    copiedAs: 'The story is on the clipboard.',
    thisStory: 'This story',
    themeLight: 'Light appearance',
    themeDark: 'Dark appearance',
    themeSystem: 'System appearance',
    back: 'Back',
    forward: 'Forward',
    trash: 'Move the story to the trash',
    duplicate: 'Duplicate the story',
    focusBody: 'Go to the body',
    focusHeadline: 'Go to the headline',
    nextPane: 'Go to the next pane',
    openFile: 'Open a page or text…',
    sample: 'Open the sample story',
    welcome: 'Welcome page',
    notNow: 'That needs an open story.'
  },
  welcome: {
    title: 'Galley',
    line: 'A desk for getting copy from the wire to your readers, with or without a network.',
    steps: [
      { title: 'Bring in copy', text: 'Drop a saved page, paste wire text, or start from nothing.' },
      {
        title: 'Make it yours',
        text: 'Edit the story as readers will see it. Every word is on disk within half a second.'
      },
      { title: 'Send it out', text: 'Export a finished page, or publish to your CMS, now or when the network is back.' }
    ],
    drop: 'Drop a page, a text or a Galley file here',
    or: 'or',
    choose: 'Choose a file',
    sample: 'Open the sample story',
    newStory: 'Write a new story',
    adding: 'Getting the sample ready…'
  },
  crash: {
    title: 'This part of the desk stopped working',
    text: 'Your words are safe: what you typed is on disk or held below. Copy it if you like, then open the desk again.',
    copy: 'Copy the story’s text',
    reload: 'Open the desk again',
    detail: 'What happened'
  },
  start: { title: 'Galley cannot open its library', waiting: 'Opening the library…' }
}

import { plural } from './plural.ts'
import { workflow } from './workflow-en.ts'

export const en = {
  product: 'Galley',
  ...workflow,
  common: {
    close: 'Close', cancel: 'Cancel', remove: 'Remove', dismiss: 'Dismiss', notices: 'Notices', tryAgain: 'Try again', undo: 'Undo', copy: 'Copy',
    save: 'Save', add: 'Add', none: 'None', open: 'Open', back: 'Back', done: 'Done', more: 'More', use: 'Use', untitled: 'Untitled', loading: 'Loading…'
  },
  status: {
    draft: 'Draft', ready: 'Ready for review', approved: 'Approved', scheduled: 'Scheduled', published: 'Published', updating: 'Published, being updated', killed: 'Killed', trashed: 'In the trash'
  },
  statusShort: {
    draft: 'Draft', ready: 'Ready', approved: 'Approved', scheduled: 'Scheduled', published: 'Published', updating: 'Updating', killed: 'Killed', trashed: 'Trash'
  },
  library: {
    label: 'Library', stories: 'Stories', search: 'Search stories', clearSearch: 'Clear the search', newStory: 'New story', openFile: 'Open a page or text…', filter: 'Show', sort: 'Sort', all: 'All stories',
    sortBy: { changed: 'Last changed', created: 'Newest first', headline: 'Headline A–Z', words: 'Longest first' },
    total: (n: number) => plural(n, 'story', 'stories'),
    found: (n: number, more: boolean) => (more ? `First ${n} stories` : plural(n, 'story', 'stories')),
    words: (n: number) => plural(n, 'word', 'words'),
    newest: 'Newest', best: 'Best match',
    emptyTitle: 'No stories yet', emptyText: 'Drop a saved page or a text here, or write a new one.',
    noneFoundTitle: 'Nothing found', noneFoundText: (query: string) => `No story has “${query}” in its headline, standfirst, byline, body or captions.`,
    noneInFilterTitle: 'Nothing here', noneInFilterText: 'No story has this status.',
    trash: 'Move to trash', cannotTrash: 'A story that is live or scheduled cannot go into the trash. Take it back from publishing first.', restore: 'Take out of the trash', duplicate: 'Duplicate', duplicated: 'A copy was made.',
    trashed: (headline: string) => `“${headline}” is in the trash.`, trashedMany: (n: number) => `${plural(n, 'story is', 'stories are')} in the trash.`, restored: 'The story is back as a draft.',
    rowMenu: 'Story actions', failed: 'The library could not be read.', hide: 'Hide the library', show: 'Show the library'
  },
  drop: {
    title: 'Drop to bring it in', text: 'A saved page or a text becomes a story to review. A picture goes to the open story.', picture: 'Drop the picture on the story',
    noIntake: 'Pages cannot be taken in yet in this build.', notAFile: 'Only files can be dropped here.', noStory: 'Open a story first; then drop the picture on it.'
  },
  story: {
    label: 'Story', kicker: 'Kicker', headline: 'Headline', standfirst: 'Standfirst', byline: 'Byline', body: 'Body', caption: 'Caption', credit: 'Credit', alt: 'Alt text',
    headlineHint: 'Headline', kickerHint: 'Kicker', standfirstHint: 'Standfirst: what happened, in a sentence or two', bylineHint: 'By …', bodyHint: 'Write, or paste copy here', captionHint: 'Caption', creditHint: 'Credit',
    altHint: 'Describe the picture for readers who cannot see it',
    leadPicture: 'Lead picture', addLead: 'Lead picture', addLeadHint: 'Drop, paste or choose', pictureToCome: 'Picture to come', choosePicture: 'Choose a picture', replacePicture: 'Replace', removePicture: 'Remove the picture',
    removedPicture: 'The lead picture was removed from the story.',
    published: 'Published', updated: 'Last updated', notPublished: 'Not published yet', scheduledFor: 'Goes out', embargoedUntil: 'Embargoed until',
    missingTitle: 'There is no such story', missingText: 'It may have been removed from this library.', failedTitle: 'This story cannot be opened',
    statusLabel: 'Status', details: 'Story details', showDetails: 'Show story details', hideDetails: 'Hide story details', changedOutside: 'This story was changed elsewhere; you are looking at the newest version.',
    trashedNotice: 'This story is in the trash.', killedNotice: 'This story was killed and must not be published.',
    notSavedYet: (headline: string) => `“${headline}” is not on disk yet. Galley goes on trying; keep this window open.`,
    readOnlyNotice: 'The library is open for reading only. Nothing can be changed.',
    pasting: 'Pasting…'
  },
  toolbar: {
    label: 'Text formatting', block: 'Paragraph style', paragraph: 'Paragraph', heading2: 'Heading', heading3: 'Subheading', heading4: 'Small heading', quote: 'Quote', bold: 'Bold', italic: 'Italic', link: 'Link', bulleted: 'Bulleted list', numbered: 'Numbered list',
    picture: 'Picture', undo: 'Undo', redo: 'Redo'
  },
  link: {
    title: 'Link', address: 'Address', addressHint: 'https://…', apply: 'Set link', remove: 'Remove link', invalid: 'That is not a web, mail or phone address.', description: 'https://, mailto: or tel:'
  },
  conflict: {
    title: 'Somebody else changed this story',
    lead: 'While you were writing, a newer version was saved. Nothing was overwritten; both versions are kept. Choose what happens to your text.',
    copy: 'Copy my text', copyText: 'Puts your version on the clipboard. The story stays as it is here.', copied: 'Your text is on the clipboard.',
    load: 'Load the newer version', loadText: 'Shows what was saved. Your version is kept as a story of its own first.',
    fork: 'Save mine as a new story', forkText: 'Your version becomes a new draft; the newer one stays untouched.',
    forked: 'Your version is now a story of its own.', keptAs: (headline: string) => `${headline} (my version)`, theirs: (when: string) => `Newer version saved at ${when}`
  },
  save: {
    onDisk: (time: string) => `On disk ${time}`, unchanged: 'On disk', saving: 'Saving…', notSaved: 'NOT SAVED', conflict: 'NOT SAVED: changed elsewhere', offline: 'NOT SAVED: no connection to Galley’s core', resolve: 'Choose…',
    copyText: 'Copy the text', copied: 'The whole text is on the clipboard.', copyFailed: 'The clipboard did not take the text. Select it in the story and copy it by hand.'
  },
  statusBar: {
    label: 'Status', words: (n: number) => plural(n, 'word', 'words'), characters: (n: number) => plural(n, 'character', 'characters'), minutes: (n: number) => `${n} min read`, online: 'Online', offline: 'Offline', offlineText: 'No network. Everything but publishing works; what is queued goes out when the network is back.',
    onlineText: 'There is a network.', reconnecting: 'Reconnecting…', lost: 'Connection lost', stories: (n: number) => plural(n, 'story', 'stories'),
    waiting: (n: number) => `${n} waiting to be published`, attention: (n: number) => `${n} ${n === 1 ? 'needs' : 'need'} attention`
  },
  connection: {
    reconnecting: 'Reconnecting to Galley’s core. Keep writing: your words are held here and saved as soon as it answers.',
    lost: 'Galley’s core has gone. Your words are still in this window: copy them out, then open Galley again.',
    readOnly: 'This library is open for reading only.'
  },
  inspector: {
    label: 'Story details', story: 'Story', times: 'Times', publish: 'Publish',
    address: 'Address and filing', headlines: 'Headlines elsewhere', people: 'Byline and source', filing: 'Filing', language: 'Language', notes: 'For the desk', related: 'Related stories', corrections: 'Corrections', outline: 'Outline',
    slug: 'Slug', slugText: 'The last part of the story’s address on the web.', slugFromHeadline: 'From headline', slugEmpty: 'made from the headline when published', slugline: 'Slugline', sluglineHint: 'Add…',
    headlineShort: 'Short headline', headlineSeo: 'Search headline', headlineSocial: 'Social headline', sameAsHeadline: 'Same as the headline',
    authors: 'Authors', authorsHint: 'Add…', authorsText: 'Names without “By”.', source: 'Source', sourceHint: 'Add…', dateline: 'Dateline', datelineHint: 'Add…', section: 'Section', sectionHint: 'Add…', keywords: 'Keywords', keywordsHint: 'Add…',
    languageLabel: 'Language', direction: 'Direction', directions: { auto: 'By language', ltr: 'Left to right', rtl: 'Right to left' }, urgency: 'Urgency', urgencies: ['1 · Flash', '2 · Bulletin', '3 · Urgent', '4 · High', '5 · Routine', '6', '7', '8 · Low', '9 · When time allows'],
    usageTerms: 'Usage terms', editorsNote: 'Editor’s note', editorsNoteText: 'Never published.', relatedHint: 'Search the library, or paste an address', relatedAdd: 'Add a related story', relatedNone: 'None yet', relatedLink: 'Web address',
    correctionAdd: 'Add a correction', correctionText: 'What was wrong, and what is right', correctionKinds: { correction: 'Correction', clarification: 'Clarification', update: 'Update' }, correctionKind: 'Kind',
    outlineEmpty: 'Headings in the body are listed here.', facts: 'This story', created: 'Created', revision: 'Revision', invalidLanguage: 'Not a language code such as en, ar or en-GB.',
    publishEmpty: 'Publishing is not part of this build yet.'
  },
  times: {
    firstPublished: 'First published', firstPublishedText: 'Set by publishing and never moved by an edit. Change it only to correct it.', lastUpdated: 'Last updated', lastUpdatedText: 'The last significant update readers should know of.',
    release: 'Release', releaseNone: 'At once', scheduled: 'Scheduled', embargoed: 'Embargoed', releaseAt: 'Not before', releaseText: 'It does not leave this desk before then.', embargoText: 'Set by somebody else. It must not be public before then.',
    created: 'Created', edit: 'Edit', set: 'Set', clear: 'Clear', date: 'Date', time: 'Time', zone: 'Time zone', openCalendar: 'Open calendar', setNow: 'Now', never: 'Not yet',
    skipped: 'Clocks go forward over that time there; the time after the jump is used.', twice: 'Clocks show that time twice that day.', useFirst: 'Use the first', useSecond: 'Use the second',
    origin: { clock: 'From this laptop’s clock', typed: 'Entered by hand', intake: 'Read from the page', import: 'From an imported file', cms: 'From the CMS' }, read: (words: string) => `Read from “${words}”`
  },
  media: {
    proposals: 'In the picture’s own record', from: (field: string, record: string) => `${field} from ${record}`, use: 'Use', records: { xmp: 'XMP', iptc: 'IPTC', exif: 'EXIF' }, dismiss: 'Ignore', copyright: 'Copyright', instructions: 'Instructions',
    adding: 'Storing the picture…', notPicture: (name: string) => `“${name}” is not a picture Galley can use. JPEG, PNG, WebP, GIF and AVIF work.`, tooLarge: (name: string, size: string) => `“${name}” is ${size}. Pictures may be up to 40 MB.`, altMissing: 'No alt text yet'
  },
  palette: {
    label: 'Command palette', placeholder: 'Do anything, or find a story', commands: 'Commands', stories: 'Recent stories', none: 'Nothing matches.', open: 'Command palette', shortcuts: 'Keyboard shortcuts',
    groups: { story: 'Story', go: 'Go', format: 'Format', view: 'View', help: 'Help' }
  },
  commands: {
    newStory: 'New story', search: 'Search the library', library: 'Go to the library', settings: 'Settings', palette: 'Command palette', shortcuts: 'Keyboard shortcuts', toggleLibrary: 'Show or hide the library', toggleInspector: 'Show or hide story details', save: 'Save now', copyText: 'Copy the story’s text',
    themeLight: 'Light appearance', themeDark: 'Dark appearance', themeSystem: 'Appearance of the system', back: 'Back', forward: 'Forward', trash: 'Move the story to the trash', duplicate: 'Duplicate the story', focusBody: 'Go to the body', focusHeadline: 'Go to the headline', nextPane: 'Go to the next pane', openFile: 'Open a page or text…', sample: 'Open the sample story', welcome: 'Welcome page'
  },
  settings: {
    title: 'Settings', lead: 'For this library. Saved as you change them.', desk: 'The desk', deskName: 'Name of the publication', deskNameText: 'Shown on exported pages.', siteUrl: 'Site address', siteUrlHint: 'https://…', siteUrlInvalid: 'Enter a web address that starts with https:// or http://.',
    zone: 'Time zone', zoneText: 'For dates that name none.', language: 'Language of new stories', appearance: 'Appearance', theme: 'Theme', themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    exporting: 'Exported pages', exportFolder: 'Export folder', exportFolderText: (folder: string) => `Empty: ${folder}`, choose: 'Choose…', channels: 'Channels', channelsText: 'The “Follow us on” links of exported pages.', rail: 'Top stories', railText: 'The rail of links on exported pages.', railTitle: 'Title of the rail',
    label: 'Label', url: 'Address', addLink: 'Add a link', removeLink: 'Remove this link', linkInvalid: 'Needs words and a web address.', publishing: 'Publishing', library: 'This library', folder: 'Folder', version: 'Version', health: 'Check the library’s health', healthy: 'Everything is in order.', saved: 'Saved', loading: 'Loading the settings…'
  },
  welcome: {
    title: 'Galley', line: 'A desk for getting copy from the wire to your readers, with or without a network.',
    steps: [
      { title: 'Bring in copy', text: 'Drop a saved page, paste wire text, or start from nothing.' },
      { title: 'Make it yours', text: 'Edit the story as readers will see it. Every word is on disk within half a second.' },
      { title: 'Send it out', text: 'Export a finished page, or publish to your CMS, now or when the network is back.' }
    ],
    drop: 'Drop a page, a text or a Galley file here', or: 'or', choose: 'Choose a file', sample: 'Open the sample story', newStory: 'Write a new story', adding: 'Getting the sample ready…'
  },
  crash: {
    title: 'This part of the desk stopped working', text: 'Your words are safe: what you typed is on disk or held below. Copy it if you like, then open the desk again.', copy: 'Copy the story’s text', reload: 'Open the desk again', detail: 'What happened'
  },
  start: { title: 'Galley cannot open its library', waiting: 'Opening the library…' }
} as const

import { plural } from './plural.ts'

/** The words of bringing copy in and sending it out. */
export const workflow = {
  intake: {
    title: (name: string) => `Review: ${name}`,
    lead: 'Every line of the page is here once. Change what a line is, and the story follows. Nothing is stored before you accept.',
    reading: (name: string) => `Reading ${name}…`,
    failedTitle: 'This cannot be taken in',
    lines: 'Lines of the page', story: 'The story it makes', role: (line: number) => `What line ${line} is`, empty: 'No line to show here.',
    show: { all: 'All lines', kept: 'Kept', dropped: 'Left out' },
    account: (kept: number, dropped: number) => `${plural(kept, 'line', 'lines')} kept, ${dropped} left out, none lost`,
    zone: 'Dates read in', accept: 'Make the story', acceptAgain: 'Accepting…', skip: 'Skip this one', more: (n: number) => `${n} more to review`,
    words: (n: number) => plural(n, 'word', 'words'), paragraphs: (n: number) => plural(n, 'block in the body', 'blocks in the body'),
    noHeadline: 'No headline found', noBody: 'No body found. Mark the lines of the story as body.', imported: (name: string) => `“${name}” was opened.`,
    pictureToCome: 'Picture to come', asRead: (words: string) => `read from “${words}”`, pasted: 'Pasted text', noFile: 'Nothing to paste: the clipboard holds no text.',
    pasteCommand: 'Take in copy from the clipboard',
    roles: {
      headline: 'Headline', kicker: 'Kicker', standfirst: 'Standfirst', byline: 'Byline', dateline: 'Dateline', section: 'Section', caption: 'Caption', credit: 'Credit', alt: 'Alt text', published: 'Published', updated: 'Last updated',
      body: 'Body', heading: 'Subheading', quote: 'Quote', listItem: 'List item', keywords: 'Keywords', related: 'Related story', furniture: 'Page furniture', duplicate: 'Repetition', blank: 'Blank line'
    }
  },
  exporting: {
    command: 'Export…', title: 'Export', lead: (headline: string) => `“${headline}”`, leadMany: (n: number) => plural(n, 'story', 'stories'), button: 'Export',
    formats: 'Formats', formatNames: { html: 'HTML page', fragment: 'HTML fragment', json: 'Galley JSON', ninjs: 'ninjs 3.1', text: 'Plain text' },
    formatText: { html: 'Complete page, ready to open or upload', fragment: 'Only the article, to paste into a page', json: 'Lossless; can be opened in Galley again', ninjs: 'The IPTC’s news format', text: 'Words only' },
    images: 'Pictures', imageNames: { beside: 'Files beside the page', inline: 'Inside the page' }, folder: 'Folder', choose: 'Choose…', existing: 'If a file is there already', existingNames: { rename: 'Keep both', replace: 'Replace it' },
    download: 'Download', write: 'Write files', writing: 'Writing…', stop: 'Stop', done: (n: number) => `${plural(n, 'file', 'files')} written`, into: (folder: string) => `in ${folder}`, reveal: 'Show the folder', copyPath: 'Copy the folder’s path', copiedPath: 'The path is on the clipboard.',
    failed: (n: number) => `${plural(n, 'story', 'stories')} could not be exported`, nothing: 'Choose at least one format.'
  },
  publishing: {
    command: 'Publish…', title: 'Publish', button: 'Publish', update: 'Publish update', target: 'Publish to', publishTo: (name: string) => `Publish to ${name}`, updateOn: (name: string) => `Update on ${name}`, queueFor: (name: string) => `Queue for ${name}`,
    approves: (revision: number) => `This approves revision ${revision}: exactly what is on the desk now.`, leaves: (when: string) => `It leaves the desk at ${when}, not before.`, leavesNow: (when: string) => `Its release, ${when}, has passed: it leaves at once.`,
    offline: 'There is no network. The story is queued and leaves by itself when the network is back.',
    noTargetTitle: 'Nowhere to publish yet', noTargetText: 'Add your CMS in the settings, or start the practice CMS: a small real one on this laptop, to try the whole way.',
    addTarget: 'Add a CMS…', startPractice: 'Start the practice CMS', stopPractice: 'Stop the practice CMS', openPractice: 'Open its pages', practiceRunning: (url: string) => `Running at ${url}`, practiceStopped: 'Not running', practice: 'Practice CMS',
    practiceText: 'Real HTTP on this machine only. What you publish there nobody else can see.',
    queued: 'Approved and queued.', live: 'Live', openLive: 'Open the page', receipt: 'Receipt', receiptText: (when: string) => `Read back from the CMS at ${when}; it is exactly what was approved.`, receiptFacts: (revision: number, sum: string) => `Revision ${revision} · SHA-256 ${sum}`,
    outbox: 'Outbox', outboxEmpty: 'Nothing is waiting.', outboxEmptyText: 'Stories you publish are listed here until they are live, and afterwards with their receipts.', history: 'Steps', steps: (n: number) => plural(n, 'step', 'steps'),
    states: { waiting: 'Waiting', scheduled: 'Scheduled', sending: 'Sending', paused: 'Paused', conflict: 'Changed on the CMS', refused: 'Refused', done: 'Live', cancelled: 'Taken back' },
    nextTry: (when: string) => `Next try ${when}`, notBefore: (when: string) => `Not before ${when}`, tries: (n: number) => plural(n, 'try', 'tries'),
    retry: 'Try now', cancel: 'Take back', overwrite: 'Put ours over it', publishAgain: 'Publish it again', compare: 'Show what is there', remoteTitle: 'What the CMS holds now', remoteText: 'Somebody changed the story on the CMS since we last saw it. Nothing was overwritten.', remoteGone: 'The CMS has no such story any more.', takenBack: 'Taken back.',
    waiting: (n: number) => `${n} waiting to be published`, attention: (n: number) => `${n} ${n === 1 ? 'needs' : 'need'} attention`, sendingNow: 'Sending…',
    targets: 'CMS targets', targetsText: 'Where this desk publishes to.', name: 'Name', url: 'Address of the endpoint', urlHint: 'https://cms.example.org/galley', urlInvalid: 'Enter an address that starts with https:// (http:// works on this machine only).', secret: 'Shared secret', secretKept: 'A secret is stored. Leave empty to keep it.',
    secretRun: 'This system has no keychain Galley can trust, so the secret is kept until Galley closes, and never on disk.', format: 'Sends', formats: { galley: 'Galley JSON', ninjs: 'ninjs 3.1' }, edit: 'Edit', remove: 'Remove', removeTitle: (name: string) => `Remove ${name}?`, removeText: 'Stories that are live there stay as they are.',
    test: 'Test', testing: 'Asking…', addTitle: 'Add a CMS', editTitle: 'Edit this CMS', save: 'Save', secretStates: { stored: 'Secret in the keychain', 'this-run': 'Secret until Galley closes', none: 'No secret' }, endpointText: 'Any CMS that speaks the open endpoint. The contract is in docs/open-endpoint.md.'
  }
} as const

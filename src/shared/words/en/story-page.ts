import { grammar } from '../grammar.ts'

const { number } = grammar('en-GB')

export const storyPage = {
  story: {
    label: 'Story',
    kicker: 'Kicker',
    headline: 'Headline',
    standfirst: 'Standfirst',
    byline: 'Byline',
    body: 'Body',
    caption: 'Caption',
    credit: 'Credit',
    alt: 'Alt text',
    addAlt: 'Add alt text',
    headlineHint: 'Headline',
    kickerHint: 'Kicker',
    standfirstHint: 'Standfirst: what happened, in a sentence or two',
    bylineHint: 'By …',
    bodyHint: 'Write, or paste copy here',
    captionHint: 'Caption',
    creditHint: 'Credit',
    altHint: 'Describe the picture for readers who cannot see it',
    leadPicture: 'Lead picture',
    addLead: 'Lead picture',
    addLeadHint: 'Drop, paste or choose',
    pictureToCome: 'Picture to come',
    commentsLeftOut: (n: number) =>
      n === 1 ? 'A comment from the margin was left out.' : `${n} comments from the margin were left out.`,
    pasteCut: (characters: number) =>
      `That is more than fits in one paste. Its last ${number(characters)} characters were left out; paste them separately.`,
    choosePicture: 'Choose a picture',
    replacePicture: 'Replace',
    removePicture: 'Remove the picture',
    removedPicture: 'The lead picture was removed from the story.',
    removedPictureKept: 'The lead picture was removed. Its words are kept until you remove them too.',
    published: 'Published',
    updated: 'Last updated',
    notPublished: 'Not published yet',
    scheduledFor: 'Planned for',
    embargoedUntil: 'Embargoed until',
    missingTitle: 'There is no such story',
    missingText: 'It may have been removed from this library.',
    failedTitle: 'This story cannot be opened',
    statusLabel: 'Status',
    details: 'Story details',
    showDetails: 'Show story details',
    hideDetails: 'Hide story details',
    trashedNotice: 'This story is in the trash.',
    killedNotice: 'This story was withdrawn: it was live and was taken down. Make it a draft to work on it again.',
    makeDraft: 'Make it a draft',
    notSavedYet: (headline: string) =>
      `“${headline}” is not on disk yet. Galley goes on trying; keep this window open.`,
    readOnlyNotice: 'The library is open for reading only. Nothing can be changed.',
    pasting: 'Pasting…'
  },
  body: {
    quoteWords: 'What was said',
    speaker: 'Who said it',
    cell: ({ row, column }: { readonly row: number; readonly column: number }) => `Row ${row}, column ${column}`,
    table: {
      label: 'Table',
      headerRow: 'First row names the columns',
      headerColumn: 'First column names the rows',
      rowAbove: 'Add a row above',
      rowBelow: 'Add a row below',
      columnBefore: 'Add a column before',
      columnAfter: 'Add a column after',
      removeRow: 'Remove the row',
      removeColumn: 'Remove the column'
    }
  },
  toolbar: {
    more: 'More tools',
    label: 'Text formatting',
    block: 'Paragraph style',
    insert: 'Insert',
    bold: 'Bold',
    italic: 'Italic',
    link: 'Link',
    blocks: {
      paragraph: 'Paragraph',
      heading2: 'Heading',
      heading3: 'Subheading',
      heading4: 'Small heading',
      quote: 'Quote',
      bulleted: 'Bulleted list',
      numbered: 'Numbered list',
      pullQuote: 'Pull quote',
      attributedQuote: 'Quote with speaker',
      table: 'Table',
      divider: 'Divider'
    },
    picture: 'Picture',
    undo: 'Undo',
    redo: 'Redo'
  },
  link: {
    title: 'Link',
    address: 'Address',
    addressHint: 'https://…',
    apply: 'Set link',
    remove: 'Remove link',
    invalid: 'That is not a web, mail or phone address.',
    description: 'https://, mailto: or tel:'
  },
  conflict: {
    title: 'Somebody else changed this story',
    lead: 'While you were writing, a newer version was saved. Nothing was overwritten; both versions are kept. Choose what happens to your text.',
    copy: 'Copy my text',
    copyText: 'Puts your version on the clipboard. The story stays as it is here.',
    copied: 'Your text is on the clipboard.',
    load: 'Load the newer version',
    loadText: 'Shows what was saved. Your version is kept as a story of its own first.',
    fork: 'Save mine as a new story',
    forkText: 'Your version becomes a new draft; the newer one stays untouched.',
    forked: 'Your version is now a story of its own.',
    keptAs: (headline: string) => `${headline} (my version)`,
    theirs: (when: string) => `Newer version saved at ${when}`
  },
  save: {
    onDisk: (time: string) => `On disk ${time}`,
    unchanged: 'On disk',
    saving: 'Saving…',
    notSaved: 'NOT SAVED',
    notSavedSince: (time: string) => `NOT SAVED since ${time}`,
    conflict: 'NOT SAVED: changed elsewhere',
    offline: 'NOT SAVED: no connection to Galley’s core',
    resolve: 'Choose…',
    copyText: 'Copy the text',
    copied: 'The whole text is on the clipboard.',
    copyFailed: 'The clipboard did not take the text. Select it in the story and copy it by hand.'
  },
  media: {
    proposals: 'In the picture’s own record',
    from: (field: string, record: string) => `${field} from ${record}`,
    use: 'Use',
    records: { xmp: 'XMP', iptc: 'IPTC', exif: 'EXIF' },
    dismiss: 'Ignore',
    copyright: 'Copyright',
    instructions: 'Instructions',
    adding: 'Storing the picture…',
    addingNamed: (name: string) => `Storing “${name}”…`,
    damaged: (name: string) => `A part of “${name}” is damaged. It was added; look it over before you publish it.`,
    leavesAsStill: (name: string) =>
      `“${name}” moves. It was added, but what is exported and published of an AVIF is its first picture; for one that moves, use a WebP or GIF.`
  }
}

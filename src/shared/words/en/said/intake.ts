import type { Said } from '../../said.ts'

/** Bringing copy in. */
const textAndPages = 'Galley takes in text and web pages.'
const wordProcessor = 'Open it in the word processor, copy the text and paste it here, or save it as plain text.'

export const intake = {
  isUnreadable: {
    text: 'That is a file that holds no readable text, not a page of text.',
    next: 'Save the story as text or as a web page (HTML) and drop that.'
  },
  isSoundOrFilm: { text: 'That is a sound or film file, not a page of text.', next: textAndPages },
  isFilm: { text: 'That is a film file, not a page of text.', next: textAndPages },
  isPdf: { text: 'That is a PDF, not a page of text.', next: 'Open it, copy the story’s text and paste it here.' },
  isOldOffice: { text: 'That is an old Word, Excel or Outlook document, not a page of text.', next: wordProcessor },
  isRtf: { text: 'That is a rich text (RTF) document, not a page of text.', next: wordProcessor },
  isArchive: {
    text: 'That is a packed (compressed) file, not a page of text.',
    next: 'Unpack it first and drop the page that is in it.'
  },
  isSound: { text: 'That is a sound file, not a page of text.', next: textAndPages },
  isProgram: { text: 'That is a program, not a page of text.', next: textAndPages },
  isDatabase: { text: 'That is a database, not a page of text.', next: textAndPages },
  isWebArchive: {
    text: 'That is a web archive of Safari, not a page of text.',
    next: 'Save the page again as “Page Source” (HTML) and drop that.'
  },
  isExcel: { text: 'That is an Excel sheet, not a page of text.', next: wordProcessor },
  isPowerPoint: { text: 'That is a PowerPoint presentation, not a page of text.', next: wordProcessor },
  isOpenDocument: { text: 'That is an OpenDocument file, not a page of text.', next: wordProcessor },
  isPages: { text: 'That is a document of Pages, not a page of text.', next: wordProcessor },
  isPostScript: {
    text: 'That is a PostScript file, not a page of text.',
    next: 'Open it, copy the story’s text and paste it here.'
  },
  isEbook: { text: 'That is an e-book, not a page of text.', next: 'Copy the story’s text and paste it here.' },
  isZip: {
    text: 'That is a zip archive, not a page of text.',
    next: 'Unpack it first and drop the page that is in it.'
  },
  isWord: { text: 'That is a Word document, not a page of text.', next: wordProcessor },
  isPicture: {
    text: ({ format }: { readonly format: string }) => `That is a ${format} picture, not a page of text.`,
    next: 'Drop it on a story’s lead picture instead.'
  },
  emptyPaste: {
    text: 'There is no text in what was pasted.',
    next: 'Check that the page was saved whole, then try again.'
  },
  emptyFile: { text: 'There is no text in that file.', next: 'Check that the page was saved whole, then try again.' },
  newerStory: { text: 'This story was exported by a newer Galley.', next: 'Update Galley, then import it again.' },
  unfitStory: {
    text: 'This file says it is a Galley story but does not fit the format.',
    next: 'Export the story again, or import it as text.'
  },
  tooLarge: {
    text: ({ size }: { readonly size: string }) => `That file is ${size} MB; Galley reads pages of up to 20 MB.`,
    next: 'Save the story’s text alone, or copy it and paste it here.'
  },
  stopped: 'Reading the page was stopped.',
  takesTooLong: {
    text: 'That page could not be read in a reasonable time; nothing was stored.',
    next: 'Copy the story’s text alone and paste it here.'
  },
  unknownZone: {
    text: ({ zone }: { readonly zone: string }) => `“${zone}” is not a time zone this machine knows.`,
    next: 'Choose one such as Asia/Dubai.'
  },
  noText: {
    text: 'That page shows no text.',
    next: 'A script may build it when it is opened: copy the story from the browser and paste it here.'
  },
  foreignPage: ({ kind }: { readonly kind: Said }) => `That is ${kind}, not a page of text.`,
  foreignStory: ({ kind }: { readonly kind: Said }) => `That is ${kind}, not a story file.`,
  noJson: {
    text: 'That is not a story file: story files are JSON.',
    next: 'Drop pages and texts on the window; they are taken in line by line.'
  },
  noClipboard: 'Galley may not read the clipboard here. Paste into the window instead.',
  storyInJson: { text: 'That is a story in JSON, not a page.', next: 'Open it as a story with “Open…”.' },
  unknownJson: {
    text: 'This JSON file is neither a Galley story nor ninjs.',
    next: 'Open the story in the program it came from and export it as ninjs, HTML or text.'
  },
  brokenJson: {
    text: 'This file is not whole: it is not valid JSON.',
    next: 'Get the file again; it may have been cut off on the way.'
  }
} as const

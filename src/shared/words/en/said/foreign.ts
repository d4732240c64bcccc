/** Newsroom files that are not pages: the name of each kind, for use inside a sentence, and what to do instead. */
const copy = 'Open the story itself in its program or in a browser, copy its text and paste it here.'
const feed = 'A feed holds the openings of many stories: open the one you want and copy it from there.'
const saveAgain = 'Save the page again as “Webpage, HTML only” and drop that.'
const textAndPages = 'Galley takes in text and web pages.'

export const foreign = {
  newsMlG2: { text: 'a NewsML-G2 item', next: copy },
  newsMl: { text: 'a NewsML 1 item', next: copy },
  nitf: { text: 'an NITF story', next: copy },
  wxr: {
    text: 'a WordPress export (WXR)',
    next: 'It holds a whole site: open the one story in a browser and copy it from there.'
  },
  rss: { text: 'an RSS feed', next: feed },
  atom: { text: 'an Atom feed', next: feed },
  opml: { text: 'a list of feeds (OPML)', next: copy },
  svg: { text: 'a drawing (SVG)', next: textAndPages },
  xml: { text: ({ name }: { readonly name: string }) => `an XML file (<${name}>)`, next: copy },
  mhtml: {
    text: 'a web page in one file (MHTML)',
    next: saveAgain
  },
  warc: { text: 'a web archive (WARC)', next: saveAgain },
  http: { text: 'a page with what its server sent along (HTTP)', next: saveAgain },
  shortcut: { text: 'a shortcut to a page', next: 'Open it in a browser, save the page there and drop that.' },
  card: { text: 'a contact card (vCard)', next: textAndPages },
  calendar: { text: 'a calendar entry (iCalendar)', next: textAndPages },
  subtitles: { text: 'a file of subtitles', next: copy },
  table: {
    text: 'a table (CSV or the like)',
    next: 'Open it in a spreadsheet program, copy the cells you need and paste them into the story.'
  },
  data: { text: 'a file of data (JSON)', next: copy },
  styleSheet: { text: 'a style sheet of a web page (CSS)', next: textAndPages },
  code: { text: 'the source code of a program', next: textAndPages },
  settings: { text: 'a file of settings', next: textAndPages },
  log: { text: 'the log of a program', next: textAndPages },
  playlist: { text: 'a playlist', next: textAndPages },
  changes: { text: 'a list of changes to source code (diff)', next: textAndPages },
  latex: { text: 'a LaTeX document', next: copy },
  references: { text: 'a list of references', next: textAndPages },
  encoded: { text: 'a file written out in letters (base64 or the like)', next: 'Get the file itself, and drop that.' },
  mail: { text: 'an e-mail', next: 'Open it in the mail program, copy the story and paste it here.' },
  wire: {
    text: 'a wire message (IPTC 7901)',
    next: 'Open it in the wire’s own reader, copy the story and paste it here.'
  }
} as const

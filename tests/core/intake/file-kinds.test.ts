import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { body, review } from './support.ts'

const page = `<!doctype html><html><body><h1>The well is deep</h1><p>The well in the square is forty metres deep, the surveyor said.</p></body></html>`
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
/** What no text is: bytes of all values, always the same ones. */
const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, n) => (n * 197 + ((n * n) >> 3)) & 255))
const zip = (...names: string[]): Buffer =>
  Buffer.concat(
    names.flatMap((name) => [latin('PK\x03\x04\x14\0\0\0\x08\0'), Buffer.alloc(18), latin(name), noise(9000)])
  )
const tar = Buffer.alloc(1024)
tar.write('story.txt')
tar.write('ustar', 257)
tar.write('The well in the square is forty metres deep.', 512)

const files: readonly [string, Uint8Array][] = [
  ['a Word document', zip('[Content_Types].xml', 'docProps/app.xml', 'word/document.xml', 'word/media/image1.png')],
  ['an Excel sheet', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/media/image1.png')],
  ['an OpenDocument file', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'content.xml')],
  ['a document of Pages', zip('Index/Document.iwa', 'preview.jpg')],
  ['a zip archive', zip('well.html')],
  ['a zip archive', latin(`PK\x05\x06${'\0'.repeat(18)}`)],
  ['a rich text (RTF) document', latin('{\\rtf1\\ansi The well is deep}')],
  ['a rich text (RTF) document', latin('\xef\xbb\xbf{\\rtf1\\ansi The well is deep}')],
  ['a rich text (RTF) document', latin('\r\n {\\rtf1\\ansi The well is deep}')],
  ['a packed (compressed) file', gzipSync(page)],
  ['a packed (compressed) file', latin('BZh91AY&SY\x9a\xbc')],
  ['a packed (compressed) file', latin('\xfd7zXZ\0\0\x04\xe6')],
  ['a packed (compressed) file', latin('\x28\xb5\x2f\xfd\x24\x10')],
  ['a packed (compressed) file', tar],
  ['a BMP picture', Buffer.concat([latin('BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'), Buffer.alloc(4000, 0xcc)])],
  ['a Photoshop picture', Buffer.concat([latin('8BPS\0\x01'), noise(300)])],
  ['a film file', Buffer.concat([latin('\0\0\x01\xba'), noise(3000), latin('\x01\x02')])],
  ['a film file', Buffer.concat([latin('\x1a\x45\xdf\xa3'), noise(300)])],
  ['a sound file', Buffer.concat([latin('\xff\xfb\x90\x64'), noise(3000)])],
  ['a sound file', Buffer.concat([latin('fLaC'), noise(300)])],
  ['a program', Buffer.concat([latin('\xcf\xfa\xed\xfe\x07\0\0\x01'), noise(300)])],
  ['a PostScript file', latin('%!PS-Adobe-3.0\n%%Title: well\n/x 1 def\n')],
  ['a shortcut to a page', latin('[InternetShortcut]\r\nURL=https://hill.example/well\r\n')],
  ['a contact card (vCard)', latin('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ines Mora\r\nEND:VCARD\r\n')],
  ['a calendar entry (iCalendar)', latin('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n')],
  ['a web archive (WARC)', latin('WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n')],
  [
    'a page with what its server sent along (HTTP)',
    latin(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: hill\r\n\r\n${page}`)
  ],
  [
    'a file written out in letters (base64 or the like)',
    latin(
      noise(900)
        .toString('base64')
        .replace(/(.{76})/g, '$1\r\n')
    )
  ],
  ['a file written out in letters (base64 or the like)', latin('begin 644 well.doc\n#0V%T\n`\nend\n')],
  ['a file that holds no readable text', noise(40)],
  ['a file that holds no readable text', noise(5000)],
  ['a file that holds no readable text', brotliCompressSync(noise(3000))]
]

describe('files that hold no text', () => {
  it.each(files)('%s is refused by its name, whatever it is called', (is, bytes) => {
    for (const name of ['well.html', 'well.txt', 'well'])
      expect(() => review(bytes, { name }), name).toThrow(`That is ${is}, not a page of text.`)
  })

  it('an empty file, one of spaces, and one that is too large say so', () => {
    for (const bytes of ['', ' \r\n\t ', '\ufeff'])
      expect(() => review(bytes, { name: 'well.html' })).toThrow('There is no text in that file.')
    expect(() => review(new Uint8Array(30 * 1024 * 1024).fill(32), { name: 'well.html' })).toThrow(
      'That file is 30 MB; Galley reads pages of up to 20 MB.'
    )
  })
})

describe('copy that begins like a file of another kind is copy', () => {
  it.each([
    'BMW and its rivals met in the square.',
    'MZ was the mark on every bicycle in the valley.',
    'PKs decided the match in the square.',
    'BEGIN: that was the word on the first page of the diary.',
    'HTTP/2 is faster than what it replaces, the engineers said on Monday.',
    'Begin 644 again, said the man on the stage.',
    'ID3 is what a sound file begins with, he explained.'
  ])('%s', (opening) => {
    const found = review(`${opening}\n\nThe well in the square is forty metres deep, the surveyor said on Monday.\n`)
    expect([found.fields.headline, ...body(found)].join('\n')).toContain(opening)
  })
})

import { describe, expect, it } from 'vitest'
import { importStory } from '../../../src/main/core/intake/story-import.ts'
import { review } from './support.ts'

const files: readonly [string, string][] = [
  [
    'a NewsML-G2 item',
    '<?xml version="1.0"?>\n<!-- wire -->\n<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="3"><itemMeta/></newsItem>'
  ],
  ['a NewsML-G2 item', '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet/></newsMessage>'],
  [
    'an NITF story',
    '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head/><body><p>Text</p></body></nitf>'
  ],
  ['a NewsML 1 item', '<?xml version="1.0"?>\n<NewsML Version="1.2"><NewsItem/></NewsML>'],
  ['an RSS feed', '<?xml version="1.0"?><rss version="2.0"><channel><title>Hill Paper</title></channel></rss>'],
  ['an Atom feed', '\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Paper</title></feed>'],
  [
    'a WordPress export (WXR)',
    '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'
  ],
  [
    'an e-mail',
    'Received: from mx.hill.example\r\nFrom: Ines <ines@hill.example>\r\nTo: desk@hill.example\r\nSubject: Mill\r\nDate: Thu, 14 Sep 2023 08:05:00 +0100\r\n\r\nThe mill turns.\r\n'
  ],
  [
    'a web page in one file (MHTML)',
    'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://hill.example/\r\nSubject: Mill\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<html></html>'
  ],
  [
    'a wire message (IPTC 7901)',
    '\u0001hil0042 4 pol 120\r\n\u0002The mill turns again, the miller said.\r\n\u0003140805 sep 23\u0004'
  ],
  [
    'a wire message (IPTC 7901)',
    '\u0016\u0016\u0001hil0043 4 pol 120\r\n\u0002The mill turns again, the miller said.\r\n\u0003140806 sep 23\u0004'
  ]
]

/** The same file as other programs save it. */
const saved: readonly [string, (text: string) => Uint8Array][] = [
  ['with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['below blank lines', (text) => Buffer.from(`\r\n  \n${text}`)],
  ['in UTF-16, little-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['in UTF-16, big-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()]
]

describe('files that are no pages', () => {
  it.each(saved)('are told apart %s too', (_how, bytesOf) => {
    for (const [is, text] of files)
      for (const name of ['story', 'story.html', 'story.txt'])
        expect(() => review(bytesOf(text), { name }), is).toThrow(`That is ${is}, not a page of text.`)
  })

  it.each(files)('%s is refused by its name, whatever it is called', (is, text) => {
    for (const name of ['story.html', 'story.txt', 'story.json', 'story']) {
      expect(() => review(text, { name })).toThrow(`That is ${is}, not a page of text.`)
    }
    expect(() => importStory(text, { zone: 'UTC', language: 'en', now: 0 })).toThrow(`That is ${is}, not a story file.`)
  })

  it('a page of XHTML is a page, and copy that speaks like a letter is copy', () => {
    const page =
      '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Old mill grinds again</h1><p>The wheel turned until dusk.</p></body></html>'
    expect(review(page).format).toBe('html')
    expect(
      review(
        'To: all desks\n\nOld mill grinds again after the drought\n\nThe wheel turned until dusk on Friday, the miller said.\n'
      ).format
    ).toBe('text')
  })

  it('what is no JSON at all is not called a damaged JSON file', () => {
    expect(() => importStory('Old mill grinds again', { zone: 'UTC', language: 'en', now: 0 })).toThrow(
      'That is not a story file'
    )
    expect(() => importStory('{"type": "galley', { zone: 'UTC', language: 'en', now: 0 })).toThrow('not whole')
  })

  it('a few stray zero bytes do not refuse a page', () => {
    const text = `Old mill grinds again after the drought\n\n${'The wheel turned until dusk on Friday, the miller said, and again on Saturday.\n\n'.repeat(40)}`
    const bytes = [...new TextEncoder().encode(text)]
    for (let n = 0; n < 22; n++) bytes.splice(100 + n * 90, 0, 0)
    const found = review(new Uint8Array(bytes))
    expect(found.fields.headline).toBe('Old mill grinds again after the drought')
    expect(JSON.stringify(found)).not.toContain('\\u0000')
  })
})

import { describe, expect, it } from 'vitest'
import { decode } from '../../../src/main/core/intake/decode.ts'
import { body, instants, review } from './support.ts'

const story = [
  'The kiln on the quay is lit again for the first time in nine years, the potters said on Monday morning.',
  'Forty bowls are in it, and nobody is to open the door before the stones have cooled down on Thursday.'
]
const markup = story.map((text) => `<p>${text}</p>`).join('')
const withHead = (head: string) =>
  review(`<article><h1>The kiln on the quay is lit again</h1>${head}${markup}</article>`, { name: 'kiln.html' })
const withData = (data: string) =>
  review(
    `<html><head><script type="application/ld+json">${data}</script></head><body><article><h1>The kiln is lit again</h1>${markup}</article></body></html>`,
    { name: 'kiln.html' }
  )
const authors = (found: ReturnType<typeof review>) =>
  (found.fields.authors ?? []).map(({ name, role }) => (role === undefined ? name : `${name} (${role})`))

/** One byte a letter, by the decoder's own table. */
function encodeAs(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(new Uint8Array([byte])), byte] as const)
  )
  return new Uint8Array([...text].map((character) => table.get(character) ?? 63))
}

/** Two bytes a letter, by the decoder's own table. */
function encodeWide(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, readonly number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const letter = decoder.decode(new Uint8Array([lead, trail]))
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, [lead, trail])
    }
  return new Uint8Array(
    [...text].flatMap((letter) => (letter < '\u0080' ? [letter.charCodeAt(0)] : (table.get(letter) ?? [63])))
  )
}

const russian = 'Печь на набережной снова затопили впервые за девять лет, сказали гончары в понедельник утром.'
const japanese =
  '波止場の窯に九年ぶりに火が入ったと、陶工たちは月曜の朝に語った。四十の鉢が中にあり、扉は開けられない。'
const chinese =
  '码头上的窑在九年后又点着了，陶工们在星期一早上说。里面有四十个碗，门要到星期四才能打开，这是他们的规矩。'
const korean =
  '부두의 가마에 구 년 만에 다시 불이 들어왔다고 도공들이 월요일 아침에 말했다. 안에는 그릇이 마흔 개 있다.'

describe('letters of pages that do not say how they are kept, or say it wrongly', () => {
  it.each([
    ['windows-1251', encodeAs('windows-1251', russian), russian],
    ['koi8-r', encodeAs('koi8-r', russian), russian],
    [
      'windows-1253',
      encodeAs('windows-1253', 'Το καμίνι στην προκυμαία άναψε ξανά.'),
      'Το καμίνι στην προκυμαία άναψε ξανά.'
    ],
    ['windows-1255', encodeAs('windows-1255', 'הכבשן על הרציף הוצת שוב ביום שני'), 'הכבשן על הרציף הוצת שוב ביום שני'],
    ['shift_jis', encodeWide('shift_jis', japanese), japanese],
    ['euc-jp', encodeWide('euc-jp', japanese), japanese],
    ['gbk', encodeWide('gbk', chinese), chinese],
    ['euc-kr', encodeWide('euc-kr', korean), korean]
  ])('%s', (encoding, bytes, text) => {
    const read = decode(bytes, 'kiln.txt')
    expect([read.encoding, read.text]).toEqual([encoding, text])
    expect(read.doubt?.key).toBe('intakeWarning.codePage')
  })

  it('a page that its server calls Western is read by its letters, one that says it rightly without a doubt', () => {
    const page = (charset: string) =>
      `<html><head><meta charset="${charset}"></head><body><p>${russian}</p></body></html>`
    const wrong = decode(encodeAs('windows-1251', page('iso-8859-1')), 'kiln.html')
    expect([wrong.encoding, wrong.doubt?.key]).toEqual(['windows-1251', 'intakeWarning.codePage'])
    const right = decode(encodeAs('koi8-r', page('koi8-r')), 'kiln.html')
    expect([right.encoding, right.doubt, right.text.includes(russian)]).toEqual(['koi8-r', null, true])
    const wide = decode(encodeAs('windows-1251', page('utf-16')), 'kiln.html')
    expect(wide.text).toContain(russian)
  })

  it('UTF-16 without its mark in a script of many bytes, and Japanese mail', () => {
    const page = `<html><body><h1>窯</h1><p>${chinese}</p></body></html>`
    const view = new DataView(new ArrayBuffer(page.length * 2))
    for (let at = 0; at < page.length; at++) view.setUint16(at * 2, page.charCodeAt(at), true)
    expect(decode(new Uint8Array(view.buffer), 'kiln.html').text).toBe(page)
    const mail = Uint8Array.from('<p>\u001b$B$3$s$K$A$O\u001b(B</p>', (letter) => letter.charCodeAt(0))
    expect(decode(mail, 'kiln.html').text).toBe('<p>こんにちは</p>')
  })
})

describe('dates in the languages of pages', () => {
  it.each([
    'Опубликовано 13 августа 2024, 16:48',
    '13 серпня 2024, 16:48',
    'Opublikowano: 13 sierpnia 2024, 16:48',
    '13. srpna 2024 16:48',
    '13 Ağustos 2024 Salı, 16:48',
    '13 augusti 2024 kl. 16:48',
    'Publisert 13. aug. 2024 kl. 16.48',
    'Julkaistu 13.8.2024 klo 16:48',
    '13 Αυγούστου 2024, 16:48',
    'Diterbitkan 13 Agustus 2024 16:48',
    '입력 2024.08.13. 오후 4:48',
    '2024. 8. 13. 16:48',
    'Pubblicato il 13 agosto 2024 alle 16:48'
  ])('%s', (date) => {
    expect(instants(withHead(`<div>${date}</div>`))[0]).toBe('2024-08-13T12:48:00.000Z Asia/Dubai')
  })

  it('an update is told apart from a publication', () => {
    for (const date of [
      'Обновлено: 13.08.2024 16:48',
      'Stand: 13.08.2024, 16:48 Uhr',
      'Uppdaterad 13 augusti 2024 kl. 16:48'
    ])
      expect(instants(withHead(`<div>${date}</div>`)), date).toEqual([null, '2024-08-13T12:48:00.000Z Asia/Dubai'])
  })
})

describe('bylines', () => {
  it.each([
    ['Nora Lind, Harbour Correspondent', ['Nora Lind (Harbour Correspondent)']],
    ['Nora Lind in Beirut and Omar Said in Cairo', ['Nora Lind', 'Omar Said']],
    ['Nora Lind och Omar Said', ['Nora Lind', 'Omar Said']],
    ['Nora Lind / AFP', ['Nora Lind', 'AFP']],
    ['By Nora Lind | Harbour Post | 4 hours ago', ['Nora Lind']],
    ['By Dr. Nora Lind, Ph.D.', ['Dr. Nora Lind']],
    ['Words: Nora Lind | Pictures: Omar Said', ['Nora Lind']],
    ['Por Nora Lind, de Reuters', ['Nora Lind', 'Reuters']],
    ['Door Nora Lind', ['Nora Lind']],
    ['By Nora Lind (nora@post.example)', ['Nora Lind']],
    ['Opinion by Nora Lind', ['Nora Lind']],
    ['Автор: Нора Линд', ['Нора Линд']],
    ['記者：林美', ['林美']]
  ])('%s', (byline, expected) => {
    const found = withHead(`<p class="byline">${byline}</p>`)
    expect(found.fields.byline).toBe(byline)
    expect(authors(found)).toEqual(expected)
    expect(body(found)).toHaveLength(2)
  })

  it('what a class calls a byline and is a sentence stays in the story', () => {
    const found = withHead(
      '<p class="byline">Nora Lind went out at dawn to see the kiln before anybody else was up.</p>'
    )
    expect(found.fields.byline).toBe('')
  })
})

describe('what pages tell machines', () => {
  it.each([
    ['seconds since 1970', '{"@type":"NewsArticle","datePublished":1723553280}'],
    ['a typed value', '{"@type":"NewsArticle","datePublished":{"@value":"2024-08-13T16:48:00+04:00"}}'],
    ['a prefix and a semicolon', '{"@type":"schema:NewsArticle","datePublished":"2024-08-13T16:48:00+04:00"};'],
    [
      'quotation marks in a string',
      '{"@type":"NewsArticle","headline":"Said "no"","datePublished":"2024-08-13T16:48:00+04:00"}'
    ],
    ['two objects', '{"@type":"NewsArticle","datePublished":"2024-08-13T16:48:00+04:00"}{"@type":"WebSite"}'],
    [
      'a part of the page',
      '{"@type":"WebPage","hasPart":{"@type":"NewsArticle","datePublished":"2024-08-13T16:48:00+04:00"}}'
    ]
  ])('when it was published: %s', (_, data) => {
    expect(instants(withData(data))[0]?.slice(0, 24)).toBe('2024-08-13T12:48:00.000Z')
  })

  it.each([
    ['{"@type":"NewsArticle","author":{"name":["Nora Lind","Omar Said"]}}', ['Nora Lind', 'Omar Said']],
    ['{"@type":"NewsArticle","author":{"givenName":"Nora","familyName":"Lind"}}', ['Nora Lind']],
    ['{"@type":"NewsArticle","author":{"name":"Nora O&#39;Lind"}}', ["Nora O'Lind"]],
    ['{"@type":"NewsArticle","headline":"Said "no"","author":{"@type":"Person","name":"Nora Lind"}}', ['Nora Lind']]
  ])('who wrote it: %s', (data, expected) => {
    expect(authors(withData(data))).toEqual(expected)
  })
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { body, codes, instants, lines, review, reviewFile } from './support.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'

/**
 * A real saved page, kept outside the project; where it is not there this test says so and the page like it below
 * stands for it.
 */
const folder = new URL('../../../../shared/samples/', import.meta.url)
const sample = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.txt')) : undefined

describe.skipIf(sample === undefined)(
  'the real wire page (skipped where the samples folder is not beside the project)',
  () => {
    it('comes out with every field right and every paragraph', () => {
      const found = review(new Uint8Array(readFileSync(join(folder.pathname, sample ?? ''))))
      const { fields } = found
      expect(fields.headline).toBe("Putin tells Abbas 'concerned' about Palestinian civilian toll")
      expect(fields.standfirst).toMatch(/^The only way to peace in the region is .* says the Russian President$/)
      expect(fields).toMatchObject({
        byline: 'By AFP',
        source: 'AFP',
        authors: [{ name: 'AFP', kind: 'organisation' }],
        section: 'World',
        language: 'en',
        direction: 'ltr',
        dateline: '',
        kicker: ''
      })
      const caption =
        'Russian President Vladimir Putin (R) meets Palestinian Authority President Mahmud Abbas in Novo-Ogaryovo, outside Moscow, on Tuesday.'
      expect(fields.leadImage).toEqual({ mediaId: null, caption, credit: 'AFP', alt: caption, focalPoint: null })
      expect(fields.times?.firstPublished).toEqual({
        utc: '2024-08-13T12:48:00.000Z',
        zone: 'Asia/Dubai',
        origin: 'intake',
        source: 'Tue 13 Aug 2024, 4:48 PM'
      })
      expect(fields.times?.lastUpdated).toEqual({
        utc: '2024-08-13T12:49:00.000Z',
        zone: 'Asia/Dubai',
        origin: 'intake',
        source: 'Tue 13 Aug 2024, 4:49 PM'
      })
      // Twelve paragraphs are between "Last updated" and "More news from World"; each of them is the story's.
      expect(found.body.blocks.map(({ type }) => type)).toEqual(Array.from({ length: 12 }, () => 'paragraph'))
      expect(body(found)[0]).toMatch(/^paragraph: Russian President Vladimir Putin on Tuesday told/)
      expect(body(found)[11]).toMatch(/calls?e?d? for restraint\.$/)
      expect(lines(found, 'furniture')).toEqual([
        '• Follow us on',
        '• google-news',
        '• whatsapp',
        '• telegram',
        'Top Stories'
      ])
      expect(codes(found)).toEqual([])
    })
  }
)

describe('a page in the same layout', () => {
  it('comes out whole', () => {
    const found = reviewFile('harbour-fares.txt')
    const caption = 'Passengers board the morning ferry at the eastern quay in Port Salma on Wednesday.'
    expect(found.fields).toEqual({
      headline: 'Harbour council freezes ferry fares until spring',
      standfirst: 'Commuters on the eastern crossing will pay the same through the winter, says the mayor',
      kicker: '',
      byline: 'By AFP',
      authors: [{ name: 'AFP', kind: 'organisation' }],
      source: 'AFP',
      wire: null,
      dateline: '',
      section: 'Region',
      keywords: [],
      language: 'en',
      direction: 'ltr',
      leadImage: { mediaId: null, caption, credit: 'AFP', alt: caption, focalPoint: null },
      related: [],
      times: {
        created: { utc: '2026-01-05T09:30:00.000Z', zone: 'Asia/Dubai', origin: 'clock' },
        firstPublished: {
          utc: '2024-11-06T15:05:00.000Z',
          zone: 'Asia/Dubai',
          origin: 'intake',
          source: 'Wed 6 Nov 2024, 7:05 PM'
        },
        lastUpdated: {
          utc: '2024-11-06T17:12:00.000Z',
          zone: 'Asia/Dubai',
          origin: 'intake',
          source: 'Wed 6 Nov 2024, 9:12 PM'
        },
        embargo: null
      }
    })
    expect(body(found)).toEqual([
      'paragraph: The harbour council of Port Salma voted on Wednesday to freeze ferry fares until the end of March.',
      'paragraph: "Nobody should have to choose between a warm house and the boat to work," mayor Lina Farouk told the council.',
      "paragraph: The freeze costs the city about two million a year, according to the council's own figures.",
      "paragraph: Drivers' unions welcomed the vote -- but asked for new engines before the summer."
    ])
    expect(
      found.lines
        .filter(({ kept }) => !kept)
        .map(({ text, reason }) => [text.trim(), sentence(en, reason)])
        .filter(([text]) => text !== '')
    ).toEqual([
      ['• Follow us on', 'channel list: asks readers to follow the site'],
      ['• google-news', 'channel list: the name of a channel on its own'],
      ['• whatsapp', 'channel list: the name of a channel on its own'],
      ['• telegram', 'channel list: the name of a channel on its own'],
      ['Top Stories', 'rail marker'],
      ['Also read: Night boats return to the eastern crossing', 'link to another story']
    ])
    expect([found.format, found.encoding, found.zone, codes(found)]).toEqual(['text', 'utf-8', 'Asia/Dubai', []])
  })

  it('gives other instants in another zone, and says which', () => {
    const found = reviewFile('harbour-fares.txt', { zone: 'Europe/London' })
    expect(instants(found)).toEqual([
      '2024-11-06T19:05:00.000Z Europe/London',
      '2024-11-06T21:12:00.000Z Europe/London'
    ])
    expect(found.zone).toBe('Europe/London')
  })

  it('reads the same with Windows line ends and with a byte order mark', () => {
    const text = readFileSync(new URL('../../../resources/samples/pages/harbour-fares.txt', import.meta.url), 'utf8')
    const plain = review(text)
    expect(review(text.replaceAll('\n', '\r\n'))).toEqual(plain)
    expect(review(`\ufeff${text}`)).toEqual(plain)
  })
})

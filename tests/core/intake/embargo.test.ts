import { describe, expect, it } from 'vitest'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { htmlPage } from '../../../src/shared/formats/html-page.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { frozenText } from '../../frozen/frozen-library.ts'
import { codes, review } from './support.ts'

const HEAD = 'Council votes to close harbour bridge for a year'
const BODY =
  'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks in a quarter of its cable anchors, officials said.'
const page = (embargo: string): string => `${embargo}\n\n${HEAD}\n\nBy Amal Haddad\n\n${BODY}\n`

describe('wording of an embargo', () => {
  // The desk is in Dubai, and it is 5 January 2026 there.
  it.each([
    ['EMBARGOED UNTIL 0001 BST Wednesday 14 August 2024', '2024-08-13T23:01:00.000Z', 'Europe/London'],
    ['EMBARGOED UNTIL 00:01 GMT, THURSDAY, JANUARY 8', '2026-01-08T00:01:00.000Z', 'UTC'],
    ['*** STRICTLY EMBARGOED UNTIL 6 February 2026, 9:00 AM EST ***', '2026-02-06T14:00:00.000Z', 'America/New_York'],
    ['Embargo: 7 January 2026 18:00', '2026-01-07T14:00:00.000Z', 'Asia/Dubai'],
    ['Under embargo until 6:00 p.m. AEDT on 7 January 2026', '2026-01-07T07:00:00.000Z', 'Australia/Sydney'],
    ['Not for publication before 10:00 NST, 9 January 2026', '2026-01-09T13:30:00.000Z', 'America/St_Johns'],
    ['Not for release or broadcast until 2026-01-09T10:00+05', '2026-01-09T05:00:00.000Z', 'Asia/Dubai'],
    ['HOLD FOR RELEASE UNTIL JAN. 9, 2026, 10 A.M. ET', '2026-01-09T15:00:00.000Z', 'America/New_York'],
    ['Sperrfrist: 9. Januar 2026, 18:00 Uhr MEZ', '2026-01-09T17:00:00.000Z', 'Europe/Berlin'],
    ['Sperrfrist bis 9. Januar, 18:00 Uhr', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Sous embargo jusqu’au 9 janvier 2026 à 18h00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Ne pas publier avant le 9 janvier 2026, 18:00 CET', '2026-01-09T17:00:00.000Z', 'Europe/Paris'],
    ['Embargado hasta el 9 de enero de 2026 a las 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['محظور النشر قبل: 9 يناير 2026، 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['ممنوع النشر حتى الساعة 6:00 مساء يوم 9 يناير 2026 بتوقيت القاهرة', '2026-01-09T16:00:00.000Z', 'Africa/Cairo'],
    ['Not to be published before: 9 January 2026, 18:00 GMT+4', '2026-01-09T14:00:00.000Z', 'Asia/Dubai']
  ])('%s sets it and is no copy', (line, utc, zone) => {
    const found = review(page(line))
    expect(found.fields).toMatchObject({
      headline: HEAD,
      standfirst: '',
      times: { embargo: { utc, zone, origin: 'intake' } }
    })
    expect(found.lines[0]).toMatchObject({ role: 'embargo', kept: true })
    expect(JSON.stringify(found.body)).not.toMatch(/embargo|sperrfrist|النشر/iu)
  })

  it.each([
    ['EMBARGOED UNTIL 0001 BST Wednesday 3 June 2026', '2026-06-02T23:01:00.000Z', 'Europe/London'],
    [
      'STRICTLY EMBARGOED: NOT FOR PUBLICATION BEFORE 00.01 HRS BST ON WEDNESDAY 3RD JUNE 2026',
      '2026-06-02T23:01:00.000Z',
      'Europe/London'
    ],
    ['STRICT EMBARGO UNTIL 10am GMT 9 January 2026', '2026-01-09T10:00:00.000Z', 'UTC'],
    ['STRICT EMBARGO: 9 January 2026, 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Under embargo until 9am ET Tuesday, January 13, 2026', '2026-01-13T14:00:00.000Z', 'America/New_York'],
    ['HOLD FOR RELEASE until 9 January 2026 at noon ET', '2026-01-09T17:00:00.000Z', 'America/New_York'],
    ['NEWS EMBARGO: 0600 GMT, 9 JANUARY 2026', '2026-01-09T06:00:00.000Z', 'UTC'],
    ['Press embargo until 9 January 2026, 11:00 CET', '2026-01-09T10:00:00.000Z', 'Europe/Paris'],
    ['Embargo lifts: 9 January 2026, 6 a.m. PST', '2026-01-09T14:00:00.000Z', 'America/Los_Angeles'],
    ['[Embargoed for release until 9 Jan 2026, 1600 London time]', '2026-01-09T16:00:00.000Z', 'Europe/London'],
    ['Embargoed to 9 January 2026, 16:00 GMT', '2026-01-09T16:00:00.000Z', 'UTC'],
    ['This story is embargoed until 9 January 2026, 16:00 GMT', '2026-01-09T16:00:00.000Z', 'UTC'],
    ['Do not publish before 9 January 2026, 16:00 GMT', '2026-01-09T16:00:00.000Z', 'UTC'],
    ['SPERRFRIST: Freitag, 9. Januar 2026, 6.00 Uhr MEZ', '2026-01-09T05:00:00.000Z', 'Europe/Berlin'],
    ['Sperrfrist! Frei ab 9. Januar 2026, 18 Uhr MEZ', '2026-01-09T17:00:00.000Z', 'Europe/Berlin'],
    ['Gesperrt bis 9.1.2026, 18:00 Uhr', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['SOUS EMBARGO JUSQU’AU VENDREDI 9 JANVIER 2026, 06H00', '2026-01-09T02:00:00.000Z', 'Asia/Dubai'],
    ['Embargo : 9 janvier 2026 à 6 h', '2026-01-09T02:00:00.000Z', 'Asia/Dubai'],
    ["Sous embargo jusqu'à 18h00 le 9 janvier 2026", '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Bajo embargo hasta el 9 de enero de 2026, 18:00 horas', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['No publicar antes del 9 de enero de 2026 a las 18.00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Sob embargo até 9 de janeiro de 2026, 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Embargado até às 18h00 de 9 de janeiro de 2026', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Não publicar antes das 18:00 de 9 de janeiro de 2026', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Sotto embargo fino al 9 gennaio 2026, ore 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Embargo fino alle ore 18.00 del 9 gennaio 2026', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Non pubblicare prima del 9 gennaio 2026, 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Onder embargo tot 9 januari 2026, 18.00 uur', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Embargo tot vrijdag 9 januari 2026 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['Niet publiceren vóór 9 januari 2026, 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['ممنوع من النشر قبل 9 يناير 2026، 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['يُحظر النشر حتى 9 يناير 2026 الساعة 18:00', '2026-01-09T14:00:00.000Z', 'Asia/Dubai'],
    ['حظر نشر حتى ٩ يناير ٢٠٢٦، ١٨:٠٠', '2026-01-09T14:00:00.000Z', 'Asia/Dubai']
  ])('as other desks write it: %s', (line, utc, zone) => {
    const found = review(page(line))
    expect(found.fields).toMatchObject({
      headline: HEAD,
      standfirst: '',
      times: { embargo: { utc, zone }, firstPublished: null }
    })
    expect(JSON.stringify(found.body)).not.toContain(line.slice(0, 12))
  })

  it('a date without a year lies ahead, a weekday is the next one, and both are said', () => {
    const read = (line: string): unknown[] => {
      const found = review(page(line))
      return [found.fields.times?.embargo?.utc, codes(found).includes('embargo_assumed')]
    }
    expect(read('EMBARGOED UNTIL 0001 GMT Wednesday')).toEqual(['2026-01-07T00:01:00.000Z', true])
    expect(read('Embargoed until 10:00 on 3 March')).toEqual(['2026-03-03T06:00:00.000Z', true])
    expect(read('Embargoed until 28 December, 10:00')).toEqual(['2025-12-28T06:00:00.000Z', true])
    expect(read('Embargoed until 10:00 on 20 October')).toEqual(['2026-10-20T06:00:00.000Z', true])
    expect(read('EMBARGOED UNTIL MIDNIGHT 9 January 2026')).toEqual(['2026-01-08T20:00:00.000Z', false])
  })

  it('one that names no hour is no copy either, and is said', () => {
    for (const line of ['EMBARGOED UNTIL DELIVERY', 'STRICT EMBARGO', 'Sperrfrist: Redebeginn']) {
      const found = review(page(line))
      expect(found.fields, line).toMatchObject({ headline: HEAD, times: { embargo: null } })
      expect(codes(found), line).toContain('embargo_unread')
      expect(found.lines[0], line).toMatchObject({ role: 'embargo', kept: false })
    }
  })

  it('its hour may stand on the next line', () => {
    const found = review(page('EMBARGOED UNTIL:\n0001 GMT, 8 January 2026'))
    expect(found.fields).toMatchObject({ headline: HEAD, times: { embargo: { utc: '2026-01-08T00:01:00.000Z' } } })
    expect(codes(found)).not.toContain('embargo_unread')
  })

  it.each([
    'Embargo on oil divides the union',
    'Embargo: what it means for oil prices this winter',
    'The embargo lifted at midnight was the longest in the city’s history'
  ])('a story about one keeps its headline: %s', (headline) => {
    const found = review(`${headline}\n\nBy Amal Haddad\n\n${BODY}\n`)
    expect(found.fields).toMatchObject({ headline, times: { embargo: null } })
  })

  const dated = (embargo: string, lines: string): ReturnType<typeof review> =>
    review(`${embargo}\n\n${HEAD}\n\nBy Amal Haddad\n${lines}\n\n${BODY}\n`)

  it.each([
    ['Embargo: 9 January 2026 18:00', 'Published 5 January 2026, 10:00'],
    ['Embargo: 9 January 2026 18:00', 'Published 4 January 2026, 10:00\nUpdated 5 January 2026, 11:00'],
    ['EMBARGOED UNTIL DELIVERY', '5 January 2026, 10:00']
  ])('%s: the date of the copy (%s) is no publication', (embargo, lines) => {
    const found = dated(embargo, lines)
    expect(found.fields.times).toMatchObject({ firstPublished: null, lastUpdated: null })
    expect(codes(found)).toContain('date_under_embargo')
    expect(codes(found)).not.toContain('no_date')
  })

  it('a page published when its embargo was over keeps its date', () => {
    const found = dated('Embargo: 3 January 2026 18:00', 'Published 3 January 2026, 18:05')
    expect(found.fields.times?.firstPublished?.utc).toBe('2026-01-03T14:05:00.000Z')
    expect(codes(found)).not.toContain('date_under_embargo')
  })

  it('a person may say that another line is the embargo, or that this one is none', () => {
    const text = `${HEAD}\n\nPlease hold this back: 9 January 2026, 18:00\n\n${BODY}\n`
    expect(review(text, { assignments: { '2': 'embargo' } }).fields.times?.embargo?.utc).toBe(
      '2026-01-09T14:00:00.000Z'
    )
    const taken = review(page('Embargo: 7 January 2026 18:00'), { assignments: { '0': 'furniture' } })
    expect(taken.fields.times?.embargo).toBeNull()
  })
})

describe('Galley’s own exports under embargo', () => {
  const embargo = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' as const }
  const site = { deskName: '', siteUrl: '', channels: [], related: [], relatedTitle: '' }

  it.each(['en', 'ar', 'de', 'fr', 'es'])('are read back with it, and no word of it is copy: %s', (language) => {
    const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'Europe/London', origin: 'clock' as const }
    const fields = emptyFields(created, language)
    const story: Story = {
      id: '01980000-0000-7000-8000-0000000000aa',
      revision: 1,
      status: 'draft',
      changedAt: created.utc,
      fields: { ...fields, headline: HEAD, byline: 'By Amal Haddad', times: { ...fields.times, embargo } },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: BODY }] }] }
    }
    const html = htmlPage(story, { site, picture: () => undefined, planned: embargo })
    for (const [name, text] of [
      ['page.html', html],
      ['page.txt', plainText(story, embargo)]
    ] as const) {
      const found = review(text, { name })
      expect(found.fields, name).toMatchObject({
        headline: HEAD,
        standfirst: '',
        kicker: '',
        times: { embargo: { utc: embargo.utc } }
      })
    }
  })

  it('of 0.1.0 too', () => {
    const found = review(frozenText('0.1.0', 'exports', 'ready-embargoed', 'page.html'), { name: 'page.html' })
    expect(found.fields).toMatchObject({
      headline: 'Ready and embargoed',
      times: { embargo: { utc: '2026-12-24T17:00:00.000Z' }, firstPublished: null }
    })
  })
})

describe('zone letters', () => {
  it('that nobody knows are a question and never ignored', () => {
    const found = review(`${HEAD}\nBy Amal Haddad\n13 Aug 2024, 4:48 PM XYZT\n\n${BODY}\n`)
    expect(found.fields.times?.firstPublished).toMatchObject({ utc: '2024-08-13T12:48:00.000Z', zone: 'Asia/Dubai' })
    expect(found.warnings.find(({ code }) => code === 'zone_unknown')?.params).toMatchObject({ unknown: 'XYZT' })
  })

  it.each([
    ['4:48 PM NST', '2024-08-13T20:18:00.000Z'],
    ['4:48 PM NDT', '2024-08-13T19:18:00.000Z'],
    ['4:48 PM ACST', '2024-08-13T07:18:00.000Z'],
    ['4:48 PM HST', '2024-08-14T02:48:00.000Z'],
    ['4:48 PM AKDT', '2024-08-14T00:48:00.000Z'],
    ['4:48 PM IRST', '2024-08-13T13:18:00.000Z'],
    ['4:48 PM WIT', '2024-08-13T07:48:00.000Z'],
    ['4:48 PM NZDT', '2024-08-13T03:48:00.000Z'],
    ['16:48 +05', '2024-08-13T11:48:00.000Z'],
    ['16:48-03', '2024-08-13T19:48:00.000Z']
  ])('%s', (time, utc) => {
    const found = review(`${HEAD}\nBy Amal Haddad\n13 Aug 2024, ${time}\n\n${BODY}\n`)
    expect(found.fields.times?.firstPublished?.utc).toBe(utc)
    expect(codes(found)).not.toContain('zone_unknown')
  })

  it.each(['13 Aug 2024, 4:48 PM', '13 AUG 2024, 4:48 PM ON', 'TUE, 13 AUG 2024 16:48 UHR'])(
    'what is no zone asks nothing: %s',
    (line) => {
      expect(codes(review(`${HEAD}\nBy Amal Haddad\n${line}\n\n${BODY}\n`))).not.toContain('zone_unknown')
    }
  )
})

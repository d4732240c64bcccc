import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Story } from '../../../src/shared/story/story.ts'
import { digestUri, mediaIdOf, toNinjs, toNinjsJson } from '../../../src/shared/formats/ninjs.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import { importedInstant } from '../../../src/shared/formats/imported-time.ts'
import { looksLikeNinjs, readNinjs } from '../../../src/shared/formats/read-ninjs.ts'
import { goldenSite, goldenStories } from '../../golden/golden.ts'
import { arbitraryStory } from './arbitrary-article.ts'
import { ninjsSchema } from './ninjs-schema.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'

const options = {
  site: goldenSite,
  picture: (use: { readonly mediaId: string | null }) =>
    use.mediaId === null
      ? undefined
      : { type: 'image/png', name: 'a.png', width: 400, height: 300, size: 9, src: 'm/a.png' }
}
const desk = {
  zone: 'Asia/Dubai',
  language: 'en',
  now: { utc: '2026-01-01T00:00:00.000Z', zone: 'Asia/Dubai', origin: 'import' as const }
}
const ajv = new Ajv2020({ allErrors: true })
addFormats(ajv)
const fits = ajv.compile(ninjsSchema)

describe('ninjs 3.1', () => {
  test('any story fits the schema, twice the same', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const text = toNinjsJson(story, options)
        expect(fits(JSON.parse(text)), JSON.stringify(fits.errors)).toBe(true)
        expect(toNinjsJson(structuredClone(story), options)).toBe(text)
      }),
      { numRuns: 150 }
    )
  })

  test('a text is read back whole, however long it is', () => {
    const long = 'bridge '.repeat(4000).trim()
    const story = golden('every-block')
    const texts = {
      slug: 'bridge-'.repeat(40) + 'end',
      slugline: long,
      headline: long,
      standfirst: long,
      byline: long,
      dateline: long,
      section: long,
      editorsNote: long,
      keywords: Array.from({ length: 300 }, (_, n) => `${n} ${long}`)
    }
    const corrections = [{ at: '2026-01-01T00:00:00.000Z', kind: 'correction' as const, text: long }]
    const read = readNinjs(toNinjs({ ...story, fields: { ...story.fields, ...texts, corrections } }, options), desk)
    expect(read.fields).toMatchObject({ ...texts, corrections })
    expect(read.warnings.filter(({ key }) => key === 'importWarning.cut')).toEqual([])
  })

  test('the schema of the tests refuses what is wrong though common', () => {
    const right = toNinjs(golden('every-block'), options)
    expect(fits(right)).toBe(true)
    for (const wrong of [
      { embargoed: '2024-08-13T16:48:00+04:00' },
      { byline: 'x' },
      { headline: 'x' },
      { urgency: '3' },
      { pubStatus: 'cancelled' },
      { firstCreated: '2024-08-13' },
      { bodies: [{ role: 'main' }] }
    ]) {
      expect(fits({ ...right, ...wrong })).toBe(false)
    }
  })

  test('says embargo, kill and numbers the standard’s way', () => {
    expect(toNinjs(golden('arabic'), options)).toMatchObject({
      embargoedUntil: '2025-12-01T06:30:00+02:00',
      urgency: 1,
      language: 'ar-LB'
    })
    expect(toNinjs({ ...golden('every-block'), status: 'killed' }, options)).toMatchObject({
      pubStatus: 'canceled',
      firstCreated: '2024-08-13T16:48:00+04:00'
    })
    expect(toNinjsJson(golden('every-block'), { ...options, editorsNote: false })).not.toContain('SECRET-NOTE')
  })

  test('what authors are at the desk comes back, and a code that stands for a name is none of it', () => {
    const story = golden('every-block')
    const authors = [
      { name: 'Amal Haddad', role: 'Port correspondent', url: 'https://post.example/haddad' },
      { name: 'Nora Lind' },
      { name: 'Ellery Wire', role: 'Agency', kind: 'organisation' as const }
    ]
    const item = toNinjs({ ...story, fields: { ...story.fields, authors } }, options)
    expect(fits(item), JSON.stringify(fits.errors)).toBe(true)
    expect(readNinjs(item, desk).fields.authors).toEqual(authors)
    expect(readNinjs({ uri: 'urn:x', people: [{ rel: 'author', literal: 'Nora Lind' }] }, desk).fields.authors).toEqual(
      [{ name: 'Nora Lind' }]
    )
  })

  test('what it says is read back', () => {
    const story = golden('every-block')
    const { id, fields, images, body, warnings } = readNinjs(JSON.parse(toNinjsJson(story, options)), desk)
    const {
      headline,
      headlineShort,
      headlineSeo,
      headlineSocial,
      kicker,
      slug,
      slugline,
      source,
      dateline,
      section,
      keywords,
      mediaTopics,
      urgency,
      usageTerms,
      editorsNote,
      related,
      leadImage,
      corrections
    } = story.fields
    expect(fields).toMatchObject({
      headline,
      headlineShort,
      headlineSeo,
      headlineSocial,
      kicker,
      slug,
      slugline,
      source,
      dateline,
      section,
      keywords,
      mediaTopics,
      urgency,
      usageTerms,
      editorsNote,
      related,
      leadImage,
      corrections
    })
    expect(fields.byline).toBe('Amal Haddad in Port Ellery')
    expect(fields.authors.map(({ name, kind }) => [name, kind])).toEqual([
      ['Amal Haddad', undefined],
      ['Ellery Wire', 'organisation']
    ])
    // When it was made and sent says nothing of when readers saw it.
    expect(fields.times).toEqual({ created: desk.now, firstPublished: null, lastUpdated: null, embargo: null })
    expect(id).toBe(story.id)
    expect(images.map(({ lead, use }) => [lead, use.caption, use.credit])).toEqual([
      [true, 'The bridge at dusk, before the vote', 'Lena Ortiz/Ellery Wire'],
      [false, 'Councillors & clerks', '']
    ])
    expect('html' in body && body.html).toContain('<h2>What changes</h2>')
    expect(warnings).toEqual([])
  })
})

describe('ninjs as others write it', () => {
  test('a 1.x item', () => {
    const item = {
      guid: 'urn:newsml:wire.example:20240813:1',
      type: 'text',
      versioncreated: '2024-08-13T12:49:00Z',
      firstcreated: '2024-08-13T12:48:00+0000',
      embargoed: '2024-08-14T06:00:00+02:00',
      headline: 'A headline\nin two lines',
      byline: 'Amal Haddad',
      description_text: 'The standfirst',
      body_html: '<p>One</p>',
      body_text: 'One',
      urgency: '3',
      language: 'not a language',
      pubstatus: 'cancelled',
      located: 'Beirut',
      ednote: 'Note',
      usageterms: 'Terms',
      copyrightnotice: '(c)',
      infosource: [{ name: 'AFP' }],
      subject: [
        { name: 'diplomacy', scheme: 'http://cv.iptc.org/newscodes/mediatopic/', code: '20000638' },
        { name: 'Gaza', rel: 'about' },
        { name: 'World', rel: 'section' }
      ],
      associations: {
        featured: {
          uri: 'http://x.example/1',
          type: 'picture',
          description_text: 'A caption',
          byline: 'AFP',
          renditions: { hi: { href: 'http://x.example/1.jpg', mimetype: 'image/jpeg' } }
        }
      }
    }
    expect(looksLikeNinjs(item)).toBe(true)
    const { fields, body, images, warnings, id } = readNinjs(item, desk)
    expect(fields).toMatchObject({
      headline: 'A headline in two lines',
      byline: 'Amal Haddad',
      standfirst: 'The standfirst',
      urgency: 3,
      language: 'en',
      dateline: 'Beirut',
      editorsNote: 'Note',
      usageTerms: 'Terms\n(c)',
      source: 'AFP',
      section: 'World',
      keywords: ['Gaza'],
      mediaTopics: [{ code: 'medtop:20000638', name: 'diplomacy' }],
      leadImage: { mediaId: null, caption: 'A caption', credit: 'AFP', alt: '' },
      times: {
        firstPublished: null,
        lastUpdated: null,
        embargo: { utc: '2024-08-14T04:00:00.000Z', zone: 'Etc/GMT-2' }
      }
    })
    expect(body).toEqual({ html: '<p>One</p>' })
    expect(images).toHaveLength(1)
    expect(id).toBeNull()
    expect(warnings.map((warning) => sentence(en, warning)).join(' ')).toMatch(/not a language.*canceled.*Embargoed/s)
  })

  test('an urgency that is no number is routine', () => {
    for (const urgency of [{ toString: [] }, { valueOf: 1 }, [], [[]], true, '', 'three'] as unknown[]) {
      const { fields } = readNinjs({ uri: 'urn:x', headlines: [{ value: 'Ferry' }], urgency }, desk)
      expect(fields.urgency, JSON.stringify(urgency)).toBe(5)
    }
  })

  test('nothing in it can stop the reading', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'uri',
            'headlines',
            'headline',
            'bodies',
            'body_html',
            'associations',
            'subjects',
            'urgency',
            'firstCreated',
            'embargoed',
            'altids',
            'infosource',
            'renditions',
            'people',
            'type',
            'by',
            'language'
          ),
          fc.jsonValue()
        ),
        (item) => {
          const { fields } = readNinjs(item, desk)
          expect(typeof fields.headline).toBe('string')
          expect(fields.urgency).toBeGreaterThanOrEqual(1)
        }
      ),
      { numRuns: 1000 }
    )
  })
})

test('a draft that goes through ninjs comes back unpublished, its embargo said in the text', () => {
  const embargo = { utc: '2027-01-02T05:00:00.000Z', zone: 'Europe/London', origin: 'typed' as const }
  const story: Story = {
    ...golden('every-block'),
    status: 'draft',
    fields: {
      ...golden('every-block').fields,
      times: { created: desk.now, firstPublished: null, lastUpdated: null, embargo }
    }
  }
  const { fields } = readNinjs(toNinjs(story, { site: { siteUrl: '' }, picture: () => undefined }), desk)
  expect(fields.times).toMatchObject({ firstPublished: null, lastUpdated: null, embargo: { utc: embargo.utc } })
  expect(plainText({ ...story, fields })).toContain('Not to be published before: 2 January 2027')
})

test('a date without an offset in the hour that is skipped or comes twice is said to be one', () => {
  const read = (text: string, zone: string): unknown[] => {
    const found = importedInstant(text, zone)
    return [found?.instant.utc, found?.problem]
  }
  expect(read('2027-03-28T01:30', 'Europe/London')).toEqual(['2027-03-28T01:30:00.000Z', 'skipped'])
  expect(read('2027-10-31T01:30', 'Europe/London')).toEqual(['2027-10-31T00:30:00.000Z', 'twice'])
  expect(read('2027-10-31T01:30+00:00', 'Europe/London')).toEqual(['2027-10-31T01:30:00.000Z', null])
  // Lord Howe Island moves its clocks by half an hour.
  expect(read('2026-10-04T02:15', 'Australia/Lord_Howe')).toEqual(['2026-10-03T15:45:00.000Z', 'skipped'])
  expect(read('2026-04-05T01:45', 'Australia/Lord_Howe')).toEqual(['2026-04-04T14:45:00.000Z', 'twice'])
  expect(read('2026-04-05T02:15', 'Asia/Kathmandu')).toEqual(['2026-04-04T20:30:00.000Z', null])
  for (const out of ['0000-01-01T00:00Z', '9999-12-31T23:00-02:00', '2026-02-31T10:00'])
    expect(importedInstant(out, 'UTC')).toBeNull()
  const { warnings, fields } = readNinjs(
    { uri: 'x', headline: 'A', embargoed: '2027-10-31T01:30:00' },
    { ...desk, zone: 'Europe/London' }
  )
  expect([fields.times.embargo?.utc, warnings.map((warning) => sentence(en, warning)).join(' ')]).toEqual([
    '2027-10-31T00:30:00.000Z',
    expect.stringMatching(/twice/)
  ])
})

test('imported dates keep their instant and name a zone', () => {
  expect(importedInstant('2024-08-13T16:48:00+04:00', 'Asia/Dubai')).toMatchObject({
    assumed: false,
    instant: { utc: '2024-08-13T12:48:00.000Z', zone: 'Asia/Dubai' }
  })
  expect(importedInstant('20240813T164800+0530', 'Asia/Dubai')).toMatchObject({
    instant: { utc: '2024-08-13T11:18:00.000Z', zone: 'UTC' }
  })
  expect(importedInstant('2024-08-13 16:48', 'Asia/Dubai')).toMatchObject({
    assumed: true,
    instant: { utc: '2024-08-13T12:48:00.000Z', zone: 'Asia/Dubai' }
  })
  expect(importedInstant('2024-07-01', 'Europe/Berlin')).toMatchObject({
    assumed: true,
    instant: { utc: '2024-06-30T22:00:00.000Z' }
  })
  for (const nonsense of ['', 'yesterday', '2024-13-45T99:99:99Z', '13/08/2024'])
    expect(importedInstant(nonsense, 'UTC')).toBeNull()
})

test('a digest name is the picture id and back', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), (id) => {
      expect(mediaIdOf(digestUri(id))).toBe(id)
    })
  )
  expect(mediaIdOf('https://x.example/a.jpg')).toBeUndefined()
})

function golden(name: string): Story {
  const found = goldenStories().find((story) => story.name === name)
  if (!found) throw new Error(`No golden story ${name}`)
  return found.story
}

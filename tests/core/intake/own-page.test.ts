import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printableText } from '../../../src/shared/document/clean-text.ts'
import type { Block } from '../../../src/shared/document/document.ts'
import { htmlFragment, htmlPage } from '../../../src/shared/formats/html-page.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import { withoutSlots } from '../../../src/shared/story/pictures.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { goldenSite, goldenStories } from '../../golden/golden.ts'
import { arbitraryStory } from '../../shared/formats/arbitrary-article.ts'
import { body, review } from './support.ts'

const options = {
  site: goldenSite,
  picture: ({ mediaId }: { readonly mediaId: string | null }) =>
    mediaId === null ? undefined : { src: 'm/a.jpg', width: 600, height: 400, name: mediaId }
}
/** What stays at the desk. */
const OURS = { slugline: '', editorsNote: '', usageTerms: '' }

function bare(blocks: readonly Block[]): unknown[] {
  return blocks.map(({ id: _id, ...rest }) => rest)
}

const whole: Story = {
  id: '0190a1b2-0000-7000-8000-000000000009',
  revision: 4,
  status: 'approved',
  changedAt: '2026-11-29T10:00:00.000Z',
  fields: {
    ...emptyFields(instantAt(0, 'UTC', 'clock'), 'en-GB'),
    slug: 'bridge-closes',
    headline: 'Bridge “closes” & nobody asked',
    headlineShort: 'Bridge closes',
    headlineSeo: 'Port Ellery bridge closes',
    headlineSocial: 'It closes!',
    standfirst: 'Four years of delay\nended on Tuesday.',
    kicker: 'Transport',
    section: 'transport',
    byline: 'By Amal Haddad and AFP in Port Ellery',
    authors: [
      { name: 'Amal Haddad', role: 'Harbour reporter', url: 'https://post.example/amal' },
      { name: 'AFP', kind: 'organisation' }
    ],
    source: 'AFP',
    dateline: 'Port Ellery',
    keywords: ['bridge', 'ferries'],
    mediaTopics: [{ code: 'medtop:20000008', name: 'accident' }],
    direction: 'ltr',
    urgency: 2,
    leadImage: {
      mediaId: 'a3'.repeat(32),
      caption: 'The bridge at dusk',
      credit: 'Lena Ortiz/AFP',
      alt: 'A bridge',
      focalPoint: { x: 0.25, y: 0.5 }
    },
    related: [{ headline: 'How it was inspected', url: 'https://post.example/how' }, { headline: 'No page' }],
    corrections: [
      { at: '2026-11-28T10:00:00.000Z', kind: 'clarification', text: 'Seven, not six.' },
      { at: '2026-11-29T10:00:00.000Z', kind: 'correction', text: 'Eight.', place: 'top' }
    ],
    times: {
      created: instantAt(0, 'UTC', 'clock'),
      firstPublished: { utc: '2026-11-20T08:00:00.000Z', zone: 'Asia/Kathmandu', origin: 'cms' },
      lastUpdated: { utc: '2026-11-21T08:00:00.000Z', zone: 'Asia/Dubai', origin: 'typed' },
      embargo: { utc: '2026-12-01T06:00:00.000Z', zone: 'America/St_Johns', origin: 'typed' }
    }
  },
  body: {
    version: 1,
    blocks: [
      { id: '1', type: 'paragraph', runs: [{ text: 'PORT ELLERY — It ' }, { text: 'closes', marks: ['bold'] }] },
      { id: '2', type: 'heading', level: 3, runs: [{ text: 'Why' }] },
      { id: '3', type: 'paragraph', lang: 'ar', dir: 'rtl', runs: [{ text: 'قال المتحدث' }] },
      { id: '4', type: 'quote', runs: [{ text: 'It may fall.' }] },
      { id: '5', type: 'attributed-quote', runs: [{ text: 'It may fall.' }], speaker: 'The mayor' },
      { id: '6', type: 'pull-quote', runs: [{ text: 'It may fall' }] },
      { id: '7', type: 'divider' },
      {
        id: '8',
        type: 'list',
        ordered: true,
        start: 4,
        items: [
          { runs: [{ text: 'Close' }], depth: 0 },
          { runs: [{ text: 'Inspect' }], depth: 1 }
        ]
      },
      {
        id: '9',
        type: 'image',
        image: {
          mediaId: '0f'.repeat(32),
          caption: 'Clerks',
          credit: 'EPA',
          alt: 'Two clerks',
          focalPoint: { x: 0.1, y: 0.9 }
        }
      },
      {
        id: 'a',
        type: 'table',
        headerRow: true,
        headerColumn: false,
        rows: [{ cells: [{ runs: [{ text: 'Route' }] }] }, { cells: [{ runs: [{ text: '4' }] }] }]
      }
    ]
  }
}

describe('a page of Galley that is taken in again', () => {
  it.each([
    ['page', htmlPage(whole, options)],
    ['fragment', htmlFragment(whole, options)]
  ])('gives every field and block of the story (%s)', (_name, html) => {
    const found = review(html, { name: 'story.html' })
    const { created: _created, ...times } = whole.fields.times
    expect({ ...OURS, ...found.fields }).toEqual({
      ...whole.fields,
      times: { ...times, created: found.fields.times?.created }
    })
    expect(bare(found.body.blocks)).toEqual(bare(whole.body.blocks))
    expect(found.warnings).toEqual([])
  })

  it('gives the fields of any story, as far as HTML can carry its characters', () => {
    fc.assert(
      fc.property(arbitraryStory, (one) => {
        const { fields } = withoutSlots(one)
        const found = review(htmlPage(one, options), { name: 'story.html' }).fields
        const shown = ['headline', 'standfirst', 'kicker', 'byline', 'section', 'dateline', 'source'] as const
        for (const key of shown) expect(printableText(found[key] ?? ''), key).toBe(printableText(fields[key]))
        const told = ['slug', 'headlineShort', 'headlineSeo', 'headlineSocial', 'authors', 'keywords'] as const
        for (const key of told) expect(found[key], key).toEqual(fields[key])
        expect(found.corrections).toEqual(fields.corrections)
        expect(found.times?.embargo).toEqual(fields.times.embargo)
        expect(found.leadImage?.mediaId ?? null).toBe(fields.leadImage?.mediaId ?? null)
      }),
      { numRuns: 15 }
    )
  })

  it('is the golden stories, but for blank lines', () => {
    for (const { name, story } of goldenStories()) {
      const found = review(htmlPage(story, options), { name: 'story.html' })
      const kinds = withoutSlots(story).body.blocks.filter(
        (block) => !('runs' in block) || (block.runs as unknown[]).length > 0
      )
      expect(found.body.blocks.map(({ type }) => type).slice(0, kinds.length), name).toEqual(
        kinds.map(({ type }) => type)
      )
    }
  })

  it('takes the words that somebody changed in the file for what they are', () => {
    const html = htmlPage(whole, options)
      .replace(
        'It may fall.</p></blockquote><figcaption>The mayor',
        'It will hold.</p></blockquote><figcaption>The mayor'
      )
      .replace('>Four years', '>Five years')
    const found = review(html, { name: 'story.html' })
    expect(found.fields.standfirst).toBe('Five years of delay\nended on Tuesday.')
    expect(body(found).join('\n')).toContain('It will hold.')
    expect(body(found).filter((line) => line.endsWith('It may fall.'))).toHaveLength(1)
  })

  it('is read line by line where a person decides what a line is', () => {
    const html = htmlPage(whole, options)
    const line = review(html).lines.find(({ text }) => text.startsWith('Four years'))
    const found = review(html, { assignments: { [String(line?.n)]: 'body' } })
    expect(found.fields.standfirst).toBe('')
    expect(body(found).join('\n')).toContain('Four years of delay')
  })

  it('is a page like any other when what it says of itself is not what Galley writes', () => {
    const html = htmlPage(whole, options).replace('data-galley-fields="', 'data-galley-fields="{')
    const { fields } = review(html, { name: 'x.html' })
    expect(fields.headline).toBe(whole.fields.headline)
    expect(fields).not.toHaveProperty('urgency')
  })
})

import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import type { Story } from '../../../src/shared/story/story.ts'
import { picturesOfBlock } from '../../../src/shared/document/pictures.ts'
import { blockToHtml } from '../../../src/shared/document/to-html.ts'
import { bodyToText } from '../../../src/shared/document/to-text.ts'
import { htmlFragment, htmlPage } from '../../../src/shared/formats/html-page.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import { pageWords, readableInstant } from '../../../src/shared/formats/page-words.ts'
import { isoWithOffset } from '../../../src/shared/formats/zoned-time.ts'
import { goldenSite, goldenStories } from '../../golden/golden.ts'
import { arbitraryStory } from './arbitrary-article.ts'

const options = {
  site: goldenSite,
  picture: (use: { readonly mediaId: string | null }) =>
    use.mediaId?.startsWith('a3') ? { src: 'm/a.jpg', width: 2, height: 1 } : undefined
}

interface Tag {
  name: string
  attributes: Record<string, string>
}

/** What a browser would make of the page: its elements, and its visible words. */
function parsed(html: string): { tags: Tag[]; words: string; json: string } {
  const tags: Tag[] = []
  const stack: string[] = []
  let words = ''
  let json = ''
  const parser = new Parser({
    onopentag(name, attributes) {
      tags.push({ name, attributes })
      stack.push(name)
      words += ' '
    },
    ontext(text) {
      if (stack.includes('script')) json += text
      else if (!stack.includes('style') && !stack.includes('head')) words += text
    },
    onclosetag() {
      stack.pop()
      words += ' '
    }
  })
  parser.end(html)
  return { tags, words: squeeze(words), json }
}

function squeeze(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f]+/g, '')
    .trim()
}

const allowed = new Set([
  'html',
  'head',
  'meta',
  'title',
  'link',
  'script',
  'style',
  'body',
  'header',
  'main',
  'article',
  'p',
  'span',
  'h1',
  'h2',
  'h3',
  'h4',
  'b',
  'time',
  'figure',
  'figcaption',
  'img',
  'div',
  'ul',
  'ol',
  'li',
  'blockquote',
  'strong',
  'em',
  'u',
  's',
  'code',
  'sub',
  'sup',
  'a',
  'br',
  'section',
  'aside',
  'nav',
  'footer'
])

/** What readers of the page get: pictures that are there. */
function shownBody(story: Story): Story['body'] {
  const isShown = (block: Story['body']['blocks'][number]): boolean =>
    picturesOfBlock(block).every((use) => options.picture(use) !== undefined)
  return { ...story.body, blocks: story.body.blocks.filter(isShown) }
}

describe('the page', () => {
  test('holds every word of any story and nothing a story could smuggle in', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const html = htmlPage(story, options)
        const { tags, words, json } = parsed(html)
        expect(tags.filter(({ name }) => !allowed.has(name))).toEqual([])
        expect(tags.filter(({ name }) => name === 'script').map(({ attributes }) => attributes)).toEqual([
          { type: 'application/ld+json' }
        ])
        for (const { attributes } of tags) {
          for (const [name, value] of Object.entries(attributes)) {
            expect(name).not.toMatch(/^on|^style$/)
            if (name === 'href' || name === 'src') expect(value).toMatch(/^(https?:|mailto:|tel:|m\/|data:,)/)
          }
        }
        expect(JSON.parse(json)).toMatchObject({ '@type': 'NewsArticle' })
        for (const text of [
          story.fields.headline,
          story.fields.standfirst,
          story.fields.kicker,
          story.fields.section,
          ...bodyToText(shownBody(story)).split('\n')
        ]) {
          expect(words.replace(/ /g, '')).toContain(squeeze(text).replace(/ /g, ''))
        }
        expect(html).not.toContain('SECRET-NOTE')
        expect(htmlFragment(story, options)).not.toContain('SECRET-NOTE')
        expect(plainText(story)).not.toContain('SECRET-NOTE')
        expect(htmlPage(structuredClone(story), options)).toBe(html)
      }),
      { numRuns: 150 }
    )
  })

  test('says the instants it shows in the markup too', () => {
    fc.assert(
      fc.property(arbitraryStory, (story) => {
        const { firstPublished, lastUpdated } = story.fields.times
        const { tags, json } = parsed(htmlPage(story, options))
        const times = tags.filter(({ name }) => name === 'time').map(({ attributes }) => attributes['datetime'])
        const data = JSON.parse(json) as { datePublished?: string; dateModified?: string }
        expect(data.datePublished).toBe(firstPublished ? isoWithOffset(firstPublished) : undefined)
        const changed = lastUpdated ?? firstPublished
        expect(data.dateModified).toBe(changed ? isoWithOffset(changed) : undefined)
        if (data.datePublished !== undefined) expect(times).toContain(data.datePublished)
        if (data.dateModified !== undefined) expect(times).toContain(data.dateModified)
        for (const instant of [firstPublished, lastUpdated])
          if (instant) expect(Date.parse(isoWithOffset(instant))).toBe(Date.parse(instant.utc))
      })
    )
  })

  test('stands in order: headline, times, lead picture, body', () => {
    const story = golden('every-block')
    const { words } = parsed(htmlFragment(story, options))
    const at = [
      'Council votes',
      'Engineers found',
      'By Amal Haddad',
      'Published: 13 August 2024, 16:48 GMT+4',
      'Last updated: 13 August 2024, 16:49 GMT+4',
      'The bridge at dusk',
      'PORT ELLERY —',
      'Correction',
      'Related stories'
    ].map((text) => words.indexOf(text))
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(at).not.toContain(-1)
  })

  test('a picture that is not there is left out, and is no broken image', () => {
    const html = htmlFragment(golden('arabic'), options)
    expect(html).not.toMatch(/<img|<figure|الجسر عند الغروب/)
  })

  test('has a card with a whole address for each network, once the desk has a site', () => {
    const { leadImage, ...fields } = golden('every-block').fields
    const story = { ...golden('every-block'), fields: { ...fields, slug: 'a/bridge', leadImage } }
    const meta = (site: typeof options.site, one = story): Record<string, string> =>
      Object.fromEntries(
        parsed(htmlPage(one, { ...options, site })).tags.flatMap(({ attributes: { property, name, content } }) =>
          content === undefined ? [] : [[property ?? name ?? '', content]]
        )
      )
    const site = { ...options.site, siteUrl: 'https://post.example/news/' }
    expect(meta(site)).toMatchObject({
      'og:image': 'https://post.example/news/a/m/a.jpg',
      'twitter:card': 'summary_large_image',
      'twitter:image': 'https://post.example/news/a/m/a.jpg'
    })
    expect(meta({ ...site, siteUrl: '' })).toMatchObject({ 'twitter:card': 'summary' })
    expect(meta(site, { ...story, fields: { ...story.fields, leadImage: null } })).not.toHaveProperty('og:image')
  })

  test('names the publication to machines, with its logo where the desk has one', () => {
    const publisher = (site: typeof options.site & { logoUrl?: string }): unknown =>
      (
        JSON.parse(parsed(htmlPage(golden('every-block'), { ...options, site })).json) as {
          publisher?: Record<string, unknown>
        }
      ).publisher
    const site = { ...options.site, deskName: 'The Post', siteUrl: 'https://post.example' }
    const logoUrl = 'https://post.example/logo.png?a=1&b=2'
    expect(publisher({ ...site, logoUrl })).toEqual({
      '@type': 'Organization',
      name: 'The Post',
      url: 'https://post.example',
      logo: { '@type': 'ImageObject', url: logoUrl }
    })
    expect(publisher({ ...site, logoUrl: '' })).not.toHaveProperty('logo')
    expect(publisher(site)).not.toHaveProperty('logo')
  })

  test.each([
    ['By Amal Haddad and AFP in Beirut', '', ['Person Amal Haddad', 'Organization AFP']],
    ['By Amal Haddad in Port Ellery', '', ['Person Amal Haddad']],
    ['Par Nora Lind, avec Reuters', '', ['Person Nora Lind', 'Organization Reuters']],
    ['', 'Ellery Wire', ['Organization Ellery Wire']],
    ['Our own people who were there. And others', '', []]
  ])('names to machines who wrote it: %s', (byline, source, expected) => {
    const story = golden('every-block')
    const fields = { ...story.fields, authors: [], byline, source }
    const { author = [] } = JSON.parse(parsed(htmlPage({ ...story, fields }, options)).json) as {
      author?: { '@type': string; name: string }[]
    }
    expect(author.map((one) => `${one['@type']} ${one.name}`)).toEqual(expected)
  })

  test('skips no level of heading, wherever the story begins', () => {
    const heading = (id: string, level: 2 | 3 | 4) => ({ id, type: 'heading' as const, level, runs: [{ text: id }] })
    const story = golden('empty')
    const blocks = [heading('a', 4), heading('b', 4), heading('c', 2), heading('d', 4)]
    const { tags } = parsed(htmlFragment({ ...story, body: { version: 1, blocks } }, options))
    expect(tags.flatMap(({ name }) => (/^h\d$/.test(name) ? [name] : []))).toEqual(['h1', 'h2', 'h3', 'h2', 'h3'])
  })
})

describe('blocks', () => {
  test('a link that leads nowhere good is text', () => {
    expect(
      blockToHtml({ id: 'a', type: 'paragraph', runs: [{ text: 'x', link: { href: 'javascript:alert(1)' } }] })
    ).toBe('<p>x</p>')
  })

  test('text gives the same HTML however it was cut into runs', () => {
    const whole = blockToHtml({ id: 'a', type: 'paragraph', runs: [{ text: 'one two', marks: ['italic', 'bold'] }] })
    const cut = blockToHtml({
      id: 'a',
      type: 'paragraph',
      runs: [{ text: 'one ', marks: ['bold', 'italic'] }, { text: '' }, { text: 'two', marks: ['italic', 'bold'] }]
    })
    expect(whole).toBe('<p><strong><em>one two</em></strong></p>')
    expect(cut).toBe(whole)
  })

  test('lists nest by depth, and a skipped depth opens one level', () => {
    const items = [2, 2, 4, 3, 0, 1].map((depth, index) => ({ runs: [{ text: String(index) }], depth }))
    expect(blockToHtml({ id: 'l', type: 'list', ordered: false, items })).toBe(
      '<ul><li>0</li><li>1<ul><li>2</li><li>3</li></ul></li><li>4<ul><li>5</li></ul></li></ul>'
    )
  })

  test('lists are always well formed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1 }), (depths) => {
        const html = blockToHtml({
          id: 'l',
          type: 'list',
          ordered: true,
          items: depths.map((depth) => ({ runs: [{ text: 'x' }], depth }))
        })
        let open: string[] = []
        for (const [, slash, name = ''] of html.matchAll(/<(\/?)(ol|li)>/g)) {
          if (slash === '/') expect(open.pop()).toBe(name)
          else {
            expect(open.at(-1)).toBe(name === 'li' ? 'ol' : open.length === 0 ? undefined : 'li')
            open = [...open, name]
          }
        }
        expect(open).toEqual([])
        expect(html.match(/<li>/g)).toHaveLength(depths.length)
      })
    )
  })
})

describe('dates', () => {
  test('stand in the zone they were meant in', () => {
    const at = (utc: string, zone: string): [string, string] => [
      isoWithOffset({ utc, zone }),
      readableInstant({ utc, zone }, pageWords('en'))
    ]
    expect(at('2024-08-13T12:48:00.000Z', 'Asia/Dubai')).toEqual([
      '2024-08-13T16:48:00+04:00',
      '13 August 2024, 16:48 GMT+4'
    ])
    expect(at('2024-07-01T23:30:00.000Z', 'Asia/Kathmandu')).toEqual([
      '2024-07-02T05:15:00+05:45',
      '2 July 2024, 05:15 GMT+5:45'
    ])
    expect(at('2024-01-01T00:00:00.000Z', 'America/St_Johns')).toEqual([
      '2023-12-31T20:30:00-03:30',
      '31 December 2023, 20:30 GMT-3:30'
    ])
    expect(at('2024-01-01T00:00:00.000Z', 'UTC')).toEqual(['2024-01-01T00:00:00Z', '1 January 2024, 00:00 GMT'])
    // Either side of the hour that comes twice.
    expect(at('2024-10-27T00:30:00.000Z', 'Europe/Berlin')[0]).toBe('2024-10-27T02:30:00+02:00')
    expect(at('2024-10-27T01:30:00.000Z', 'Europe/Berlin')[0]).toBe('2024-10-27T02:30:00+01:00')
    expect(at('1900-01-01T00:00:00.000Z', 'Europe/Amsterdam')[0]).toMatch(/^1900-01-01T00:/)
  })

  test('are the same in the text and in the markup, before standard time and at the ends of the calendar too', () => {
    const zones = [
      'Africa/Monrovia',
      'Europe/Amsterdam',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Europe/London',
      'Pacific/Apia',
      'UTC'
    ]
    const year = fc.oneof(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1850, max: 1980 }),
      fc.constantFrom(1, 9999)
    )
    const utcOf = fc.tuple(year, fc.integer({ min: 0, max: 366 * 24 * 60 * 60 - 1 }))
    fc.assert(
      fc.property(utcOf, fc.constantFrom(...zones), ([inYear, second], zone) => {
        const start = new Date(0)
        start.setUTCFullYear(inYear, 0, 1)
        const utc = new Date(start.getTime() + second * 1000).toISOString()
        if (!/^(?!0000)\d{4}-/.test(utc)) return
        const iso = isoWithOffset({ utc, zone })
        expect(iso).toMatch(/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/)
        expect(Date.parse(iso)).toBe(Date.parse(utc))
        const [, day, month, shown, time, offset] =
          /^(\d+) (\w+) (\d+), (\d\d:\d\d) GMT(.*)$/.exec(readableInstant({ utc, zone }, pageWords('en'))) ?? []
        expect([Number(shown), Number(day), time]).toEqual([
          Number(iso.slice(0, 4)),
          Number(iso.slice(8, 10)),
          iso.slice(11, 16)
        ])
        expect(new Date(`${month} 1, 2000`).getMonth() + 1).toBe(Number(iso.slice(5, 7)))
        const said = /^([+-])(\d+)(?::(\d\d))?$/.exec(offset ?? '')
        expect(said ? `${said[1]}${said[2]?.padStart(2, '0')}:${said[3] ?? '00'}` : 'Z').toBe(iso.slice(19))
      }),
      { numRuns: 500 }
    )
    // Liberia was 44 minutes and 30 seconds behind until 1972, which no offset can say: both are in UTC.
    const monrovia = { utc: '1960-06-01T12:00:00.000Z', zone: 'Africa/Monrovia' }
    expect([isoWithOffset(monrovia), readableInstant(monrovia, pageWords('en'))]).toEqual([
      '1960-06-01T12:00:00Z',
      '1 June 1960, 12:00 GMT'
    ])
  })

  test('speak the language of the story', () => {
    const instant = { utc: '2024-08-13T12:48:00.000Z', zone: 'Asia/Dubai' }
    expect(readableInstant(instant, pageWords('ar'))).toBe('13 أغسطس 2024، 16:48 GMT+4')
    expect(readableInstant(instant, pageWords('ar-LB'))).toBe('13 آب 2024، 16:48 GMT+4')
    expect(readableInstant(instant, pageWords('es-MX'))).toBe('13 de agosto de 2024, 16:48 GMT+4')
    expect(readableInstant(instant, pageWords('de'))).toBe('13. August 2024, 16:48 GMT+4')
    expect(readableInstant(instant, pageWords('ja'))).toBe('2024-08-13, 16:48 GMT+4')
  })
})

function golden(name: string): Story {
  const found = goldenStories().find((story) => story.name === name)
  if (!found) throw new Error(`No golden story ${name}`)
  return found.story
}

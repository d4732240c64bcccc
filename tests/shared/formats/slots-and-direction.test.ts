import { describe, expect, it } from 'vitest'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { toGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { htmlFragment, htmlPage } from '../../../src/shared/formats/html-page.ts'
import { toNinjsJson } from '../../../src/shared/formats/ninjs.ts'
import { plainText } from '../../../src/shared/formats/plain-text.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { intentOf } from '../../../src/main/core/publishing/targets/wordpress/intent.ts'
import { intentOf as ghostIntentOf } from '../../../src/main/core/publishing/targets/ghost/intent.ts'
import { openDriver } from '../../../src/main/core/publishing/targets/open/driver.ts'
import type { RemoteCopy } from '../../../src/main/core/publishing/targets/target.ts'
import { payloadOf } from '../../../src/main/core/publishing/targets/payload.ts'

const site = { deskName: 'The Post', siteUrl: '', relatedTitle: '', channels: [], related: [] }
const picture = (): never => {
  throw new Error('no picture is asked for')
}

function story(fields: Partial<Story['fields']>, blocks: Story['body']['blocks']): Story {
  return {
    id: '0190a1b2-0000-7000-8000-000000000001',
    revision: 1,
    status: 'approved',
    changedAt: '2026-11-29T10:00:00.000Z',
    fields: { ...emptyFields(instantAt(0, 'UTC', 'clock')), headline: 'Bridge', ...fields },
    body: { version: 1, blocks }
  }
}

/** Everything that leaves the desk, by name. */
function leaving(one: Story): Record<string, string> {
  const options = { site, picture: () => undefined }
  const open = { url: 'https://cms.example', siteUrl: '', picture }
  const context = { settings: { status: 'publish', author: '' }, picture } as unknown as Parameters<typeof intentOf>[1]
  return {
    page: htmlPage(one, options),
    fragment: htmlFragment(one, options),
    text: plainText(one),
    ninjs: toNinjsJson(one, options),
    'open endpoint': payloadOf(one, { ...open, format: 'galley' }).text,
    'open endpoint, ninjs': payloadOf(one, { ...open, format: 'ninjs' }).text,
    wordpress: intentOf(one, context).text,
    ghost: ghostIntentOf(one, { ...context, settings: { status: 'published', authors: {} } }).text
  }
}

describe('the slot of a picture that is still to come', () => {
  const slot = { ...emptyImageUse(), caption: 'Cap of slot', credit: 'Cred of slot', alt: 'Alt of slot' }
  const sent = story({ leadImage: slot }, [
    { id: 'a', type: 'paragraph', runs: [{ text: 'Words before.' }] },
    { id: 'b', type: 'image', image: slot }
  ])

  it.each(Object.entries(leaving(sent)))('is not in what readers or other systems get: %s', (_name, text) => {
    expect(text).toContain('Words before.')
    expect(text).not.toMatch(/of slot|to[ -]come|placeholder/i)
  })

  it('stays in the desk’s own format', () => {
    expect(toGalleyJson(sent, []).match(/Cap of slot/g)).toHaveLength(2)
  })
})

describe('a block of another build', () => {
  const video = {
    id: 'v',
    type: 'x-video',
    title: 'The pier at dusk',
    url: 'https://intranet.example/raw.mp4',
    mediaId: 'f'.repeat(64),
    poster: 'https://intranet.example/still.jpg',
    captions: { en: 'f'.repeat(64) },
    budget: 4000
  } as Story['body']['blocks'][number]
  const all = leaving(story({}, [{ id: 'a', type: 'paragraph', runs: [{ text: 'Words before.' }] }, video]))
  const published = ['open endpoint', 'open endpoint, ninjs', 'wordpress', 'ghost']

  it.each(published)('is published as its words, and nothing else of it: %s', (name) => {
    expect(all[name]).toContain('The pier at dusk')
    expect(all[name]).not.toMatch(/intranet|raw\.mp4|f{64}|budget|4000/)
  })

  it.each(['page', 'fragment', 'ninjs'])('is whole in a file of the desk’s own: %s', (name) => {
    for (const part of ['The pier at dusk', 'https://intranet.example/raw.mp4', 'f'.repeat(64), 'budget'])
      expect(all[name]).toContain(part)
  })

  it('comes back as it was from what an open endpoint has, unless its words were changed there', () => {
    const one = story({}, [video])
    const { text } = payloadOf(one, { format: 'galley', url: 'https://cms.example', siteUrl: '', picture })
    const there = (content: string) =>
      openDriver.copyThere({ content: JSON.parse(content) as unknown } as RemoteCopy, one, undefined as never, null)
        ?.body
    expect(there(text)).toEqual({ blocks: [video] })
    expect(there(text.replace('at dusk', 'at dawn'))).toEqual({
      blocks: [{ id: 'v', type: 'paragraph', runs: [{ text: 'The pier at dawn' }] }]
    })
  })
})

describe('direction', () => {
  const mixed = [
    { id: 'a', type: 'paragraph', runs: [{ text: 'قال المتحدث' }] },
    { id: 'b', type: 'paragraph', runs: [{ text: 'The mayor' }] },
    { id: 'c', type: 'paragraph', runs: [{ text: '2024' }] },
    {
      id: 'd',
      type: 'table',
      headerRow: false,
      headerColumn: false,
      rows: [{ cells: [{ runs: [{ text: 'Route' }] }, { runs: [{ text: 'الميناء' }] }] }]
    }
  ] as Story['body']['blocks']

  it.each([
    ['ltr', 'en', '<p dir="rtl">قال المتحدث</p>\n<p>The mayor</p>\n<p>2024</p>'],
    ['auto', 'en', '<p dir="rtl">قال المتحدث</p>\n<p>The mayor</p>\n<p>2024</p>'],
    ['rtl', 'en', '<p>قال المتحدث</p>\n<p dir="ltr">The mayor</p>\n<p>2024</p>'],
    ['auto', 'ar', '<p>قال المتحدث</p>\n<p dir="ltr">The mayor</p>\n<p>2024</p>']
  ] as const)('of a story set %s in %s is what the desk shows, in every kind of HTML', (direction, language, html) => {
    const all = leaving(story({ direction, language }, mixed))
    expect(all['fragment']).toContain(html)
    expect(all['page']).toContain(html)
    expect(all['ninjs']).toContain(JSON.stringify(html).slice(1, -1))
    expect(all['fragment']).toMatch(/<td>Route<\/td><td dir="rtl">الميناء<\/td>/)
  })

  it('is said by every block of a post that reads from right to left, whatever the site is set in', () => {
    const { content } = JSON.parse(leaving(story({ language: 'ar' }, mixed))['wordpress'] ?? '') as { content: string }
    expect(content).toContain('<p dir="rtl">قال المتحدث</p>\n<p>The mayor</p>\n<p dir="rtl">2024</p>')
  })
})

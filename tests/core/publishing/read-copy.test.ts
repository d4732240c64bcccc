import { describe, expect, it } from 'vitest'
import type { Block } from '../../../src/shared/document/document.ts'
import type { MediaAsset } from '../../../src/shared/contract/media.ts'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import { readCopy } from '../../../src/main/core/publishing/read-copy.ts'
import { intentOf as ghostIntent } from '../../../src/main/core/publishing/targets/ghost/intent.ts'
import { ghostDriver } from '../../../src/main/core/publishing/targets/ghost/driver.ts'
import type { Job, RemoteCopy } from '../../../src/main/core/publishing/targets/target.ts'
import { intentOf as wordpressIntent } from '../../../src/main/core/publishing/targets/wordpress/intent.ts'
import { wordpressDriver } from '../../../src/main/core/publishing/targets/wordpress/driver.ts'

const runs = [{ text: 'The pier ' }, { text: 'at dusk', marks: ['bold'], link: { href: 'https://a.example/' } }]
/** Of a build later than this one. */
const video: Block = { id: 'v', type: 'x-video', runs }
const story = (block: Block): Story => ({
  id: '0190a1b2-0000-7000-8000-000000000001',
  revision: 1,
  status: 'approved',
  changedAt: '2026-11-29T10:00:00.000Z',
  fields: { ...emptyFields(instantAt(0, 'UTC', 'clock')), headline: 'Bridge opens', slug: 'bridge' },
  body: {
    version: 1,
    blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'The bridge is open.' }] }, block]
  }
})
const picture = (): MediaAsset => {
  throw new Error('No pictures')
}
const context = { authors: {}, picture }

const sites = {
  wordpress: {
    driver: wordpressDriver,
    sent: (one: Story) =>
      wordpressIntent(one, { ...context, settings: { status: 'publish', authors: {} } } as never).text,
    content(text: string): unknown {
      const { content, slug, title } = JSON.parse(text) as { content: string; slug: string; title: string }
      const post = { title: { raw: title }, content: { raw: content }, excerpt: { raw: '' } }
      return { ...post, slug, status: 'publish', categories: [], tags: [], featured_media: 0 }
    }
  },
  ghost: {
    driver: ghostDriver,
    sent: (one: Story) =>
      ghostIntent(one, { ...context, settings: { status: 'published', authors: {} } } as never).text,
    content(text: string): unknown {
      const { lexical, slug, title } = JSON.parse(text) as { lexical: string; slug: string; title: string }
      return { title, slug, status: 'published', lexical, custom_excerpt: null, feature_image: null }
    }
  }
} as const

describe.each(['wordpress', 'ghost'] as const)('what %s has of a block that this build does not know', (kind) => {
  const { driver, sent, content } = sites[kind]
  const job = { reference: () => null } as unknown as Job
  const read = (there: string, whatLeft: string | null) => {
    const base = story(video)
    const copy = driver.copyThere({ content: content(there) } as RemoteCopy, base, job, whatLeft)
    if (!copy) throw new Error('Not readable')
    return readCopy({
      there: copy,
      base,
      htmlOf: (block, html) => driver.htmlOf(block, html),
      original: (id) => id,
      renditionOf: (id) => id,
      pictures: [],
      newId: (at) => `new-${at}`
    }).copy.body.blocks
  }
  // An earlier build sent such a block with the marks and links of its words.
  const earlier = sent(story({ id: 'v', type: 'paragraph', runs }))

  it('is the block as it is here, whether its words alone were sent or how they look as well', () => {
    const now = sent(story(video))
    expect(read(now, now)).toEqual(story(video).body.blocks)
    expect(now).not.toBe(earlier)
    expect(read(earlier, earlier)).toEqual(story(video).body.blocks)
  })

  it('is what the site made of it where somebody changed that', () => {
    const change = (text: string): string => text.replace('at dusk', 'at dawn')
    expect(read(change(earlier), earlier)).toEqual([
      story(video).body.blocks[0],
      { id: 'v', type: 'paragraph', runs: [runs[0], { ...runs[1], text: 'at dawn' }] }
    ])
    // Somebody there linked words that had left without.
    expect(read(earlier, sent(story(video)))[1]).toEqual({ id: 'v', type: 'paragraph', runs })
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/main/core/store/sql.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { FaultName, Seen, FaultProxy } from '../../support/fault-proxy.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { readPhotoMetadata } from '../../../src/main/core/media/photo-metadata.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { jpegPlaces, picture } from '../media/planted.ts'
import { CmsRoom } from './cms-room.ts'
import type { Desk } from './newsroom.ts'

let room: CmsRoom<FakeWordpress>
let clock: ManualClock
let site: FakeWordpress
let proxy: FaultProxy
let desk: Desk
let targetId: string

beforeEach(async () => {
  room = await CmsRoom.open(FakeWordpress)
  ;({ clock, site, proxy, desk, targetId } = room)
})
afterEach(() => room.close())

const connect = (settings: Record<string, string> = {}, secret?: string) => room.connect(settings, secret)

const run = (id: string): Promise<OutboxItem> => room.run(id)

const filed = {
  standfirst: 'After years of repairs.',
  section: 'City & Harbour',
  keywords: ['Bridge', 'R&D'],
  byline: 'By Amal Haddad'
}

describe('publishing to WordPress', () => {
  it('uploads no picture with what the camera wrote', async () => {
    const secret = 'GPS48.2082N16.3738E-SN0123456789'
    const places = Object.entries(jpegPlaces).toSorted(
      ([one], [other]) => Number(one.startsWith('behind')) - Number(other.startsWith('behind'))
    )
    const planted = places.reduce<Buffer>((bytes, [, plant]) => plant(bytes, secret), await picture().jpeg().toBuffer())
    const { id: mediaId } = await desk.media.add('photo.jpg', planted)
    const words = { caption: 'At dawn', credit: 'M. Ortner', alt: 'A bridge' }
    const storyId = await desk.story('Bridge opens', { leadImage: { ...emptyImageUse(mediaId), ...words } })
    const { revision } = desk.stories.get(storyId)
    const { id } = await desk.publishing.approving.publishWithPictures({
      storyId,
      targetId,
      revision,
      changeId: newId()
    })
    expect(await run(id)).toMatchObject({ state: 'done' })
    expect(site.media.map(({ alt_text }) => alt_text)).toEqual(['A bridge'])
    for (const { bytes } of site.media) {
      expect(bytes.includes(secret)).toBe(false)
      expect(readPhotoMetadata(bytes)).toMatchObject({ caption: { value: 'At dawn' }, credit: { value: 'M. Ortner' } })
    }
  })

  it('holds a picture of the text within the column, whatever the theme', async () => {
    const { id: mediaId } = await desk.media.add('band.jpg', await picture().jpeg().toBuffer())
    const storyId = await desk.story('Bridge opens')
    const { revision } = desk.stories.get(storyId)
    const block = { id: 'p', type: 'image', image: { ...emptyImageUse(mediaId), alt: 'The band' } } as const
    desk.stories.patchBody({ id: storyId, baseRevision: revision, changeId: newId() }, [
      { op: 'insert', after: null, block }
    ])
    const sent = { storyId, targetId, revision: desk.stories.get(storyId).revision, changeId: newId() }
    const item = await run((await desk.publishing.approving.publishWithPictures(sent)).id)
    expect(item).toMatchObject({ state: 'done', receipt: { media: 1 } })
    expect(item.receipt?.differences).toBeUndefined()
    expect(site.posts[0]?.content).toMatch(/<img [^>]*alt="The band"[^>]* style="max-width:100%;height:auto"/)
  })

  it('makes one post with its pictures, terms, excerpt and address, and keeps no mark', async () => {
    site.terms.categories.push({ id: 5, name: 'City & Harbour' })
    const storyId = await desk.story('Bridge opens', filed, true)
    const item = await run(desk.publish(storyId, targetId).id)
    expect(item).toMatchObject({
      state: 'done',
      problem: null,
      receipt: { media: 1, url: `${proxy.url}/2026/03/bridge-opens/` }
    })
    expect(item.receipt?.differences).toBeUndefined()
    expect(site.posts).toHaveLength(1)
    expect(site.posts[0]).toMatchObject({
      slug: 'bridge-opens',
      status: 'publish',
      title: 'Bridge opens',
      excerpt: filed.standfirst,
      categories: [5],
      featured_media: site.media[0]?.id
    })
    expect(site.posts[0]?.content).toBe(
      '<p class="byline">By Amal Haddad</p>\n<p>The council voted on Bridge opens.</p>'
    )
    expect(site.terms.tags.map(({ name }) => name)).toEqual(['Bridge', 'R&D'])
    expect(site.media).toMatchObject([{ alt_text: 'A bridge', caption: 'The bridge at dawn (M. Ortner)' }])
    expect(JSON.stringify(site.posts)).not.toContain(storyId.replaceAll('-', '').slice(0, 12))
    expect(proxy.seen.some((seen) => seen.body.includes('future'))).toBe(false)
  })

  it('an update changes the same post, sends no picture again, and leaves its address and date', async () => {
    const storyId = await desk.story('Bridge opens', filed, true)
    await run(desk.publish(storyId, targetId).id)
    const date = site.posts[0]?.date_gmt
    clock.advance(3_600_000)
    desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ title: 'Bridge opens early', slug: 'bridge-opens', date_gmt: date }])
    expect(site.media).toHaveLength(1)
  })

  it('a headline that would read as HTML arrives as the words it is', async () => {
    const storyId = await desk.story('What <b> and &amp; mean', { standfirst: 'A < B & C' })
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
    expect(site.posts).toMatchObject([{ title: 'What &lt;b> and &amp;amp; mean', excerpt: 'A &lt; B & C' }])
  })

  it('works where the site has no pretty addresses', async () => {
    site.plain = true
    expect(await run(desk.publish(await desk.story('Plain', filed, true), targetId).id)).toMatchObject({
      state: 'done'
    })
    expect(site.posts).toMatchObject([{ title: 'Plain', status: 'publish' }])
    expect(await desk.publishing.testTarget(targetId)).toMatchObject({
      ok: true,
      message: { key: 'wordpress.knowsUs', params: { name: 'Desk' } }
    })
  })

  it('tells a wrong password from an open site, and stops until there is a right one', async () => {
    const wrong = await connect({}, 'not the one')
    expect(await desk.publishing.testTarget(wrong.id)).toMatchObject({
      ok: false,
      message: { key: 'cms.withReason', params: { problem: { key: 'wordpress.unknownUser' } } }
    })
    expect(await run(desk.publish(await desk.story('Secret'), wrong.id).id)).toMatchObject({ state: 'paused' })
    expect(site.posts).toEqual([])
  })

  it('what the server made of it by itself is in the receipt in plain words', async () => {
    site.role = 'author'
    site.posts.push({
      kind: 'posts',
      author: 1,
      id: 3,
      slug: 'bridge-opens',
      status: 'publish',
      title: 'Old',
      content: '',
      excerpt: '',
      categories: [1],
      tags: [],
      featured_media: 0,
      date_gmt: null,
      modified_gmt: '',
      revision: 1
    })
    const item = await run(desk.publish(await desk.story('Bridge opens', filed), targetId).id)
    expect(item).toMatchObject({ state: 'done', receipt: { url: `${proxy.url}/2026/03/bridge-opens-2/` } })
    expect(item.receipt?.differences).toEqual([
      { field: 'section', note: { key: 'wordpress.termNotMade', params: { name: 'City & Harbour' } } },
      { field: 'slug', note: { key: 'wordpress.slugMade', params: { slug: 'bridge-opens-2' } } }
    ])
  })

  it('a user who may make no categories uses those that are there', async () => {
    site.role = 'author'
    site.terms.categories.push({ id: 5, name: 'City & Harbour' })
    const item = await run(desk.publish(await desk.story('Bridge opens', filed), targetId).id)
    expect(item.receipt?.differences).toBeUndefined()
    expect(site.posts).toMatchObject([{ categories: [5] }])
  })

  it('a change made there since is a conflict; the same words saved again are none; ours over it is a decision', async () => {
    const storyId = await desk.story('Ours', filed)
    await run(desk.publish(storyId, targetId).id)
    const id = site.posts[0]?.id ?? 0
    clock.advance(60_000)
    site.edit(id, {})
    desk.edit(storyId, { headline: 'Ours again' })
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    site.edit(id, { content: '<p>Theirs &amp; only theirs.</p>' })
    desk.edit(storyId, { headline: 'Ours once more' })
    const last = desk.publish(storyId, targetId)
    expect(await run(last.id)).toMatchObject({ state: 'conflict' })
    expect(site.posts).toMatchObject([{ title: 'Ours again', content: '<p>Theirs &amp; only theirs.</p>' }])
    const there = await desk.publishing.conflicts.remote(last.id)
    expect(there).toMatchObject({ headline: 'Ours again', text: `${filed.standfirst}\n\nTheirs & only theirs.` })
    desk.publishing.conflicts.overwrite(last.id, there?.etag ?? '')
    expect(await run(last.id)).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ title: 'Ours once more' }])
  })

  it('a post that was thrown away or deleted there is a conflict, and can be made anew', async () => {
    const storyId = await desk.story('Trashed', filed)
    await run(desk.publish(storyId, targetId).id)
    site.trash(site.posts[0]?.id ?? 0)
    desk.edit(storyId, { headline: 'Trashed, updated' })
    const update = desk.publish(storyId, targetId)
    expect(await run(update.id)).toMatchObject({ state: 'conflict' })
    expect(await desk.publishing.conflicts.remote(update.id)).toBeNull()
    desk.publishing.conflicts.overwrite(update.id, '')
    expect(await run(update.id)).toMatchObject({ state: 'done' })
    expect(site.posts.map(({ status }) => status)).toEqual(['trash', 'publish'])
  })

  it('a story published elsewhere before keeps its date; one ahead is never sent', async () => {
    const utc = '2024-08-13T12:48:00.000Z'
    const times = (await desk.stories.get(await desk.story('x'))).fields.times
    const old = await desk.story('Old', { times: { ...times, firstPublished: { utc, zone: 'UTC', origin: 'intake' } } })
    expect(await run(desk.publish(old, targetId).id)).toMatchObject({ state: 'done' })
    expect(site.posts[0]).toMatchObject({ status: 'publish', date_gmt: '2024-08-13T12:48:00' })
    const ahead = new Date(clock.now() + 86_400_000).toISOString()
    const early = await desk.story('Early', {
      times: { ...times, firstPublished: { utc: ahead, zone: 'UTC', origin: 'typed' } }
    })
    expect(await run(desk.publish(early, targetId).id)).toMatchObject({ state: 'done' })
    expect(site.posts[1]).toMatchObject({ status: 'publish' })
  })

  describe('a library put back from a backup that does not know of the post', () => {
    /** What a restored library has lost: the receipt, and where the post is. */
    const forget = (): void =>
      desk.store.write('put back', (db) => {
        db.run(sql`DELETE FROM remote_references`)
        db.run(sql`DELETE FROM live`)
      })

    it('finds the post by the slug its draft had, and asks before it goes over it', async () => {
      for (const address of ['pretty', 'plain'] as const) {
        site.posts.length = 0
        site.plain = address === 'plain'
        desk.store.write('forget', (db) => db.run(sql`DELETE FROM remote_references`))
        const storyId = await desk.story(`Bridge ${address}`, filed)
        await run(desk.publish(storyId, targetId).id)
        forget()
        desk.edit(storyId, { headline: `Bridge ${address}, corrected` })
        const update = desk.publish(storyId, targetId)
        expect(await run(update.id)).toMatchObject({ state: 'conflict' })
        expect(site.posts).toMatchObject([{ title: `Bridge ${address}`, status: 'publish' }])
        const there = await desk.publishing.conflicts.remote(update.id)
        desk.publishing.conflicts.overwrite(update.id, there?.etag ?? '')
        expect(await run(update.id)).toMatchObject({ state: 'done', problem: null })
        expect(site.posts).toMatchObject([{ title: `Bridge ${address}, corrected`, slug: `bridge-${address}` }])
      }
    })

    it('the same words there are a receipt, and nothing is sent', async () => {
      const storyId = await desk.story('Bridge opens', filed)
      await run(desk.publish(storyId, targetId).id)
      forget()
      const before = proxy.seen.length
      expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
      expect(site.posts).toHaveLength(1)
      expect(proxy.seen.slice(before).filter(({ method }) => method === 'POST')).toEqual([])
    })

    it('where the site has forgotten the slug too, a post of the same address and title is asked about', async () => {
      const storyId = await desk.story('Weather', filed)
      await run(desk.publish(storyId, targetId).id)
      forget()
      site.oldSlugs.clear()
      desk.edit(storyId, { standfirst: 'Rain.' })
      const update = desk.publish(storyId, targetId)
      expect(await run(update.id)).toMatchObject({ state: 'conflict' })
      expect(site.posts).toHaveLength(1)
      // A person says that it is another story.
      desk.publishing.conflicts.publishAsNew(update.id)
      expect(await run(update.id)).toMatchObject({ state: 'done', problem: null })
      expect(site.posts.map(({ slug, excerpt }) => [slug, excerpt])).toEqual([
        ['weather', filed.standfirst],
        ['weather-2', 'Rain.']
      ])
    })

    it('another story of this library under the same title is no reason to ask', async () => {
      await run(desk.publish(await desk.story('Weather', filed), targetId).id)
      expect(await run(desk.publish(await desk.story('Weather', filed), targetId).id)).toMatchObject({ state: 'done' })
      expect(site.posts.map(({ slug }) => slug)).toEqual(['weather', 'weather-2'])
    })

    it('an update whose post cannot be found makes none: it asks', async () => {
      const storyId = await desk.story('Lost', filed)
      await run(desk.publish(storyId, targetId).id)
      desk.store.write('lost', (db) => db.run(sql`DELETE FROM remote_references`))
      site.posts.length = 0
      desk.edit(storyId, { headline: 'Lost, updated' })
      const update = desk.publish(storyId, targetId)
      expect(await run(update.id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.removedThere' } })
      expect(site.posts).toEqual([])
      desk.publishing.conflicts.overwrite(update.id, '')
      expect(await run(update.id)).toMatchObject({ state: 'done' })
      expect(site.posts).toHaveLength(1)
    })

    it('an update whose reference alone was lost goes to the same post', async () => {
      const storyId = await desk.story('Found', filed)
      await run(desk.publish(storyId, targetId).id)
      desk.store.write('lost', (db) => db.run(sql`DELETE FROM remote_references`))
      desk.edit(storyId, { headline: 'Found, updated' })
      expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
      expect(site.posts).toMatchObject([{ title: 'Found, updated', slug: 'found' }])
    })

    it('a post that cannot be found is not taken for withdrawn', async () => {
      const storyId = await desk.story('Where', filed)
      await run(desk.publish(storyId, targetId).id)
      desk.store.write('lost', (db) => db.run(sql`DELETE FROM remote_references`))
      site.oldSlugs.clear()
      const [item] = desk.publishing.withdraw({ storyId, targetIds: [targetId], reason: 'x', changeId: newId() })
      expect(await run(item?.id ?? '')).toMatchObject({ state: 'refused' })
      expect(site.posts).toMatchObject([{ status: 'publish' }])
    })
  })

  it('as a draft for WordPress’s own editors, who may publish it and are not undone', async () => {
    const target = await connect({ status: 'draft' })
    const storyId = await desk.story('Draft', filed)
    expect(await run(desk.publish(storyId, target.id).id)).toMatchObject({ state: 'done', receipt: { url: null } })
    expect(site.posts).toMatchObject([{ status: 'draft', slug: 'draft' }])
  })

  it('follows no redirect to an installer, and takes no error for “not there”', async () => {
    const door = createServer((_request, response) =>
      response.writeHead(302, { location: '/wp-admin/install.php' }).end()
    )
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    proxy.target = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
    const { id } = desk.publish(await desk.story('Nowhere'), targetId)
    expect(await run(id)).toMatchObject({
      state: 'refused',
      problem: { params: { said: { key: 'cms.redirected' } } }
    })
    door.close()
  })

  const steps: Record<string, (seen: Seen) => boolean> = {
    'looking for the picture': (seen) => seen.method === 'GET' && seen.path.includes('/media'),
    'sending the picture': (seen) => seen.method === 'POST' && seen.path.includes('/media'),
    'making a tag': (seen) => seen.method === 'POST' && seen.path.includes('/tags'),
    'asking where its first slug leads': (seen) => seen.path.includes('?name='),
    'looking for the draft': (seen) => seen.method === 'GET' && seen.path.includes('/posts?'),
    'making the draft': (seen) => seen.method === 'POST' && /\/posts\?/.test(seen.path),
    'the update': (seen) => seen.method === 'POST' && /\/posts\/\d/.test(seen.path),
    'reading back': (seen) => seen.method === 'GET' && /\/posts\/\d/.test(seen.path)
  }
  const weather: FaultName[] = [
    'cut before',
    'cut after',
    'cut in mid-answer',
    '500 before',
    '500 after',
    '503 with seconds',
    '503 after',
    '502 web page after',
    'sign-in page 200',
    'sign-in page 200 after',
    '302 elsewhere'
  ]
  for (const fault of weather) {
    it(`${fault}, at every step: one post, one picture, a true receipt`, async () => {
      for (const [name, matches] of Object.entries(steps)) {
        site.posts.length = 0
        site.media.length = 0
        site.terms.tags.length = 0
        desk.store.write('forget', (db) => db.run(sql`DELETE FROM remote_references`))
        const storyId = await desk.story(`${fault} ${name}`, filed, true)
        proxy.failNext(fault, matches)
        const { id } = desk.publish(storyId, targetId)
        let item = await run(id)
        expect(proxy.pending, `${name}: the fault was met`).toBe(0)
        for (let tries = 0; tries < 3 && item.state !== 'done'; tries += 1) {
          desk.publishing.queue.retry(id)
          item = await run(id)
        }
        expect(item, name).toMatchObject({ state: 'done', problem: null })
        expect([site.posts.length, site.media.length], name).toEqual([1, 1])
        expect(site.posts[0], name).toMatchObject({
          status: 'publish',
          title: `${fault} ${name}`,
          featured_media: site.media[0]?.id
        })
        expect(site.posts[0]?.slug, name).not.toContain('galley')
      }
    }, 60_000)
  }
})

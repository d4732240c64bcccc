import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lexicalOf } from '../../../src/main/core/publishing/targets/ghost/lexical.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import type { FaultName, FaultProxy, Seen } from '../../support/fault-proxy.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { CmsRoom } from './cms-room.ts'
import type { Desk } from './newsroom.ts'

let room: CmsRoom<FakeGhost>
let clock: ManualClock
let site: FakeGhost
let proxy: FaultProxy
let desk: Desk
let targetId: string

beforeEach(async () => {
  room = await CmsRoom.open(FakeGhost)
  ;({ clock, site, proxy, desk, targetId } = room)
})
afterEach(() => room.close())

const connect = (settings: Record<string, string> = {}, secret?: string) => room.connect(settings, secret)

const run = (id: string): Promise<OutboxItem> => room.run(id)

const filed = {
  standfirst: 'After years of repairs.',
  section: 'City & Harbour',
  keywords: ['Bridge', '#wire', 'bridge'],
  byline: 'By Amal Haddad'
}

describe('publishing to Ghost', () => {
  it('makes one post with its picture, tags, excerpt and address, and no newsletter', async () => {
    const storyId = await desk.story('Bridge opens', filed, true)
    const item = await run(desk.publish(storyId, targetId).id)
    expect(item).toMatchObject({
      state: 'done',
      problem: null,
      receipt: { media: 1, url: `${proxy.url}/bridge-opens/` }
    })
    expect(item.receipt?.differences).toBeUndefined()
    const [image] = [...site.images.keys()]
    expect(site.posts).toMatchObject([
      {
        slug: 'bridge-opens',
        status: 'published',
        title: 'Bridge opens',
        custom_excerpt: filed.standfirst,
        tags: [{ name: 'City & Harbour' }, { name: 'Bridge' }, { name: '#wire' }],
        feature_image: `${proxy.url}/content/images/${image}`,
        feature_image_alt: 'A bridge',
        feature_image_caption: 'The bridge at dawn (M. Ortner)'
      }
    ])
    const { lexical, ...rest } = site.posts[0] ?? { lexical: '' }
    expect(JSON.parse(lexical ?? '')).toMatchObject({
      root: {
        children: [
          { type: 'html', html: '<p class="byline">By Amal Haddad</p>' },
          { type: 'paragraph', children: [{ type: 'extended-text', text: 'The council voted on Bridge opens.' }] }
        ]
      }
    })
    // The mark is where readers do not see it, and nowhere else.
    expect(JSON.stringify({ ...rest, feature_image: '' })).not.toContain('galley-')
    expect(site.mailed).toEqual([])
  })

  it('an update changes the same post and sends no picture again', async () => {
    const storyId = await desk.story('Bridge opens', filed, true)
    await run(desk.publish(storyId, targetId).id)
    const date = site.posts[0]?.published_at
    clock.advance(3_600_000)
    desk.edit(storyId, { headline: 'Bridge opens early' })
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    expect(site.posts).toMatchObject([{ title: 'Bridge opens early', slug: 'bridge-opens', published_at: date }])
    expect(site.images.size).toBe(1)
  })

  it('a picture of last month is found where it is', async () => {
    const storyId = await desk.story('Old picture', {}, true)
    await run(desk.publish(storyId, targetId).id)
    desk.store.write('forget', (db) => db.run(sql`DELETE FROM remote_references WHERE local LIKE 'media:%'`))
    clock.advance(28 * 86_400_000)
    desk.edit(storyId, { headline: 'Old picture, new words' })
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    expect(site.images.size).toBe(1)
  })

  it('says of a key whether it is none, unknown, or used with a clock that is off', async () => {
    expect(await desk.publishing.testTarget(targetId)).toMatchObject({
      ok: true,
      message: { key: 'ghost.knowsUs', params: { name: 'Newsroom', version: '6.65' } },
      certificate: null
    })
    const none = await connect({}, 'f4036892be9a5300076fabedee')
    expect(await desk.publishing.testTarget(none.id)).toMatchObject({ ok: false, message: { key: 'ghost.notAKey' } })
    const unknown = await connect({}, `${'1'.repeat(24)}:${'5a'.repeat(32)}`)
    expect(await desk.publishing.testTarget(unknown.id)).toMatchObject({
      ok: false,
      message: { params: { problem: { key: 'ghost.unknownKey' } } }
    })
    const wrong = await connect({}, `${site.key.slice(0, -2)}00`)
    expect(await desk.publishing.testTarget(wrong.id)).toMatchObject({
      ok: false,
      message: { params: { problem: { key: 'ghost.wrongSecret' } } }
    })
    for (const authorization of ['', 'Bearer abc', 'Ghost a.b.c']) {
      proxy.onSeen(({ headers }) => {
        if (authorization === '') delete headers.authorization
        else headers.authorization = authorization
      })
      expect(JSON.stringify(await desk.publishing.testTarget(targetId))).toContain('ghost.keyLost')
    }
    proxy.onSeen(null)
    room.ahead = 600_000
    expect(await desk.publishing.testTarget(targetId)).toMatchObject({
      ok: false,
      message: { params: { problem: { key: 'ghost.clocksApart', params: { minutes: 10, ahead: false } } } }
    })
    expect(await run(desk.publish(await desk.story('Off'), targetId).id)).toMatchObject({ state: 'paused' })
    expect(site.posts).toEqual([])
  })

  it('what Ghost takes no more of is cut and told, or refused before anything is sent', async () => {
    const standfirst = `${'Repairs took years. '.repeat(20)}Then it opened.`
    const item = await run(desk.publish(await desk.story('Long', { standfirst }), targetId).id)
    expect(item).toMatchObject({ state: 'done', receipt: { differences: [{ field: 'standfirst' }] } })
    expect(site.posts[0]?.custom_excerpt?.length).toBeLessThanOrEqual(300)
    const long = await desk.story('x'.repeat(256))
    expect(() => desk.publish(long, targetId)).toThrow(expect.objectContaining({ code: 'refused' }))
  })

  it('a slug that is taken is made unique and told', async () => {
    await run(desk.publish(await desk.story('Weather'), targetId).id)
    const item = await run(desk.publish(await desk.story('Weather'), targetId).id)
    expect(item).toMatchObject({ state: 'done', receipt: { url: `${proxy.url}/weather-2/` } })
    expect(item.receipt?.differences).toEqual([
      { field: 'slug', note: { key: 'ghost.slugMade', params: { slug: 'weather-2' } } }
    ])
  })

  it('a change made there is a conflict, even one of tags or within the same second', async () => {
    for (const change of [{ tags: [{ name: 'Theirs' }] }, { title: 'Theirs' }]) {
      const storyId = await desk.story(`Ours ${Object.keys(change).join()}`, filed)
      await run(desk.publish(storyId, targetId).id)
      const post = site.posts.at(-1)
      site.edit(post?.id ?? '', { ...change, updated_at: post?.updated_at ?? '' })
      desk.edit(storyId, { standfirst: 'New.' })
      const update = desk.publish(storyId, targetId)
      expect(await run(update.id)).toMatchObject({ state: 'conflict' })
      const there = await desk.publishing.conflicts.remote(update.id)
      expect(there?.text).toContain('The council voted on Ours')
      desk.publishing.conflicts.overwrite(update.id, there?.etag ?? '')
      expect(await run(update.id)).toMatchObject({ state: 'done' })
    }
    expect(site.posts).toHaveLength(2)
  })

  it('a restored library finds its post by what the text keeps, and asks', async () => {
    const storyId = await desk.story('Bridge opens', filed)
    await run(desk.publish(storyId, targetId).id)
    const forget = (): void =>
      desk.store.write('put back', (db) => {
        db.run(sql`DELETE FROM remote_references`)
        db.run(sql`DELETE FROM live`)
      })
    forget()
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    forget()
    site.edit(site.posts[0]?.id ?? '', { slug: 'another-address' })
    desk.edit(storyId, { headline: 'Bridge opens early' })
    const update = desk.publish(storyId, targetId)
    expect(await run(update.id)).toMatchObject({ state: 'conflict' })
    expect(site.posts).toMatchObject([{ title: 'Bridge opens' }])
  })

  it('a story is withdrawn to a draft and comes back as the same post; a deleted one is gone', async () => {
    const storyId = await desk.story('There and back', filed)
    await run(desk.publish(storyId, targetId).id)
    const withdraw = async (): Promise<OutboxItem> =>
      run(desk.publishing.withdraw({ storyId, targetIds: [targetId], reason: 'x', changeId: newId() })[0]?.id ?? '')
    const toDraft = (): void => {
      const { revision } = desk.stories.get(storyId)
      desk.stories.setStatus({ id: storyId, baseRevision: revision, changeId: newId() }, 'draft')
    }
    expect(await withdraw()).toMatchObject({ state: 'done', receipt: { withdrawn: true, url: null } })
    expect(site.posts).toMatchObject([{ status: 'draft' }])
    toDraft()
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
    expect(site.posts).toMatchObject([{ status: 'published', slug: 'there-and-back' }])
    site.posts.length = 0
    expect(await withdraw()).toMatchObject({ state: 'done', receipt: { withdrawn: true, etag: '' } })
    toDraft()
    expect(await run(desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done', problem: null })
    expect(site.posts).toHaveLength(1)
  })

  it('a scheduled post that is ours goes public with now as its date, and a draft target is not undone', async () => {
    const target = await connect({ status: 'draft' })
    const storyId = await desk.story('Draft', filed)
    expect(await run(desk.publish(storyId, target.id).id)).toMatchObject({ state: 'done', receipt: { url: null } })
    expect(site.posts).toMatchObject([{ status: 'draft', slug: 'draft' }])
    expect(proxy.seen.some((seen) => seen.body.includes('scheduled'))).toBe(false)
  })

  const steps: Record<string, (seen: Seen) => boolean> = {
    'looking for the picture': (seen) => seen.method === 'HEAD' && seen.path.includes('/content/images/'),
    'sending the picture': (seen) => seen.method === 'POST' && seen.path.includes('/images/upload/'),
    'looking for the draft': (seen) => seen.method === 'GET' && seen.path.includes('filter='),
    'making the draft': (seen) => seen.method === 'POST' && seen.path.includes('/posts/'),
    'the update': (seen) => seen.method === 'PUT',
    'reading back': (seen) => seen.method === 'GET' && /\/posts\/[0-9a-f]{24}\//.test(seen.path)
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
    '302 elsewhere',
    'gzip bomb'
  ]
  for (const fault of weather) {
    it(`${fault}, at every step: one post, one picture, a true receipt`, async () => {
      for (const [name, matches] of Object.entries(steps)) {
        site.posts.length = 0
        site.images.clear()
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
        expect([site.posts.length, site.images.size], name).toEqual([1, 1])
        expect(site.posts[0], name).toMatchObject({ status: 'published', title: `${fault} ${name}` })
        expect(site.posts[0]?.slug, name).not.toContain('galley')
      }
    }, 60_000)
  }
})

describe('a body as Lexical JSON', () => {
  it('keeps marks, links and line breaks, and what Ghost has no form for as HTML', () => {
    const lexical = lexicalOf(
      {
        version: 1,
        blocks: [
          {
            id: 'a',
            type: 'paragraph',
            runs: [
              { text: 'One\ntwo', marks: ['bold', 'italic'] },
              { text: 'there', link: { href: 'https://example.org/?a=1&b=2' } }
            ]
          },
          { id: 'b', type: 'heading', level: 3, runs: [{ text: 'Head' }] },
          { id: 'c', type: 'paragraph', dir: 'rtl', runs: [{ text: 'مرحبا' }] },
          { id: 'd', type: 'quote', runs: [{ text: 'Said' }] },
          { id: 'e', type: 'divider' },
          { id: 'f', type: 'paragraph', runs: [] }
        ]
      },
      { mark: 'galley-m', html: {}, above: [], below: ['<p class="correction">Wrong.</p>'] }
    )
    const { root } = JSON.parse(lexical) as { root: { galley: string; children: Record<string, unknown>[] } }
    expect(root.galley).toBe('galley-m')
    expect(root.children.map(({ type }) => type)).toEqual([
      'paragraph',
      'extended-heading',
      'html',
      'extended-quote',
      'horizontalrule',
      'html'
    ])
    expect(root.children[0]).toMatchObject({
      children: [
        { text: 'One', format: 3 },
        { type: 'linebreak' },
        { text: 'two', format: 3 },
        { type: 'link', url: 'https://example.org/?a=1&b=2', children: [{ text: 'there', format: 0 }] }
      ]
    })
    expect(root.children[1]).toMatchObject({ tag: 'h3' })
    expect(root.children[2]).toMatchObject({ html: '<p dir="rtl">مرحبا</p>' })
    expect(root.children[3]).toMatchObject({ children: [{ text: 'Said' }] })
  })

  it('an empty body is one Ghost takes', () => {
    const lexical = lexicalOf({ version: 1, blocks: [] }, { mark: 'm', html: {}, above: [], below: [] })
    expect((JSON.parse(lexical) as { root: { children: unknown[] } }).root.children).toHaveLength(1)
  })
})

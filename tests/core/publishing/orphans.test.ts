import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { findReferences, putReference } from '../../../src/main/core/store/remote-references.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let proxy: FaultProxy
let desk: Desk

beforeEach(() => {
  folder = temporaryFolder()
  clock = new ManualClock()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets(), {
    limits: { maxBytes: 1024 * 1024, idleMs: 2_000, totalMs: 4_000 }
  })
})
afterEach(async () => {
  await desk.close()
  await proxy.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(id: string): Promise<string> {
  for (let turn = 0; turn < 30; turn += 1) {
    await desk.publishing.quiet()
    await proxy.settled()
    if (!['waiting', 'sending'].includes(desk.item(id).state)) break
    clock.advance(400_000)
  }
  return desk.item(id).state
}

describe('what a fault leaves on WordPress', () => {
  let site: FakeWordpress
  let targetId: string
  beforeEach(async () => {
    site = new FakeWordpress(() => clock.now())
    await site.start()
    proxy = new FaultProxy(site.url)
    await proxy.start()
    site.home = proxy.url
    await desk.publishing.start()
    const settings = { user: site.user }
    const input = { name: 'The site', kind: 'wordpress', url: proxy.url, settings, secret: site.password } as const
    targetId = (await desk.publishing.saveTarget(input)).id
  })
  afterEach(() => site.stop())

  it('is nothing after a publication without trouble', async () => {
    const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
    expect(await run(id)).toBe('done')
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('is the second copy of a picture and the second draft that a gateway made, and they alone are removed', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && path.includes('/media'))
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && /\/posts\?/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('done')
    expect(site.media).toHaveLength(2)
    expect(site.posts).toHaveLength(2)
    const shown = site.posts.find(({ status }) => status === 'publish')

    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans.map(({ kind, headline }) => [kind, headline])).toEqual([
      ['draft', 'Bridge opens'],
      ['picture', 'Bridge opens']
    ])
    const { removed, left } = await desk.publishing.orphans.remove(
      targetId,
      orphans.map(({ id: one }) => one)
    )
    expect([removed.length, left]).toEqual([2, []])
    expect(site.posts.filter(({ status }) => status !== 'trash')).toEqual([shown])
    expect(site.media.map(({ id: one }) => one)).toEqual([shown?.featured_media])
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('is the draft of a story that was called back there and deleted here, unless somebody works on it', async () => {
    const storyId = await desk.story('Bridge opens')
    const { revision } = desk.stories.get(storyId)
    const at = instantAt(clock.now() + 3 * 3_600_000, 'UTC', 'typed')
    const { id } = desk.publishing.approving.publish({ storyId, targetId, revision, changeId: newId(), at })
    expect(await run(id)).toBe('handed-over')
    desk.publishing.queue.cancel(id)
    expect(await run(id)).toBe('cancelled')
    expect(site.posts).toMatchObject([{ status: 'draft' }])
    expect(site.posts[0]?.content).not.toBe('')
    // It is there for the next version of the story.
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
    desk.stories.erase([storyId])
    const [orphan] = await desk.publishing.orphans.list(targetId)
    expect(orphan).toMatchObject({ kind: 'draft', headline: 'Bridge opens' })
    clock.advance(60_000)
    const words = site.posts[0]?.content ?? ''
    site.edit(site.posts[0]?.id ?? 0, { content: `${words}<p>A colleague goes on.</p>` })
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  it('is taken away where it is still as it was called back', async () => {
    const storyId = await desk.story('Bridge opens')
    const { revision } = desk.stories.get(storyId)
    const at = instantAt(clock.now() + 3 * 3_600_000, 'UTC', 'typed')
    const { id } = desk.publishing.approving.publish({ storyId, targetId, revision, changeId: newId(), at })
    await run(id)
    desk.publishing.queue.cancel(id)
    await run(id)
    desk.stories.erase([storyId])
    const [orphan] = await desk.publishing.orphans.list(targetId)
    const { removed } = await desk.publishing.orphans.remove(targetId, [orphan?.id ?? ''])
    expect(removed).toHaveLength(1)
    expect(site.posts.filter(({ status }) => status !== 'trash')).toEqual([])
  })

  it('is what a publication made that was called off, and not while it is still on its way', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('refused')
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
    await desk.publishing.queue.cancel(id)
    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans.map(({ kind }) => kind)).toEqual(['draft', 'picture'])
    await desk.publishing.orphans.remove(
      targetId,
      orphans.map(({ id: one }) => one)
    )
    // And the story can be published all the same.
    expect(await run(desk.publish(storyId, targetId).id)).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toHaveLength(1)
  })

  it('is no picture that somebody there has put into a post', async () => {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('refused')
    await desk.publishing.queue.cancel(id)
    const [draft] = site.posts
    site.edit(draft?.id ?? 0, {
      slug: 'mine',
      status: 'publish',
      content: `<img src="${proxy.url}/uploads/${site.media[0]?.file}">`
    })
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })

  /** A picture and an empty draft of a publication that was called off. */
  async function calledOff(): Promise<{ storyId: string; picture: number; draft: number }> {
    const storyId = await desk.story('Bridge opens', {}, true)
    proxy.failNext('422', ({ method, path }) => method === 'POST' && /\/posts\/\d+/.test(path))
    const { id } = desk.publish(storyId, targetId)
    expect(await run(id)).toBe('refused')
    await desk.publishing.queue.cancel(id)
    return { storyId, picture: site.media[0]?.id ?? 0, draft: site.posts[0]?.id ?? 0 }
  }
  const found = async () => (await desk.publishing.orphans.list(targetId)).map(({ kind, kept }) => [kind, kept?.key])
  const file = (): string => site.media[0]?.file ?? ''
  const stem = (): string => file().replace(/\.\w+$/, '')

  it.each([
    ['the featured picture of a page', () => site.write('pages', { featured_media: site.media[0]?.id ?? 0 })],
    [
      'the featured picture of somebody else’s draft',
      () => site.write('posts', { status: 'draft', others: true, featured_media: site.media[0]?.id ?? 0 })
    ],
    [
      'in the text of a page, in a size',
      () => site.write('pages', { content: `<img src="/x/${stem()}-300x200.png">` })
    ],
    ['in a pattern', () => site.write('blocks', { content: `<img src="/x/${file()}">` })],
    [
      'in the text by its number alone',
      () => site.write('posts', { content: `<img class="wp-image-${site.media[0]?.id}" src="https://cdn/1">` })
    ],
    ['in a gallery', () => site.write('posts', { content: `[gallery columns="2" ids="1,${site.media[0]?.id}"]` })],
    ['in the trash', () => site.write('posts', { status: 'trash', content: `<img src="/x/${file()}">` })],
    ['attached to a post', () => Object.assign(site.media[0] ?? {}, { post: 1 })],
    [
      'scaled, and in the text in a size of its old name',
      () => {
        const [picture] = site.media
        site.write('posts', { content: `<img src="/x/${stem()}-1024x683.png">` })
        if (picture) picture.file = `${stem()}-scaled.png`
      }
    ],
    [
      'behind a hundred other posts',
      () => {
        for (let n = 0; n < 120; n += 1) site.write('posts', { title: `Post ${n}` })
        site.write('posts', { featured_media: site.media[0]?.id ?? 0 })
      }
    ]
  ])('is no picture that is %s', async (_where, use) => {
    await calledOff()
    expect(await found()).toEqual([
      ['draft', undefined],
      ['picture', undefined]
    ])
    use()
    expect(await found()).toEqual([['draft', undefined]])
  })

  it.each([
    ['kind', () => site.sealed.push('event')],
    [
      'post',
      () => {
        site.role = 'author'
        site.write('posts', { status: 'draft', others: true })
      }
    ]
  ])('is a picture that is kept, and said, where the account may not see every %s', async (_what, seal) => {
    const { picture } = await calledOff()
    seal()
    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans.map(({ kind, kept }) => [kind, kept?.key])).toEqual([
      ['draft', undefined],
      ['picture', 'wordpress.useUnknown']
    ])
    const { removed, left } = await desk.publishing.orphans.remove(
      targetId,
      orphans.map(({ id }) => id)
    )
    expect([removed.map(({ kind }) => kind), left.map(({ message }) => message.key)]).toEqual([
      ['draft'],
      ['wordpress.useUnknown']
    ])
    expect(site.media.map(({ id }) => id)).toEqual([picture])
  })

  it('is no picture that another library has put there, although it is the same', async () => {
    const { picture } = await calledOff()
    const other = new Desk(join(folder, 'other'), clock, memorySecrets())
    await other.publishing.start()
    const settings = { user: site.user }
    const input = { name: 'The site', kind: 'wordpress', url: proxy.url, settings, secret: site.password } as const
    const { id: target } = await other.publishing.saveTarget(input)
    const { id } = other.publish(await other.story('Bridge opens', {}, true), target)
    for (let turn = 0; turn < 10 && other.item(id).state !== 'done'; turn += 1) {
      await other.publishing.quiet()
      clock.advance(1_000)
    }
    expect(other.item(id).state).toBe('done')
    expect(site.media).toHaveLength(2)
    // Even where its post does not show it any more.
    for (const post of site.posts) site.edit(post.id, { featured_media: 0, content: '' })
    const ours = await desk.publishing.orphans.list(targetId)
    expect(ours.filter(({ kind }) => kind === 'picture').map(({ id: name }) => name)).toEqual([`picture:${picture}`])
    expect((await other.publishing.orphans.list(target)).filter(({ kind }) => kind === 'picture')).toEqual([])
    await other.close()
  })

  it('is looked at anew before it goes: what was worked on, shown or approved since stays', async () => {
    const { storyId, picture, draft } = await calledOff()
    const ids = (await desk.publishing.orphans.list(targetId)).map(({ id }) => id)
    // Just after the list is made again, and before the first of them goes.
    let met = false
    const meanwhile = (change: () => void): void => {
      met = false
      proxy.onSeen(({ method, path }) => {
        if (met || method !== 'GET' || !/\/(posts|media)\/\d+/.test(path)) return
        met = true
        change()
      })
    }
    meanwhile(() => {
      site.edit(draft, { content: '<p>An editor goes on here.</p>' })
      site.write('pages', { featured_media: picture })
    })
    const first = await desk.publishing.orphans.remove(targetId, ids)
    expect(met).toBe(true)
    expect([first.removed, first.left.map(({ message }) => message.key)]).toEqual([
      [],
      ['wordpress.orphanTouched', 'wordpress.orphanShown']
    ])
    expect(site.posts.find(({ id }) => id === draft)?.status).toBe('draft')

    site.edit(draft, { content: '' })
    site.posts.splice(1)
    let approved: string | null = null
    meanwhile(() => {
      approved = desk.publish(storyId, targetId).id
    })
    const second = await desk.publishing.orphans.remove(targetId, ids)
    // The draft was on its way already; the picture, which comes after, is needed.
    expect(second.left.map(({ message }) => message.key)).toEqual(['publishing.orphanNeeded'])
    proxy.onSeen(null)
    expect(await run(approved ?? '')).toBe('done')
    expect(site.posts.filter(({ status }) => status === 'publish')).toMatchObject([{ featured_media: picture }])
  })

  it('takes no term away that has the same number', async () => {
    const { draft } = await calledOff()
    desk.store.write('term', (db) =>
      putReference(db, {
        targetId,
        local: 'term:tags:Bridge',
        remoteId: String(draft),
        address: null,
        token: null,
        confirmedBy: null
      })
    )
    await desk.publishing.orphans.remove(targetId, [`draft:${draft}`])
    const kept = desk.store.read((db) => findReferences(db, targetId, String(draft)))
    expect(kept).toEqual(['term:tags:Bridge'])
  })

  it('cannot be told without a connection', async () => {
    expect(await run(desk.publish(await desk.story('Bridge opens', {}, true), targetId).id)).toBe('done')
    await proxy.stop()
    await expect(desk.publishing.orphans.list(targetId)).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('what a fault leaves on Ghost', () => {
  let site: FakeGhost
  let targetId: string
  beforeEach(async () => {
    site = new FakeGhost(() => clock.now())
    await site.start()
    proxy = new FaultProxy(site.url)
    await proxy.start()
    site.home = proxy.url
    await desk.publishing.start()
    const input = { name: 'The site', kind: 'ghost', url: proxy.url, secret: site.key } as const
    targetId = (await desk.publishing.saveTarget(input)).id
    proxy.failNext('delivered twice', ({ method, path }) => method === 'POST' && path.includes('/posts/'))
  })
  afterEach(() => site.stop())

  it('is the second draft alone: Ghost lists no pictures', async () => {
    const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
    expect(await run(id)).toBe('done')
    expect(site.posts).toHaveLength(2)
    const orphans = await desk.publishing.orphans.list(targetId)
    expect(orphans).toMatchObject([{ kind: 'draft', headline: 'Bridge opens' }])
    await desk.publishing.orphans.remove(targetId, [orphans[0]?.id ?? ''])
    expect(site.posts.map(({ status }) => status)).toEqual(['published'])
  })

  it.each([
    [
      'has words',
      { lexical: '{"root":{"children":[{"type":"paragraph","children":[{"type":"text","text":"Mine"}]}]}}' }
    ],
    ['has a card', { lexical: '{"root":{"children":[{"type":"image","src":"x"}]}}' }],
    ['was written in the old editor', { lexical: null }],
    ['has another title', { title: 'My idea' }],
    ['has an excerpt', { custom_excerpt: 'Mine' }],
    ['has tags', { tags: [{ name: 'Mine' }] }],
    ['is published', { status: 'published' }],
    ['has an address of its own', { slug: 'mine' }]
  ])('is no draft that %s, and none that came to it since it was found', async (_what, change) => {
    const { id } = desk.publish(await desk.story('Bridge opens', {}, true), targetId)
    expect(await run(id)).toBe('done')
    const [orphan] = await desk.publishing.orphans.list(targetId)
    const [, remoteId = ''] = orphan?.id.split(':') ?? []
    proxy.onSeen(({ method, path }) => {
      if (method === 'GET' && path.includes(`/posts/${remoteId}`)) site.edit(remoteId, change)
    })
    const { removed, left } = await desk.publishing.orphans.remove(targetId, [orphan?.id ?? ''])
    expect([removed, left.map(({ message }) => message.key)]).toEqual([[], ['ghost.orphanTouched']])
    expect(site.posts).toHaveLength(2)
    proxy.onSeen(null)
    expect(await desk.publishing.orphans.list(targetId)).toEqual([])
  })
})

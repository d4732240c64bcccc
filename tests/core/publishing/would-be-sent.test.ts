import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { PlannedRequest } from '../../../src/main/core/publishing/targets/target.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy, type Seen } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, Newsroom, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let desk: Desk

beforeEach(() => {
  folder = temporaryFolder()
  clock = new ManualClock()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets())
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const filed = {
  standfirst: 'After years of repairs.',
  section: 'City',
  keywords: ['Bridge', 'Harbour'],
  byline: 'By Ana Kos'
}

/** What went over the line and changes something there: by method and address, and by the names of its fields. */
function sent(seen: readonly Seen[], base: string): { request: string; fields: string[] }[] {
  return seen
    .filter(({ method }) => method === 'POST' || method === 'PUT')
    .map(({ method, path, headers, body }) => {
      const { pathname } = new URL(path, base)
      const isJson = headers['content-type'] === 'application/json'
      const json = isJson ? (JSON.parse(body.toString()) as Record<string, unknown>) : {}
      const post = Array.isArray(json['posts']) ? (json['posts'][0] as object) : json
      return { request: `${method} ${withoutId(pathname)}`, fields: Object.keys(post).toSorted() }
    })
}
function planned(requests: readonly PlannedRequest[]): { request: string; fields: string[] }[] {
  return requests.map(({ method, address, fields }) => ({
    request: `${method} ${withoutId(new URL(address).pathname)}`,
    fields: fields.map(({ name }) => name).toSorted()
  }))
}
const withoutId = (path: string): string => path.replace(/\/posts\/\w+/, '/posts/ID')
/** What tells the version that is replaced, and the mark in the empty text of a draft, no person looks for. */
const ofMachines = ['updated_at', 'lexical']

it('is what goes to WordPress: at first, and with an update', async () => {
  const site = new FakeWordpress(() => clock.now())
  await site.start()
  const proxy = new FaultProxy(site.url)
  await proxy.start()
  site.home = proxy.url
  try {
    await desk.publishing.start()
    const settings = { user: site.user }
    const input = { name: 'The site', kind: 'wordpress', url: proxy.url, settings, secret: site.password } as const
    const { id: targetId } = await desk.publishing.saveTarget(input)
    const storyId = await desk.story('Bridge opens', filed, true)
    const plan = await desk.publishing.approving.requests({ storyId, targetId })
    expect(proxy.seen).toEqual([])
    expect(JSON.stringify(plan)).not.toContain(site.password)
    desk.publish(storyId, targetId)
    await desk.publishing.quiet()
    const went = sent(proxy.seen, proxy.url)
    expect(planned(plan).map(({ request }) => request)).toEqual(went.map(({ request }) => request))
    // The fields of an upload stand in its address.
    expect(planned(plan).slice(1)).toEqual(went.slice(1))
    expect(plan.at(-1)?.fields).toContainEqual({ name: 'author', value: 'Ana Kos', byName: true })

    desk.edit(storyId, { headline: 'Bridge opens early' })
    const update = await desk.publishing.approving.requests({ storyId, targetId })
    const before = proxy.seen.length
    desk.publish(storyId, targetId)
    await desk.publishing.quiet()
    const [again, ...more] = sent(proxy.seen.slice(before), proxy.url)
    expect(more).toEqual([])
    expect(update).toHaveLength(1)
    expect(update[0]?.address).toBe(`${proxy.url}/wp-json/wp/v2/posts/${site.posts[0]?.id}?context=edit`)
    // Who the author is there already is not sent again.
    expect(planned(update)[0]?.fields.filter((name) => name !== 'author')).toEqual(again?.fields)
  } finally {
    await proxy.stop()
    await site.stop()
  }
})

it('is what goes to Ghost, with the newsletter that is ticked', async () => {
  const site = new FakeGhost(() => clock.now())
  await site.start()
  const proxy = new FaultProxy(site.url)
  await proxy.start()
  site.home = proxy.url
  try {
    await desk.publishing.start()
    const input = { name: 'The blog', kind: 'ghost', url: proxy.url, secret: site.key } as const
    const { id: targetId } = await desk.publishing.saveTarget(input)
    const storyId = await desk.story('Bridge opens', filed, true)
    const plan = await desk.publishing.approving.requests({ storyId, targetId, newsletter: 'morning' })
    expect(plan.at(-1)?.address).toContain('newsletter=morning')
    desk.publish(storyId, targetId, newId(), 'morning')
    await desk.publishing.quiet()
    const bare = (all: { request: string; fields: string[] }[]) =>
      all.map(({ request, fields }) => ({ request, fields: fields.filter((name) => !ofMachines.includes(name)) }))
    expect(bare(planned(plan)).slice(1)).toEqual(bare(sent(proxy.seen, proxy.url)).slice(1))
    expect(planned(plan)[0]?.request).toBe(sent(proxy.seen, proxy.url)[0]?.request)
    const again = await desk.publishing.approving.requests({ storyId, targetId, newsletter: 'morning' })
    expect(again.map(({ address }) => address)).toEqual([
      `${proxy.url}/ghost/api/admin/posts/${site.posts[0]?.id}/?formats=lexical`
    ])
  } finally {
    await proxy.stop()
    await site.stop()
  }
})

it('is what goes to an open endpoint, and approves nothing', async () => {
  const newsroom = await Newsroom.open()
  try {
    const target = await newsroom.desk.target(newsroom.endpoint)
    const storyId = await newsroom.desk.story('Bridge opens', filed, true)
    const { status, revision } = newsroom.desk.stories.get(storyId)
    const plan = await newsroom.desk.publishing.approving.requests({ storyId, targetId: target.id })
    expect(newsroom.desk.stories.get(storyId)).toMatchObject({ status, revision })
    newsroom.desk.publish(storyId, target.id)
    await newsroom.desk.publishing.quiet()
    const went = newsroom.proxy.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path)
    expect(plan.map(({ address }) => new URL(address).pathname)).toEqual(went)
  } finally {
    await newsroom.close()
  }
})

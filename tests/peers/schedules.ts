import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { newId } from '../../src/shared/lib/id.ts'
import type { Instant } from '../../src/shared/story/instant.ts'
import type { Desk } from '../core/publishing/newsroom.ts'
import type { Peer } from './peer.ts'
import { openDesk, SkippingClock } from './work.ts'

const MINUTE = 60_000

/**
 * A story that a real CMS is to publish at an hour: handed over, moved, taken back, handed over anew, replaced and
 * published at once; with `fires` one more whose hour comes while no desk is open, which takes six minutes. `url`: where the
 * CMS knows itself to be; `feed`: what readers are shown, by its address there. Throws where readers see anything early, or the outbox says what is not so.
 */
export async function keepSchedule(peer: Peer, url: string, feed: string, fires: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-schedules-'))
  const work = { library: join(folder, 'library'), patience: 15_000 } as Parameters<typeof openDesk>[0]
  let desk = openDesk(work, new SkippingClock())
  try {
    const { id: targetId } = await desk.publishing.saveTarget(peer.target(url))
    await desk.publishing.start()
    const name = `Hour ${newId().slice(-12)}`
    const storyId = await desk.story(name, {}, true)
    const isShown = async (): Promise<boolean> =>
      (await (await fetch(`${url}${feed}${feed.includes('?') ? '&' : '?'}${newId()}`)).text()).includes(name)
    const look = async (
      what: string,
      id: string,
      state: OutboxItem['state'],
      isPublic = false
    ): Promise<OutboxItem> => {
      await desk.publishing.quiet()
      const item = desk.publishing.queue.item(id)
      if (item.state !== state) throw new Error(`${what}: ${JSON.stringify(item)}`)
      if ((await isShown()) !== isPublic) throw new Error(`${what}: readers are shown ${isPublic ? 'nothing' : 'it'}`)
      const posts = await peer.posts(name)
      if (posts.length > 1) throw new Error(`${what}: ${posts.length} posts`)
      return item
    }
    const at = (ms: number): Instant => ({
      utc: new Date(Date.now() + ms).toISOString(),
      zone: 'Europe/Vienna',
      origin: 'typed'
    })
    const first = publish(desk, storyId, targetId, at(30 * MINUTE))
    await look('handed over', first, 'handed-over')
    const { times } = desk.stories.get(storyId).fields
    desk.edit(storyId, { times: { ...times, embargo: at(90 * MINUTE) } })
    const moved = await look('under an embargo', first, 'handed-over')
    if (Date.parse(moved.handedOver ?? '') < Date.now() + 89 * MINUTE) throw new Error('The embargo did not hold')
    desk.edit(storyId, { times: { ...times, embargo: null } })
    await look('without it', first, 'handed-over')
    await desk.publishing.queue.cancel(first)
    await look('taken back', first, 'cancelled')
    const second = publish(desk, storyId, targetId, at(60 * MINUTE))
    await look('handed over again', second, 'handed-over')
    desk.edit(storyId, { standfirst: 'With more of it.' })
    const third = publish(desk, storyId, targetId, at(120 * MINUTE))
    await look('a newer version', third, 'handed-over')
    await look('the older one', second, 'cancelled')
    desk.edit(storyId, { standfirst: 'With all of it.' })
    const now = publish(desk, storyId, targetId, null)
    await look('published at once', now, 'done', true)
    if (!fires) return `${peer.name}: a schedule handed over, moved, taken back, replaced and published at once`
    return await fired()
  } finally {
    await desk.close()
    rmSync(folder, { recursive: true, force: true })
  }

  async function fired(): Promise<string> {
    const { id: targetId } = (await desk.publishing.targets.list())[0] ?? { id: '' }
    const name = `Fired ${newId().slice(-12)}`
    const storyId = await desk.story(name, {}, true)
    const hour = Date.now() + 5 * MINUTE + 10_000
    const utc = new Date(hour).toISOString()
    const id = publish(desk, storyId, targetId, { utc, zone: 'Europe/Vienna', origin: 'typed' })
    await desk.publishing.quiet()
    if (desk.publishing.queue.item(id).state !== 'handed-over')
      throw new Error(`Not handed over: ${JSON.stringify(desk.publishing.queue.item(id))}`)
    await desk.close()
    const isShown = async (): Promise<boolean> =>
      (await (await fetch(`${url}${feed}${feed.includes('?') ? '&' : '?'}${newId()}`)).text()).includes(name)
    while (Date.now() < hour - 1_000) {
      if ((await isShown()) && Date.now() < hour - 1_000) throw new Error('Public before its hour')
      await new Promise((resolve) => setTimeout(resolve, Math.min(20_000, Math.max(100, hour - 1_500 - Date.now()))))
    }
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    desk = openDesk(work, new SkippingClock())
    await desk.publishing.saveTarget({ ...peer.target(url), id: targetId })
    await desk.publishing.start()
    for (let turn = 0; turn < 60 && desk.publishing.queue.item(id).state !== 'done'; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    const item = desk.publishing.queue.item(id)
    if (item.state !== 'done' || item.receipt?.firedBy !== 'cms') throw new Error(`Not fired: ${JSON.stringify(item)}`)
    const late = Date.parse(item.receipt.at) - hour
    if (late < 0 || late > 90_000) throw new Error(`Said to be public since ${item.receipt.at}`)
    if (!(await isShown())) throw new Error('Readers are not shown it')
    return `${peer.name}: a schedule handed over, moved, taken back, replaced and published at once; one fired by the site with no desk open, ${late} ms after its hour by its own word`
  }
}

function publish(desk: Desk, storyId: string, targetId: string, at: Instant | null): string {
  const { revision } = desk.stories.get(storyId)
  return desk.publishing.approving.publish({ storyId, targetId, revision, changeId: newId(), at }).id
}

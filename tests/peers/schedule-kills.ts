import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../src/shared/lib/id.ts'
import type { FaultProxy } from '../support/fault-proxy.ts'
import { inProcess } from './in-process.ts'
import type { Peer } from './peer.ts'
import { openDesk, perform, scheduleOperations, SkippingClock, type ScheduleOperation, type Work } from './work.ts'

const HOUR = 60 * 60_000
/** When the story is to be public after each operation, from now. */
const ahead: Readonly<Record<ScheduleOperation, number>> = {
  'hand over': 2 * HOUR,
  move: 4 * HOUR,
  replace: 6 * HOUR,
  'call back': 6 * HOUR
}

/**
 * Stories that the CMS is to publish at an hour: handed over, moved by an embargo, replaced by a newer version and called
 * back, with the desk killed before each request leaves and after its answer; `which`: of all requests, or of those that
 * change something there. What it came to, in words. Throws where there is not exactly one post for the hour that holds,
 * or its own draft in the end.
 */
export async function killSchedules(peer: Peer, proxy: FaultProxy, which: 'all' | 'writes' = 'all'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-schedule-kills-'))
  const before = await peer.counts()
  let lives = 0
  let kills = 0
  /** The numbers, from 1, of the requests of each operation at which a desk is killed. */
  const places = new Map<ScheduleOperation, readonly number[]>()

  async function life(kill: { readonly request: number; readonly when: 'before' | 'after' } | null): Promise<void> {
    const storyId = newId()
    const name = `Tide ${storyId.replaceAll('-', '').slice(-12)}`
    const now = Math.ceil(Date.now() / 1000) * 1000
    lives += 1
    for (const operation of scheduleOperations) {
      const work: Work = {
        storyId,
        name,
        operation,
        changeId: newId(),
        patience: 15_000,
        library: join(folder, storyId),
        target: peer.target(proxy.url),
        hour: now + ahead[operation]
      }
      const since = proxy.seen.length
      try {
        if (kill && places.get(operation)?.includes(kill.request) && (await inProcess(work, kill))) kills += 1
        await proxy.settled()
        await finish(work)
        await check(work)
      } catch (error) {
        const log = proxy.seen.slice(since).map(({ method, path }) => `${method} ${path}`)
        const where = kill ? `killed ${kill.when} request ${kill.request}` : 'not killed'
        throw new Error(`${operation}, ${where}\n${log.join('\n')}`, { cause: error })
      }
      if (kill) continue
      const numbered = proxy.seen.slice(since).map(({ method }, at) => ({ method, number: at + 1 }))
      const chosen = numbered.filter(({ method }) => which === 'all' || (method !== 'GET' && method !== 'HEAD'))
      places.set(
        operation,
        chosen.map(({ number }) => number)
      )
    }
    rmSync(join(folder, storyId), { recursive: true, force: true })
  }

  async function finish(work: Work): Promise<void> {
    const clock = new SkippingClock()
    const desk = openDesk(work, clock)
    try {
      const { item } = await perform(desk, clock, work, () => proxy.settled())
      if (work.operation === 'call back' && item.handedOver !== null) throw new Error('Said to be there still')
      const open = desk.publishing.queue.openOf(work.storyId).map(({ id }) => id)
      expectEqual('open', open.join(), work.operation === 'call back' ? '' : item.id)
    } finally {
      await desk.close()
    }
  }

  async function check({ operation, name, storyId, hour = 0 }: Work): Promise<void> {
    const posts = await peer.posts(name)
    expectEqual('posts', posts.length, 1)
    const [post] = posts
    const isOver = operation === 'call back'
    expectEqual('goes public at', post?.publishesAt, isOver ? null : hour)
    expectEqual('is or will be public', post?.isPublic, !isOver)
    expectEqual('a mark in the address', post?.slug.includes(storyId.slice(0, 8)), isOver)
    const isNewer = operation === 'replace' || isOver
    expectEqual('title', post?.title, `${name} ${isNewer ? 'opens early' : 'opens'}`)
  }

  try {
    await life(null)
    const requests = [...new Set([...places.values()].flat())]
    for (const when of ['before', 'after'] as const) for (const request of requests) await life({ request, when })
    const { posts } = await peer.counts()
    expectEqual('posts on the site', posts - before.posts, lives)
    return `${peer.name}: ${lives} schedules handed over, moved, replaced and called back, ${kills} desks killed; each one post for the hour that held, its own draft in the end`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, not ${String(wanted)}`)
}

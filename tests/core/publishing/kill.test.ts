import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/shared/lib/id.ts'
import { readMark } from '../../../src/main/core/store/log-mark.ts'
import { LOG_HEADER, FRAME_HEADER } from '../../../src/main/core/store/log.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { FaultProxy, type Seen } from '../../support/fault-proxy.ts'
import type { Job } from './kill-child.ts'
import { SECRET, temporaryFolder } from './newsroom.ts'

const points = [
  'approve: before#1',
  'approve: after#1',
  'time: recorded#1',
  'time: answered#1',
  'media: recorded#1',
  'media: answered#1',
  'media: recorded#2',
  'media: answered#2',
  'article: recorded#1',
  'article: answered#1',
  'read-back: recorded#1',
  'read-back: answered#1',
  'receipt: recorded#1',
  'receipt: answered#1'
]
/** Where a power cut leaves something else than a kill, or must not. */
const inPowerCuts = new Set([
  'time: answered#1',
  'media: recorded#2',
  'media: answered#2',
  'article: recorded#1',
  'read-back: recorded#1',
  'receipt: recorded#1'
])
let kills = 0

/** Leaves of the log what was synced: the mark is written with each commit that the disk was waited for. */
function cutPower(library: string): void {
  const { frames } = readMark(library)?.position ?? { frames: 0 }
  truncateSync(join(library, 'galley.db-wal'), LOG_HEADER + frames * (FRAME_HEADER + 4096))
}

/** The step of unknown outcome that a killed process left in its outbox. */
function pendingIn(library: string): string | null {
  const copy = `${library}-copy`
  cpSync(library, copy, { recursive: true })
  const db = new BetterSqlite3(join(copy, 'galley.db'))
  const pending = db.prepare('SELECT pending FROM outbox ORDER BY seq DESC LIMIT 1').pluck().get()
  db.close()
  rmSync(copy, { recursive: true })
  return pending as string | null
}

describe('kill -9 between any two steps', () => {
  const folder = temporaryFolder()
  let receiver: Receiver
  let proxy: FaultProxy
  beforeAll(async () => {
    receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
    proxy = new FaultProxy(receiver.url)
    await proxy.start()
  })
  afterEach(() => proxy.onSeen(null))
  afterAll(async () => {
    console.log(`kill -9: ${kills} processes killed; each story on the ledger exactly once`)
    await proxy.stop()
    await receiver.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  interface Story {
    readonly library: string
    readonly id: string
  }

  const storyIn = (name: string): Story => ({ library: join(folder, name), id: newId() })

  /** Publishes in a child until it ends, by itself or by SIGKILL. */
  async function publish(
    { library, id }: Story,
    jobs: readonly Job[],
    watch?: (child: ChildProcess) => void
  ): Promise<NodeJS.Signals | number | null> {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./kill-child.ts', import.meta.url))], {
      env: { ...process.env, LIBRARY: library, ENDPOINT: `${proxy.url}/api`, STORY: id, JOBS: JSON.stringify(jobs) },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    watch?.(child)
    return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))
  }

  /** Each version is there once, under a key of its own, and the last one is live. */
  async function expectOnce({ id }: Story, headlines: readonly string[], since: number): Promise<void> {
    await proxy.settled()
    const versions = headlines.length
    expect(receiver.shelf.ledger().filter((line) => line.id === id)).toHaveLength(versions)
    expect(receiver.shelf.get(id)?.payload).toContain(JSON.stringify(headlines.at(-1)))
    expect(new Set(proxy.seen.slice(since).flatMap((seen) => seen.headers['idempotency-key'] ?? [])).size).toBe(
      versions
    )
    kills += versions
  }

  for (const point of points) {
    it(`${point}: there exactly once, new and updated`, async () => {
      const story = storyIn(point.replace(/\W+/g, '-'))
      const since = proxy.seen.length
      const first = { change: newId(), headline: 'Council opens bridge' }
      const update = { change: newId(), headline: 'Council opens bridge early' }
      const again = { change: newId(), headline: 'Council opens bridge early today' }
      // Who comes after a kill ends what was begun, and is killed in the next.
      expect(await publish(story, [{ ...first, killAt: point }])).toBe('SIGKILL')
      expect(await publish(story, [first, { ...update, killAt: point }])).toBe('SIGKILL')
      const headlines = [first.headline, update.headline]
      if (!inPowerCuts.has(point)) {
        expect(await publish(story, [update])).toBe(0)
        return expectOnce(story, headlines, since)
      }
      expect(await publish(story, [update, { ...again, killAt: point }])).toBe('SIGKILL')
      const known = pendingIn(story.library)
      cutPower(story.library)
      // What may have been sent is on the disk, whatever else of the journal was not yet.
      if (known !== null) expect(pendingIn(story.library)).toBe(known)
      expect(await publish(story, [again])).toBe(0)
      await expectOnce(story, [...headlines, again.headline], since)
    }, 60_000)
  }

  it('killed by the CMS’s side of the story: while the request is on its way', async () => {
    const story = storyIn('on-its-way')
    const job = { change: newId(), headline: 'Council opens bridge' }
    const since = proxy.seen.length
    const killed = await publish(story, [job], (child) => {
      proxy.onSeen((seen: Seen) => {
        if (seen.method === 'PUT' && seen.path.includes('/articles/')) child.kill('SIGKILL')
      })
    })
    expect(killed).toBe('SIGKILL')
    proxy.onSeen(null)
    expect(await publish(story, [job])).toBe(0)
    await expectOnce(story, [job.headline], since)
  }, 60_000)

  it('killed again and again at whatever instant', async () => {
    const story = storyIn('whatever-instant')
    const job = { change: newId(), headline: 'Council opens bridge' }
    const since = proxy.seen.length
    for (let round = 0; round < 6; round += 1) {
      const ended = await publish(story, [job], (child) =>
        child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), round * 5))
      )
      if (ended === 'SIGKILL') kills += 1
      else expect(ended).toBe(0)
    }
    expect(await publish(story, [job])).toBe(0)
    await expectOnce(story, [job.headline], since)
  }, 60_000)

  it('offline when killed, online afterwards', async () => {
    const story = storyIn('offline')
    const job = { change: newId(), headline: 'Council opens bridge' }
    const since = proxy.seen.length
    await proxy.stop()
    const killed = await publish(story, [job], (child) =>
      child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), 100))
    )
    expect(killed).toBe('SIGKILL')
    expect(receiver.shelf.get(story.id)).toBeUndefined()
    await proxy.start()
    expect(await publish(story, [job])).toBe(0)
    await expectOnce(story, [job.headline], since)
  }, 60_000)
})

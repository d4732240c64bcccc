import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { CmsRoom } from './cms-room.ts'
import { LateRoom } from './late-room.ts'
import { Desk } from './newsroom.ts'

const MINUTE = 60_000

describe('kill -9 between what a late look finds and what is done about it', () => {
  let room: CmsRoom<FakeWordpress>
  let late: LateRoom
  beforeEach(async () => {
    room = await CmsRoom.open(FakeWordpress)
    late = new LateRoom(room)
  })
  afterEach(() => room.close())

  /** Taken back while the answer was lost; carried out once the desk is closed; opened when the look is due. */
  async function carriedOutLate(says: RegExp, inMs: number | null = null): Promise<{ id: string; storyId: string }> {
    const storyId = await room.desk.story('One')
    const arrives = late.keepBack(says)
    const id = late.publish(storyId, inMs)
    await late.quiet()
    await room.desk.publishing.queue.cancel(id)
    await late.pass(MINUTE)
    expect(room.desk.item(id)).toMatchObject({ state: 'cancelled' })
    await room.desk.close()
    await arrives()
    room.clock.advance(3 * MINUTE)
    return { id, storyId }
  }

  async function openDesk(killAt = ''): Promise<NodeJS.Signals | number | null> {
    const { site, proxy, targetId } = room
    const target = { id: targetId, name: 'The site', kind: 'wordpress', url: proxy.url, secret: site.password }
    const child = spawn(process.execPath, [fileURLToPath(new URL('./late-looks-child.ts', import.meta.url))], {
      env: {
        ...process.env,
        LIBRARY: join(room.folder, 'library'),
        NOW: String(room.clock.now()),
        TARGET: JSON.stringify(target),
        KILL_AT: killAt
      },
      stdio: ['ignore', 'ignore', 'inherit']
    })
    return new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)))
  }

  /** Killed there, and opened again; then what it left is looked at. */
  async function killedAt(point: string): Promise<void> {
    expect(await openDesk(point)).toBe('SIGKILL')
    await room.proxy.settled()
    expect(await openDesk()).toBe(0)
    room.desk = new Desk(join(room.folder, 'library'), room.clock, memorySecrets())
  }

  for (const point of ['late look: answered#1', 'look-up: answered#1', 'recall: recorded#1', 'recall: answered#1'])
    it(`${point}: what has its hour again is called back once`, async () => {
      const { id } = await carriedOutLate(/"status":"future"/, 180 * MINUTE)
      expect(late.scheduled()).toBe(1)
      const { writes } = late
      await killedAt(point)
      expect(late.scheduled()).toBe(0)
      expect(late.writes).toBe(writes + 1)
      expect(room.desk.item(id)).toMatchObject({ state: 'cancelled', handedOver: null, problem: null })
    })

  it('late look: answered#1: what is public all the same calls a person, and nothing is sent', async () => {
    const { id, storyId } = await carriedOutLate(/"status":"publish"/)
    const { writes } = late
    await killedAt('late look: answered#1')
    expect(late.writes).toBe(writes)
    expect(late.shown()).toEqual(['One'])
    expect(room.desk.item(id)).toMatchObject({ state: 'conflict', problem: { key: 'outbox.publicAllTheSame' } })
    expect(late.standing(storyId)).toMatchObject({ state: 'live' })
    expect(room.desk.stories.get(storyId).status).toBe('published')
  })
})

import { newId } from '../../../src/shared/lib/id.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import type { Seen } from '../../support/fault-proxy.ts'
import { CmsRoom } from './cms-room.ts'

/** A room whose line keeps a request back: its answer is lost, and the site carries it out when the test says so. */
export class LateRoom {
  readonly room: CmsRoom<FakeWordpress | FakeGhost>

  constructor(room: CmsRoom<FakeWordpress | FakeGhost>) {
    this.room = room
  }

  static async open(kind: 'wordpress' | 'ghost'): Promise<LateRoom> {
    return new LateRoom(await CmsRoom.open<FakeWordpress | FakeGhost>(kind === 'wordpress' ? FakeWordpress : FakeGhost))
  }

  /** The next request that writes words or a state. */
  keepBack(says: RegExp): () => Promise<void> {
    let kept: Seen | null = null
    this.room.proxy.failNext('cut before', (seen) => {
      const matches = seen.method !== 'GET' && says.test(seen.body.toString())
      if (matches) kept = seen
      return matches
    })
    return async () => {
      if (!kept) throw new Error('Nothing was kept back')
      const { method, path, headers, body } = kept
      const plain = Object.entries(headers).filter(
        ([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
      )
      const answer = await fetch(new URL(path, this.room.site.url), {
        method,
        headers: plain.map(([name, value]) => [name, String(value)]),
        body: new Uint8Array(body)
      })
      await answer.arrayBuffer()
    }
  }

  /** Lets time go by, with all that falls due in it. */
  async pass(ms: number): Promise<void> {
    const end = this.room.clock.now() + ms
    await this.quiet()
    while (this.room.clock.now() < end) {
      this.room.clock.advance(Math.min(15_000, end - this.room.clock.now()))
      await this.quiet()
    }
  }

  async quiet(): Promise<void> {
    await this.room.desk.publishing.quiet()
    await this.room.proxy.settled()
    await this.room.desk.publishing.quiet()
  }

  /** Titles that readers see. */
  shown(): string[] {
    const { site } = this.room
    return site instanceof FakeWordpress
      ? site.posts.filter(({ status }) => status === 'publish').map(({ title }) => title)
      : site.posts.filter(({ status }) => status === 'published').map(({ title }) => title)
  }

  scheduled(): number {
    const { site } = this.room
    return site instanceof FakeWordpress
      ? site.posts.filter(({ status }) => status === 'future').length
      : site.posts.filter(({ status }) => status === 'scheduled').length
  }

  publish(storyId: string, inMs: number | null = null): string {
    const { desk, clock, targetId } = this.room
    const { revision } = desk.stories.get(storyId)
    const at = inMs === null ? null : new Date(clock.now() + inMs).toISOString()
    return desk.publishing.approving.publish({
      storyId,
      targetId,
      revision,
      changeId: newId(),
      at: at === null ? null : { utc: at, zone: 'Europe/Vienna', origin: 'typed' }
    }).id
  }

  withdraw(storyId: string): string {
    const { desk, targetId } = this.room
    const [item] = desk.publishing.withdraw({ storyId, targetIds: [targetId], reason: '', changeId: newId() })
    return item?.id ?? ''
  }

  standing(storyId: string) {
    return this.room.desk.publishing.standings(storyId)[0]
  }

  get looks(): number {
    return this.room.proxy.seen.filter(({ method }) => method === 'GET').length
  }

  get writes(): number {
    return this.room.proxy.seen.filter(({ method }) => method !== 'GET').length
  }
}

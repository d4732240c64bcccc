import { join } from 'node:path'
import { newId } from '../../../src/shared/lib/id.ts'
import { instantAt, type Instant } from '../../../src/shared/story/instant.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { Newsroom, SECRET } from './newsroom.ts'

const HOUR = 3_600_000

/** A newsroom with two sites, each on a line of its own, and a story. */
export class TwoSites {
  readonly room: Newsroom
  readonly second: Receiver
  /** The line to the second. */
  readonly line: FaultProxy
  readonly site: string
  readonly magazine: string
  storyId = ''

  private constructor(parts: { room: Newsroom; second: Receiver; line: FaultProxy; site: string; magazine: string }) {
    this.room = parts.room
    this.second = parts.second
    this.line = parts.line
    this.site = parts.site
    this.magazine = parts.magazine
  }

  static async open(): Promise<TwoSites> {
    const room = await Newsroom.open()
    const site = (await room.desk.target(room.endpoint)).id
    const second = await Receiver.start({ folder: join(room.folder, 'magazine'), secret: SECRET, clock: room.clock })
    const line = new FaultProxy(second.url)
    await line.start()
    const magazine = (await room.desk.target(`${line.url}/api`, SECRET, 'galley', 'Magazine')).id
    const sites = new TwoSites({ room, second, line, site, magazine })
    sites.storyId = await room.desk.story('Bridge opens')
    return sites
  }

  async close(): Promise<void> {
    await this.room.desk.close()
    await this.line.stop()
    await this.second.stop()
    await this.room.close()
  }

  inHours(hours: number): Instant {
    return instantAt(this.room.clock.now() + hours * HOUR, 'Europe/Vienna', 'typed')
  }

  status() {
    return this.room.desk.stories.get(this.storyId).status
  }

  publish(targetId: string, more: object = {}) {
    const { desk } = this.room
    const { revision } = desk.stories.get(this.storyId)
    const input = { storyId: this.storyId, targetId, revision, changeId: newId(), ...more }
    return desk.publishing.approving.publish(input)
  }

  /** Publishes it there now. */
  async arrives(targetId: string): Promise<void> {
    const { state } = await this.room.run(this.publish(targetId, { at: null }).id)
    if (state !== 'done') throw new Error(`It did not arrive: ${state}`)
  }

  async withdraw(targetId: string): Promise<void> {
    const { storyId } = this
    const input = { storyId, targetIds: [targetId], reason: 'Old.', changeId: newId() }
    const [item] = this.room.desk.publishing.withdraw(input)
    const { state } = await this.room.run(item?.id ?? '')
    if (state !== 'done') throw new Error(`It was not withdrawn: ${state}`)
  }
}

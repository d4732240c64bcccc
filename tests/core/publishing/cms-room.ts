import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import type { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

/** A desk and a fake CMS with the line between them in the test's hand, and the desk's target for it. */
export class CmsRoom<Site extends FakeWordpress | FakeGhost> {
  readonly folder = temporaryFolder()
  readonly clock = new ManualClock()
  /** How far the CMS's clock is ahead of the desk's, in milliseconds. */
  ahead = 0
  readonly site: Site
  proxy!: FaultProxy
  desk!: Desk
  targetId = ''
  readonly #name: string

  private constructor(make: new (now: () => number) => Site, name: string) {
    this.#name = name
    this.site = new make(() => this.clock.now() + this.ahead)
  }

  static async open<Site extends FakeWordpress | FakeGhost>(
    make: new (now: () => number) => Site,
    { name = 'The site' }: { readonly name?: string } = {}
  ): Promise<CmsRoom<Site>> {
    const room = new CmsRoom(make, name)
    await room.site.start()
    room.proxy = new FaultProxy(room.site.url)
    await room.proxy.start()
    room.site.home = room.proxy.url
    room.desk = new Desk(join(room.folder, 'library'), room.clock, memorySecrets())
    await room.desk.publishing.start()
    room.targetId = (await room.connect()).id
    return room
  }

  /** One more target for the CMS. */
  connect(settings: Record<string, string> = {}, secret?: string) {
    const { site } = this
    const url = this.proxy.url
    return this.desk.publishing.saveTarget(
      site instanceof FakeWordpress
        ? {
            name: this.#name,
            kind: 'wordpress',
            url,
            settings: { user: site.user, ...settings },
            secret: secret ?? site.password
          }
        : { name: this.#name, kind: 'ghost', url, settings, secret: secret ?? site.key }
    )
  }

  /** Lets time pass until the item neither waits nor is on its way. */
  async run(id: string): Promise<OutboxItem> {
    for (let turn = 0; turn < 30; turn += 1) {
      await this.desk.publishing.quiet()
      await this.proxy.settled()
      if (!['waiting', 'sending'].includes(this.desk.item(id).state)) break
      this.clock.advance(400_000)
    }
    return this.desk.item(id)
  }

  async close(): Promise<void> {
    await this.desk.close()
    await this.proxy.stop()
    await this.site.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

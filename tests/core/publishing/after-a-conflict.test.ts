import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

/** A desk with a site of each kind that has drafts of its own. */
class TwoSites {
  readonly folder = temporaryFolder()
  readonly clock = new ManualClock()
  readonly wordpress = new FakeWordpress(() => this.clock.now())
  readonly ghost = new FakeGhost(() => this.clock.now())
  readonly desk = new Desk(join(this.folder, 'library'), this.clock, memorySecrets())
  targets: readonly string[] = []

  async open(): Promise<this> {
    const { wordpress, ghost, desk } = this
    await Promise.all([wordpress.start(), ghost.start()])
    await desk.publishing.start()
    const settings = { user: wordpress.user }
    const saved = [
      await desk.publishing.saveTarget({
        name: 'Daily',
        kind: 'wordpress',
        url: wordpress.url,
        settings,
        secret: wordpress.password
      }),
      await desk.publishing.saveTarget({ name: 'Weekly', kind: 'ghost', url: ghost.url, secret: ghost.key })
    ]
    this.targets = saved.map(({ id }) => id)
    return this
  }

  async close(): Promise<void> {
    await this.desk.close()
    await Promise.all([this.wordpress.stop(), this.ghost.stop()])
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** What readers of each site see. */
  titles(): (string | null)[] {
    const shown = [
      this.wordpress.posts.find(({ status }) => status === 'publish'),
      this.ghost.posts.find(({ status }) => status === 'published')
    ]
    return shown.map((post) => post?.title ?? null)
  }

  byHand(site: number, what: There, title: string): void {
    this.clock.advance(5_000)
    const change = { ...(what === 'changed' && { title }), ...(what === 'hidden' && { status: 'draft' }) }
    if (site === 0) {
      const post = this.wordpress.posts.find(({ status }) => status === 'publish')
      if (what === 'removed') this.wordpress.posts.length = 0
      else if (what !== 'left' && post) this.wordpress.edit(post.id, change)
      return
    }
    const post = this.ghost.posts.find(({ status }) => status === 'published')
    if (what === 'removed') this.ghost.posts.length = 0
    else if (what !== 'left' && post) this.ghost.edit(post.id, change)
  }

  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      await this.desk.publishing.quiet()
      if (!this.desk.publishing.queue.open().some(({ state }) => state === 'waiting' || state === 'sending')) return
      this.clock.advance(400_000)
    }
  }

  /** What met something else there is taken back, or goes over it at a person's word. */
  async decide(act: Act): Promise<void> {
    const { queue, conflicts } = this.desk.publishing
    for (const { id, state } of queue.open()) {
      if (state !== 'conflict') continue
      if (act === 'take back') await queue.cancel(id)
      else conflicts.overwrite(id, (await conflicts.remote(id))?.etag ?? '')
    }
    await this.quiet()
  }
}

const there = ['left', 'changed', 'hidden', 'removed'] as const
type There = (typeof there)[number]
const acts = ['take back', 'put ours over it'] as const
type Act = (typeof acts)[number]

const rounds = fc.array(
  fc.record({
    isEdited: fc.boolean(),
    there: fc.tuple(fc.constantFrom(...there), fc.constantFrom(...there)),
    /** The site that is paused until the other has been decided on. */
    rests: fc.constantFrom(0, 1, null),
    act: fc.constantFrom(...acts)
  }),
  { minLength: 1, maxLength: 3 }
)

it('whatever was done on two sites, and to the deliveries that met it, a story’s status is what readers see', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (list) => {
      const room = await new TwoSites().open()
      const { desk, targets } = room
      try {
        const storyId = await desk.story('Desk 0')
        const publish = (): void => {
          for (const targetId of targets) desk.publish(storyId, targetId)
        }
        publish()
        await room.quiet()
        expect(room.titles()).toEqual(['Desk 0', 'Desk 0'])
        for (const [at, round] of list.entries()) {
          for (const [site, what] of round.there.entries()) room.byHand(site, what, `Theirs ${at}`)
          if (round.isEdited) desk.edit(storyId, { headline: `Desk ${at + 1}` })
          const resting = round.rests === null ? undefined : targets[round.rests]
          if (resting !== undefined) desk.publishing.pausing.pause(resting)
          publish()
          await room.quiet()
          await room.decide(round.act)
          if (resting !== undefined) desk.publishing.pausing.resume(resting)
          await room.quiet()
          await room.decide(round.act)
          expect(desk.publishing.queue.open()).toEqual([])

          const story = desk.stories.get(storyId)
          const shown = room.titles().filter((title) => title !== null)
          const isOurs = shown.every((title) => title === story.fields.headline)
          expect(story.status).toBe(shown.length === 0 ? 'ready' : isOurs ? 'published' : 'updating')
          for (const { targetId, current, receipt } of desk.publishing.standings(storyId)) {
            const title = room.titles()[targets.indexOf(targetId)]
            expect(current).toBe(title === story.fields.headline)
            expect(receipt?.since === 'gone').toBe(title === null)
          }
        }
      } finally {
        await room.close()
      }
    }),
    { numRuns: 12 }
  )
}, 60_000)

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, temporaryFolder } from './newsroom.ts'

let folder: string
let clock: ManualClock
let site: FakeGhost
let desk: Desk
let targetId: string

beforeEach(async () => {
  folder = temporaryFolder()
  clock = new ManualClock()
  site = new FakeGhost(() => clock.now())
  await site.start()
  desk = new Desk(join(folder, 'library'), clock, memorySecrets())
  await desk.publishing.start()
  const input = { name: 'The blog', kind: 'ghost', url: site.url, secret: site.key } as const
  targetId = (await desk.publishing.saveTarget(input)).id
})
afterEach(async () => {
  await desk.close()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function published(byline: string, headline: string): Promise<OutboxItem> {
  const { id } = desk.publish(await desk.story(headline, { byline }), targetId)
  await desk.publishing.quiet()
  return desk.item(id)
}
const authors = (at = 0): string[] | undefined => site.posts[at]?.authors.map(({ name }) => name)

it('the people of a byline are the authors there by name, in its order, and the owner where nobody has it', async () => {
  const item = await published('By Jon Poe, Lea Sun and Ana Kos', 'Bridge opens')
  expect(item).toMatchObject({ state: 'done' })
  expect(item.receipt?.differences).toBeUndefined()
  expect(authors()).toEqual(['Jon Poe', 'Ana Kos'])
  expect((await published('Lea Sun', 'Ferry stops')).state).toBe('done')
  expect(authors(1)).toEqual(['Owner'])
})

it('the desk says who is whom, and a user who has gone is told in the receipt', async () => {
  const { name, kind, url } = desk.publishing.targets.get(targetId)
  const settings = { authors: { 'Lea Sun': '0'.repeat(23) + '3', 'Ana Kos': '', 'Kim Roe': 'gone' } }
  await desk.publishing.saveTarget({ id: targetId, name, kind, url, settings })
  await published('Lea Sun and Ana Kos', 'Bridge opens')
  expect(authors()).toEqual(['Jon Poe'])
  const item = await published('Kim Roe', 'Ferry stops')
  expect(item).toMatchObject({ state: 'done', receipt: { differences: [{ field: 'byline' }] } })
  expect(authors(1)).toEqual(['Owner'])
})

it('an author changed there is no other version of the story', async () => {
  const storyId = await desk.story('Bridge opens', { byline: 'Lea Sun' })
  desk.publish(storyId, targetId)
  await desk.publishing.quiet()
  const post = site.posts[0]
  if (post) post.authors = site.people.slice(2)
  desk.edit(storyId, { standfirst: 'After years.' })
  const { id } = desk.publish(storyId, targetId)
  await desk.publishing.quiet()
  expect(desk.item(id).state).toBe('done')
  expect(authors()).toEqual(['Jon Poe'])
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManyStories } from '../../../src/main/core/stories/many.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { say } from '../../../src/shared/words/message.ts'
import { Newsroom } from './newsroom.ts'

describe('several stories at once, of which some are on their way or live', () => {
  let room: Newsroom
  let targetId: string
  let many: ManyStories
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
    const { stories, publishing } = room.desk
    many = new ManyStories({ stories, whyBusy: (id) => publishing.whyBusy(id) })
  })
  afterEach(() => room.close())

  const waits = say('stories.waitsInOutbox', { target: 'City desk CMS' })
  const live = say('stories.isLiveOn', { target: 'City desk CMS' })
  const status = (id: string): string => room.desk.stories.get(id).status

  async function published(headline: string): Promise<string> {
    const storyId = await room.desk.story(headline)
    expect(await room.run(room.desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    return storyId
  }

  it('take back no delivery in passing: what is scheduled, approved and waiting, or live is held', async () => {
    const { desk, clock } = room
    const scheduled = await desk.story('Scheduled')
    const at = instantAt(clock.now() + 60 * 60_000, 'Europe/Vienna', 'typed')
    const { revision } = desk.stories.get(scheduled)
    const planned = desk.publishing.approving.publish({
      storyId: scheduled,
      targetId,
      revision,
      changeId: newId(),
      at
    })
    const onAir = await published('Live')
    const update = await published('Live, with an update')
    desk.publishing.pausing.pause(targetId)
    const waiting = await desk.story('Waiting')
    desk.edit(update, { headline: 'Live, updated' })
    const items = [planned, desk.publish(waiting, targetId), desk.publish(update, targetId)]
    const free = await desk.story('Free')
    desk.stories.setStatus({ id: free, baseRevision: 1, changeId: newId() }, 'approved')
    const before = items.map(({ id }) => desk.item(id).state)

    const { changed, held } = await many.change([scheduled, waiting, update, onAir, free], { status: 'draft' }, null)
    expect(changed).toEqual([{ id: free, revision: 3, before: { status: 'approved' } }])
    expect(held).toEqual([
      { id: scheduled, headline: 'Scheduled', why: waits },
      { id: waiting, headline: 'Waiting', why: waits },
      { id: update, headline: 'Live, updated', why: waits },
      { id: onAir, headline: 'Live', why: say('stories.statusByHand', { from: 'published', to: 'draft' }) }
    ])
    expect((await many.change([onAir], { status: 'updating' }, null)).held).toEqual([
      { id: onAir, headline: 'Live', why: live }
    ])
    expect(items.map(({ id }) => desk.item(id).state)).toEqual(before)
    expect([scheduled, waiting, update, onAir].map(status)).toEqual(['scheduled', 'approved', 'approved', 'published'])
  })

  it('leave the trash all the same', async () => {
    const storyId = await published('Live')
    room.desk.stories.markStatus(storyId, 'trashed', () => undefined)
    expect((await many.change([storyId], { status: 'draft' }, null)).held).toEqual([])
    expect(status(storyId)).toBe('draft')
    expect((await many.change([storyId], { status: 'trashed' }, null)).held).toEqual([
      { id: storyId, headline: 'Live', why: live }
    ])
  })

  it('are as they were when their tags are undone: live copy is live again', async () => {
    const storyId = await published('Live')
    const { changed } = await many.change([storyId], { addTags: ['storm'], removeTags: [] }, null)
    expect(status(storyId)).toBe('updating')
    expect(await many.undo(changed, null)).toMatchObject({ changed: [{ id: storyId }], held: [] })
    expect(status(storyId)).toBe('published')
    expect(room.desk.stories.get(storyId).fields.keywords).toEqual([])
  })

  it('are not undone where publishing has moved them since, and that is said', async () => {
    const storyId = await published('Live')
    room.desk.edit(storyId, { headline: 'Updated' })
    const { id } = room.desk.publish(storyId, targetId)
    const { changed } = await many.change([storyId], { addTags: ['storm'], removeTags: [] }, null)
    expect(status(storyId)).toBe('ready')
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(status(storyId)).toBe('updating')
    expect(await many.undo(changed, null)).toEqual({
      changed: [],
      held: [{ id: storyId, headline: 'Updated', why: say('stories.movedOn') }]
    })
  })

  it('are not called undone where a status is one that publishing alone gives', async () => {
    const storyId = await room.desk.story('Scheduled once')
    room.desk.stories.markStatus(storyId, 'scheduled', () => undefined)
    const { changed } = await many.change([storyId], { status: 'draft' }, null)
    expect(await many.undo(changed, null)).toEqual({
      changed: [],
      held: [
        {
          id: storyId,
          headline: 'Scheduled once',
          why: say('stories.statusByHand', { from: 'draft', to: 'scheduled' })
        }
      ]
    })
  })
})

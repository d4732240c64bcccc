import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Jobs } from '../../../src/main/core/app/jobs.ts'
import { Events } from '../../../src/main/core/events.ts'
import { explainOpenOutboxOf, getPayload, listOutbox } from '../../../src/main/core/store/outbox.ts'
import { Trash } from '../../../src/main/core/stories/trash.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { say } from '../../../src/shared/words/message.ts'
import { Newsroom } from './newsroom.ts'

const events = new Events(() => undefined)

describe('deleting for good what was published', () => {
  let room: Newsroom
  let targetId: string
  let trash: Trash
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
    const { store, stories, publishing } = room.desk
    trash = new Trash({
      store,
      stories,
      clock: room.clock,
      events,
      jobs: new Jobs(events),
      whyNeeded: (id) => publishing.whyNeeded(id),
      pictures: { of: () => Promise.resolve([]), release: () => undefined }
    })
  })
  afterEach(() => room.close())

  async function published(headline: string): Promise<string> {
    const storyId = await room.desk.story(headline)
    expect(await room.run(room.desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    return storyId
  }
  /** As a story gets there whose approval for an update was taken back to a draft before it was thrown away. */
  function intoTrash(storyId: string): void {
    room.desk.stories.markStatus(storyId, 'trashed', () => undefined)
  }

  it('leaves a story that is live, also where the CMS was removed from the settings', async () => {
    const storyId = await published('Bridge closes')
    intoTrash(storyId)
    const held = { id: storyId, headline: 'Bridge closes' }
    expect(await trash.erase([storyId])).toEqual({
      erased: 0,
      held: [{ ...held, why: say('stories.isLiveOn', { target: 'City desk CMS' }) }]
    })
    await room.desk.publishing.removeTarget(targetId)
    expect(await trash.erase([storyId])).toEqual({
      erased: 0,
      held: [{ ...held, why: say('stories.isLiveOnRemoved', { target: 'City desk CMS' }) }]
    })
    expect(room.desk.stories.get(storyId).fields.headline).toBe('Bridge closes')
  })

  it('keeps the proof of what was published, byte for byte, and not what never left', async () => {
    const storyId = await published('Bridge closes')
    room.desk.edit(storyId, { headline: 'Never sent' })
    const { stories, store, publishing } = room.desk
    publishing.pausing.pause(targetId)
    await publishing.queue.cancel(room.desk.publish(storyId, targetId).id)
    publishing.pausing.resume(targetId)
    const [item] = publishing.withdraw({ storyId, targetIds: [targetId], reason: 'Court', changeId: newId() })
    expect(await room.run(item?.id ?? '')).toMatchObject({ state: 'done' })
    const before = store.read((db) => listOutbox(db, storyId, 10))
    expect(before.map(({ state }) => state)).toEqual(['done', 'cancelled', 'done'])
    const kept = before.filter(({ state }) => state === 'done')
    const payloads = kept.map(({ seq }) => store.read((db) => getPayload(db, seq)))
    stories.trash([storyId], null)
    expect(await trash.erase([storyId])).toEqual({ erased: 1, held: [] })
    expect(() => stories.get(storyId)).toThrow('no such story')
    await room.restart()
    expect(room.desk.store.read((db) => listOutbox(db, storyId, 10))).toEqual(kept)
    expect(kept.map(({ seq }) => room.desk.store.read((db) => getPayload(db, seq)))).toEqual(payloads)
    expect(room.desk.item(kept[1]?.id ?? '')).toMatchObject({
      headline: 'Bridge closes',
      receipt: { sha256: kept[1]?.receipt?.sha256 }
    })
  })
})

it('what is open of one story is found by the story, not by reading all that is open', async () => {
  const room = await Newsroom.open()
  try {
    const plans = room.desk.store.read(explainOpenOutboxOf)
    expect(plans).toHaveLength(2)
    for (const plan of plans) expect(plan.join('\n')).toContain('USING INDEX outbox_story (story_id=?)')
  } finally {
    await room.close()
  }
})

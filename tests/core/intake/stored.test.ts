import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { createIntakeService } from '../../../src/main/core/intake/intake.ts'
import { getStoryRow } from '../../../src/main/core/store/stories.ts'
import { getIntakeSource } from '../../../src/main/core/store/intake-sources.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { systemClock } from '../../../src/shared/lib/clock.ts'
import { getIntakeOrigin } from '../../../src/main/core/store/intake-sources.ts'

it('an accepted page is in the library, whole, with its raw page beside it after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-intake-'))
  try {
    const desk = { zone: 'Asia/Dubai', language: 'en', intakeRules: [] }
    const bytes = new TextEncoder().encode(
      'Old mill turns again\n\nBy Reuters\n\nPublished: 13 Aug 2024, 4:48 PM\n\nThe mill on the river turned again on Monday for the first time since the flood, the miller said.\n\nMore news from World\n'
    )
    const open = () => {
      const store = Store.open(folder)
      const stories = new StoriesService({
        store,
        clock: systemClock,
        events: new Events(() => undefined),
        desk: () => desk
      })
      const intake = createIntakeService({
        clock: systemClock,
        settings: () => desk,
        createStory: (story, by) => stories.create({ ...story, reason: 'intake' }, by),
        pictureHere: () => null,
        madeFrom: () => Promise.resolve([]),
        updateStory: (id, { fields, body }, by) => stories.update(id, fields, body, by),
        findOrigin: (storyId) => store.read((db) => getIntakeOrigin(db, storyId)),
        findRaw: (storyId) =>
          store.read((db) => {
            const row = getStoryRow(db, storyId)
            return row ? getIntakeSource(db, row.seq) : null
          })
      })
      return { store, stories, intake }
    }
    const first = open()
    const request = { source: { name: 'mill.txt', bytes }, assignments: {} }
    const story = await first.intake.accept(request)
    first.store.close()

    const second = open()
    const { fields, body } = await second.intake.review(request)
    const stored = second.stories.get(story.id)
    expect(stored.body).toEqual(body)
    expect(stored.fields).toMatchObject({ ...fields, times: { ...fields.times, created: stored.fields.times.created } })
    expect(second.intake.raw(story.id)).toEqual({ name: 'mill.txt', type: 'text/plain', bytes })
    expect(second.intake.origin(story.id)).toEqual({ name: 'mill.txt', size: bytes.byteLength })
    expect(second.intake.origin('00000000-0000-4000-8000-000000000000')).toBeNull()
    second.store.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

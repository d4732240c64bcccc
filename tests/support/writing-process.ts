import { Events } from '../../src/main/core/events.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'

// A Galley that saves one paragraph after the other until it is killed, and says each save once it is acknowledged.
const [folder = ''] = process.argv.slice(2)
const { store } = await openLibrary(folder)
const stories = new StoriesService({
  store,
  clock: systemClock,
  events: new Events(() => undefined),
  desk: () => ({ zone: 'UTC', language: 'en' })
})
const { id } = stories.create({})
process.stdout.write(`story ${id}\n`)
for (let revision = 1; ; revision++) {
  stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
    {
      op: 'insert',
      after: null,
      block: { id: `p${revision}`, type: 'paragraph', runs: [{ text: `Paragraph ${revision}` }] }
    }
  ])
  process.stdout.write(`saved ${revision + 1}\n`)
  if (revision % 50 === 0) stories.settle(id)
  await new Promise((resolve) => setTimeout(resolve, 2))
}

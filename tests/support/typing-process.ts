import { Events } from '../../src/main/core/events.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'

// A Galley in which somebody types in two of three stories in turn without ever pausing, until it is killed. Says each
// save once it is acknowledged.
const [folder = ''] = process.argv.slice(2)
const { store } = await openLibrary(folder)
const stories = new StoriesService({
  store,
  clock: systemClock,
  events: new Events(() => undefined),
  desk: () => ({ zone: 'UTC', language: 'en' })
})
const [one, two, three] = ['One', 'Two', 'Three'].map((headline) => stories.create({ fields: { headline } }).id)
process.stdout.write(`stories ${one} ${two} ${three}\n`)
for (let revision = 1; ; revision++) {
  for (const id of [one, two] as string[]) {
    const changeId = newId()
    const { savedAt } = stories.patchBody({ id, baseRevision: revision, changeId }, [
      {
        op: 'insert',
        after: null,
        block: { id: `p${revision}`, type: 'paragraph', runs: [{ text: `Three words ${revision}` }] }
      }
    ])
    process.stdout.write(`saved ${id} ${revision + 1} ${changeId} ${savedAt}\n`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

import { Events } from '../../src/main/core/events.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'

// Saves forty lines, each under one change id until it is acknowledged, says each acknowledgement, and is killed by itself.
const [folder = ''] = process.argv.slice(2)
const { store } = await openLibrary(folder)
const stories = new StoriesService({
  store,
  clock: systemClock,
  events: new Events(() => undefined),
  desk: () => ({ zone: 'UTC', language: 'en' })
})
const { id } = again(() => stories.create({}))
process.stdout.write(`story ${id}\n`)
for (let n = 0; n < 40; n++) {
  const changeId = newId()
  const { revision } = again(() => {
    const base = stories.get(id).revision
    return stories.patchBody({ id, baseRevision: base, changeId }, [
      {
        op: 'insert',
        after: null,
        block: { id: `p${n}`, type: 'paragraph', runs: [{ text: `Line ${n}. `.repeat(30) }] }
      }
    ])
  })
  process.stdout.write(`saved ${revision}\n`)
  if (n % 15 === 14) again(() => stories.settle(id))
}
process.kill(process.pid, 'SIGKILL')

function again<T>(body: () => T): T {
  for (let tries = 0; ; tries++) {
    try {
      return body()
    } catch (error) {
      // A change that was saved although its acknowledgement failed stands in the way of the second try: it is there.
      process.stdout.write('refused\n')
      if (tries === 12) throw error
    }
  }
}

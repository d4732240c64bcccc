import { rmSync, writeFileSync } from 'node:fs'
import { runAutosave } from '../../src/renderer/features/story/autosave-runner.ts'
import { Autosave } from '../../src/renderer/features/story/autosave.ts'
import { Events } from '../../src/main/core/events.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'
import { steadyClock, systemClock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'

// Types for a while through the window's own autosave, says each acknowledgement, and is killed by itself. With a third argument calls fail for so many
// milliseconds in the middle of it: it makes the file in FAULT_WHILE and takes it away, and says how long after that everything typed is saved.
const [folder = '', lasts = ''] = process.argv.slice(2)
const KEYS = 40
const PATIENCE = 15_000
const { store, lock } = await openLibrary(folder)
if (!lock) {
  process.stdout.write('reads\n')
  process.kill(process.pid, 'SIGKILL')
}
const stories = new StoriesService({
  store,
  clock: systemClock,
  events: new Events(() => undefined),
  desk: () => ({ zone: 'UTC', language: 'en' })
})
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
const id = newId()
for (;;) {
  try {
    stories.create({ id })
    break
  } catch (error) {
    // What was made although it was not acknowledged is there.
    if (error instanceof Error && 'code' in error && error.code === 'conflict') break
    process.stdout.write('refused\n')
    await pause(100)
  }
}
process.stdout.write(`story ${id}\n`)
const runner = runAutosave({
  machine: new Autosave(stories.get(id).revision, newId),
  clock: steadyClock,
  async send({ changeId, baseRevision, change }) {
    try {
      if (change.kind !== 'body') throw new Error('Only the body is typed into')
      return stories.patchBody({ id, baseRevision, changeId }, change.patch)
    } catch (error) {
      process.stdout.write(
        `refused ${error instanceof Error && 'code' in error ? String(error.code) : String(error)}\n`
      )
      throw error
    }
  },
  onSaved: (_, { revision }) => process.stdout.write(`saved ${revision}\n`)
})
const during = process.env['FAULT_WHILE']
let cleared = 0
for (let n = 0; n < KEYS; n++) {
  runner.edit({
    body: [
      {
        op: 'insert',
        after: null,
        block: { id: `p${n}`, type: 'paragraph', runs: [{ text: `Line ${n}. `.repeat(30) }] }
      }
    ]
  })
  await pause(during ? 60 : 10)
  if (n % 15 === 14 && runner.settled) {
    try {
      stories.settle(id)
    } catch {
      // The journal is folded later.
    }
  }
  if (during && n === 10) {
    writeFileSync(during, '')
    setTimeout(() => {
      rmSync(during, { force: true })
      cleared = performance.now()
    }, Number(lasts))
  }
}
process.stdout.write(`typed ${KEYS}\n`)
const began = performance.now()
while ((!runner.settled || (during && cleared === 0)) && performance.now() - began < PATIENCE) await pause(10)
if (runner.settled) process.stdout.write(`all ${Math.max(0, Math.round(performance.now() - (cleared || began)))}\n`)
process.kill(process.pid, 'SIGKILL')

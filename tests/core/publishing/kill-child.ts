import { systemClock } from '../../../src/shared/lib/clock.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { Desk, SECRET } from './newsroom.ts'

/** One version of the story to publish, and where to be killed in doing so: "story: answered#1" is the first time. */
export interface Job {
  readonly change: string
  readonly headline: string
  readonly killAt?: string
}

/**
 * A desk in a process of its own: publishes versions of one story one after the other, as a person would who presses
 * the button again after a crash, and waits for the receipt of each. At the point named in a job it kills itself with
 * SIGKILL. Exit 0: there are all receipts.
 */
const { LIBRARY = '', ENDPOINT = '', STORY = '', JOBS = '[]' } = process.env
let job: Job | undefined
const met = new Map<string, number>()

const desk = new Desk(LIBRARY, systemClock, memorySecrets(), {
  onStep(point) {
    const count = (met.get(point) ?? 0) + 1
    met.set(point, count)
    if (`${point}#${count}` === job?.killAt) process.kill(process.pid, 'SIGKILL')
  }
})
const known = (await desk.publishing.targets.list())[0]
// The keychain of this test forgets with the process; the person enters the secret again.
const target = known ? await desk.publishing.saveTarget({ ...known, secret: SECRET }) : await desk.target(ENDPOINT)
let isStarted = false
for (job of JSON.parse(JOBS) as Job[]) {
  met.clear()
  await publish(job)
}
await desk.close()

async function publish({ change, headline }: Job): Promise<void> {
  const leadImage = {
    mediaId: (await desk.picture(STORY + headline)).id,
    caption: '',
    credit: '',
    alt: '',
    focalPoint: null
  }
  if (!exists()) {
    desk.stories.create({
      id: STORY,
      fields: { headline, leadImage },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'Text.' }] }] }
    })
  }
  if (!isStarted) await desk.publishing.start()
  isStarted = true
  const isQueued = desk.publishing.queue
    .list({ storyId: STORY })
    .some((item) => item.headline === headline && item.state !== 'cancelled')
  if (!isQueued && desk.stories.get(STORY).fields.headline !== headline) desk.edit(STORY, { headline, leadImage })
  await desk.renditions.prepare(desk.stories.get(STORY))
  const { id } = desk.publish(STORY, target.id, change)
  process.stdout.write('queued\n')
  while (desk.item(id).state !== 'done') {
    await desk.publishing.quiet()
    if (desk.item(id).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function exists(): boolean {
  try {
    return desk.stories.get(STORY).id === STORY
  } catch {
    return false
  }
}

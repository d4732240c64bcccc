import { systemClock } from '../../../src/shared/lib/clock.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { Desk, SECRET } from './newsroom.ts'

/**
 * A desk in a process of its own: publishes one story, as a person would who presses the button again after a crash,
 * and waits for its receipt. With KILL_AT it kills itself with SIGKILL at the named point ("story: answered#1" is the
 * first time). Exit 0: there is a receipt.
 */
const { LIBRARY = '', ENDPOINT = '', STORY = '', CHANGE = '', HEADLINE = '', KILL_AT = '' } = process.env
const met = new Map<string, number>()

const desk = new Desk(LIBRARY, systemClock, memorySecrets(), {
  onStep(point) {
    const count = (met.get(point) ?? 0) + 1
    met.set(point, count)
    if (`${point}#${count}` === KILL_AT) process.kill(process.pid, 'SIGKILL')
  }
})
const known = (await desk.publishing.targets.list())[0]
// The keychain of this test forgets with the process; the person enters the secret again.
const target = known ? await desk.publishing.saveTarget({ ...known, secret: SECRET }) : await desk.target(ENDPOINT)
const leadImage = {
  mediaId: (await desk.picture(STORY + HEADLINE)).id,
  caption: '',
  credit: '',
  alt: '',
  focalPoint: null
}
if (!exists()) {
  desk.stories.create({
    id: STORY,
    fields: { headline: HEADLINE, leadImage },
    body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'Text.' }] }] }
  })
}
await desk.publishing.start()
const isQueued = desk.publishing.queue
  .list({ storyId: STORY })
  .some((item) => item.headline === HEADLINE && item.state !== 'cancelled')
if (!isQueued && desk.stories.get(STORY).fields.headline !== HEADLINE)
  desk.edit(STORY, { headline: HEADLINE, leadImage })
await desk.renditions.prepare(desk.stories.get(STORY))
const { id } = desk.publish(STORY, target.id, CHANGE)
process.stdout.write('queued\n')
while (desk.item(id).state !== 'done') {
  await desk.publishing.quiet()
  if (desk.item(id).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 20))
}
await desk.close()

function exists(): boolean {
  try {
    return desk.stories.get(STORY).id === STORY
  } catch {
    return false
  }
}

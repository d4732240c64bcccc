import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../../src/main/core/create-core.ts'
import { listBackups } from '../../src/main/core/store/backup.ts'
import { Receiver } from '../../src/main/practice-cms/receiver.ts'
import { loopbackPlatform } from '../../src/main/hosts/loopback/platform.ts'
import { contract } from '../../src/shared/contract/contract.ts'
import { systemClock, type Clock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import { Count } from './count.ts'
import { numbers } from './library.ts'

const HOUR = 3_600_000
const YEAR = 365.25 * 24 * HOUR
/** A minute before Europe's clocks go forward, and before they go back. */
const CHANGES = [Date.UTC(2026, 2, 29, 0, 59), Date.UTC(2026, 9, 25, 0, 59)]
const ZONES = ['Pacific/Apia', 'Asia/Kathmandu', 'America/St_Johns', 'Europe/Vienna', 'UTC']

/**
 * The clock jumps by up to ten years either way, over the hours at which clocks change, and the zone changes, while a library is at work: every save goes
 * through, the list is in order of changes, no backup made since is taken for an old one, nothing that is held for an hour that has not come is sent, and
 * nothing is said to be damaged when it is opened again.
 */
export async function clocks(limit: number, seed: number): Promise<Count> {
  const count = new Count('clocks')
  const pick = numbers(seed)
  const zone = process.env['TZ']
  const folder = mkdtempSync(join(tmpdir(), 'galley-clocks-'))
  let offset = 0
  const clock: Clock = { now: () => Math.round(systemClock.now() + offset), after: systemClock.after }
  const jump = (): void => {
    switch (pick(4)) {
      case 0:
        offset = (pick(21) - 10) * YEAR
        break
      case 1:
        offset = (CHANGES[pick(2)] ?? 0) - systemClock.now()
        break
      case 2:
        offset += (pick(2) === 0 ? -1 : 1) * HOUR
        break
      default:
        process.env['TZ'] = ZONES[pick(ZONES.length)]
    }
  }
  try {
    while (count.tried < limit) await oneLife(folder, clock, jump, pick, count)
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    rmSync(folder, { recursive: true, force: true })
  }
  return count
}

async function oneLife(
  folder: string,
  clock: Clock,
  jump: () => void,
  pick: (below: number) => number,
  count: Count
): Promise<void> {
  const core = await createCore({
    library: folder,
    platform: loopbackPlatform(folder),
    startPractice: Receiver.start,
    clock
  })
  const { call } = createClient(contract, {
    request: (request, signal = new AbortController().signal) =>
      core.dispatch({ id: 0, ...request }, { connectionId: 'clocks', signal }),
    onPush: (listener) => core.subscribe(listener)
  })
  try {
    if ((await call.recovery.state({})).notices.length > 0) count.note('false alarms')
    const { target } = await call.publishing.startPractice({})
    const made: string[] = []
    // Held for an hour that is eleven years away from wherever the clock stands: no jump reaches it.
    const { id: held, revision } = await call.stories.create({
      fields: { headline: 'Held' },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'It waits.' }] }] }
    })
    const at = { utc: new Date(clock.now() + 31 * YEAR).toISOString(), zone: 'UTC', origin: 'typed' as const }
    const waiting = await call.publishing.publish({
      storyId: held,
      targetId: target.id,
      revision,
      changeId: newId(),
      at
    })
    for (let n = 0; n < 8; n++) {
      jump()
      const { id } = await call.stories.create({ fields: { headline: `Story ${n}` } })
      made.push(id)
      jump()
      const { revision: saved } = await call.stories.patchFields({
        id,
        baseRevision: 1,
        changeId: newId(),
        fields: { kicker: `At ${n}` }
      })
      jump()
      if (pick(3) === 0) await call.recovery.backUp({})
      const { rows } = await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 1 })
      const story = await call.stories.get({ id })
      const [delivery] = await call.publishing.outbox({ storyId: held })
      count.say(
        saved === 2 && story.fields.kicker === `At ${n}` && rows[0]?.id === id && delivery?.state === 'scheduled',
        `after a jump: ${saved} ${rows[0]?.id === id} ${delivery?.state}`
      )
    }
    await call.publishing.cancel({ id: waiting.id })
    await call.recovery.backUp({})
    const [newest] = listBackups(folder)
    const all = await call.recovery.backups({})
    const backed = newest ? await call.recovery.stories({ backup: `library:${newest.name}`, text: '' }) : []
    count.say(
      all.every(({ whole }) => whole) && made.every((id) => backed.some(({ storyId }) => storyId === id)),
      'a backup that was made just now is not the newest'
    )
  } finally {
    await core.close()
  }
}

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faults, type FaultName, type Seen } from '../../support/fault-proxy.ts'
import { Newsroom, SHORT } from './newsroom.ts'

/** The requests of one publication, in their order. */
const steps = {
  'asking for the time': (seen: Seen) => seen.path.startsWith('/api/about'),
  'asking for the picture': (seen: Seen) => seen.method === 'HEAD',
  'sending the picture': (seen: Seen) => seen.method === 'PUT' && seen.path.startsWith('/api/media/'),
  'sending the story': (seen: Seen) => seen.method === 'PUT' && seen.path.startsWith('/api/articles/'),
  'reading back': (seen: Seen) => seen.method === 'GET' && seen.path.startsWith('/api/articles/')
} as const

const outcomes = new Map<string, number>()
let runs = 0

describe('every fault at every step, a new story and an update of it', () => {
  let room: Newsroom
  let targetId: string
  beforeAll(async () => {
    room = await Newsroom.open({ limits: SHORT })
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(() => room.proxy.clear())
  afterAll(async () => {
    const ends = [...outcomes].map(([state, count]) => `${state} ${count}`).join(', ')
    console.log(
      `faults × steps: ${runs} publications under ${Object.keys(faults).length} faults × ${Object.keys(steps).length} steps × new and update; first came to rest as: ${ends}; each on the ledger exactly once`
    )
    await room.close()
  })

  for (const fault of Object.keys(faults) as FaultName[]) {
    it(`${fault}: exactly once`, async () => {
      for (const [step, matches] of Object.entries(steps)) {
        const storyId = await room.desk.story(`${fault} while ${step}`, {}, true)
        for (const version of [1, 2]) {
          if (version === 2) {
            room.desk.edit(storyId, {
              headline: `${fault} while ${step}, updated`,
              leadImage: {
                mediaId: (await room.desk.picture(`${fault}${step}2`)).id,
                caption: '',
                credit: '',
                alt: '',
                focalPoint: null
              }
            })
          }
          const before = room.proxy.seen.length
          room.proxy.failNext(fault, matches)
          await room.desk.renditions.prepare(room.desk.stories.get(storyId))
          const { id } = room.desk.publish(storyId, targetId)
          let item = await room.run(id)
          expect(room.proxy.pending, `${step}: the fault was met`).toBe(0)
          outcomes.set(item.state, (outcomes.get(item.state) ?? 0) + 1)
          // A person who has dealt with the reason.
          for (let tries = 0; tries < 3 && item.state !== 'done'; tries += 1) {
            room.desk.publishing.queue.retry(id)
            item = await room.run(id)
          }
          await room.proxy.settled()
          const where = `${fault} while ${step}, version ${version}`
          expect(item, where).toMatchObject({ state: 'done', problem: null })
          expect(room.accepted(storyId), where).toBe(version)
          const held = room.receiver.shelf.get(storyId)
          expect({ etag: held?.etag, sha256: held?.sha256 }, where).toEqual({
            etag: item.receipt?.etag,
            sha256: item.receipt?.sha256
          })
          const keys = room.proxy.seen.slice(before).flatMap((seen) => seen.headers['idempotency-key'] ?? [])
          expect(new Set(keys).size, `${where}: one key for every try`).toBe(1)
          expect(room.desk.stories.get(storyId).status, where).toBe('published')
          runs += 1
        }
      }
    }, 60_000)
  }
})

// npm run test:peers [-- --all | --only wordpress | --only ghost] [--ghost 5] [--schedules | --matrix [--trouble NAME]
// [--kill NAME]]: stories through real CMSs, with trouble at every request and the desk killed around it. --ghost 5: the
// Ghost before the present one. --schedules: nothing but stories that the CMS itself publishes at their hour, and the desk
// killed around each request of them; --matrix: all but those, with --trouble and --kill (none, before, after) a part.
import { parseArgs } from 'node:util'
import { ghostPeer } from './ghost/peer.ts'
import type { Kill } from './in-process.ts'
import { Journeys, troubles, type Trouble } from './journeys.ts'
import type { Peer } from './peer.ts'
import { Unavailable } from './wordpress/obtain.ts'
import { wordpressPeer } from './wordpress/peer.ts'

type Open = (home: (url: string) => Promise<string>) => Promise<Peer>
const { values: asked } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    ghost: { type: 'string', default: '6' },
    schedules: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    trouble: { type: 'string' },
    kill: { type: 'string' }
  }
})
const isAsked = (kind: 'wordpress' | 'ghost'): boolean =>
  asked.only === undefined ? kind === 'wordpress' || asked.all : asked.only === kind
const ghost = asked.ghost === '5' ? 5 : asked.ghost === '6' ? 6 : null
if (ghost === null) throw new Error('--ghost takes 5 or 6')
let passed = 0
let failed = 0

if (isAsked('wordpress')) await prove('WordPress', wordpressPeer, '/?feed=rss2')
if (isAsked('ghost')) await prove('Ghost', (home) => ghostPeer(home, ghost), '/rss/')
else console.log('Ghost: not asked for (npm run test:peers -- --all)')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

/** `feed`: what readers are shown, by its address on the site. */
async function prove(kind: string, open: Open, feed: string): Promise<void> {
  const journeys = await Journeys.on(open).catch((error: unknown) => {
    if (!(error instanceof Unavailable)) throw error
    console.log(`${kind}: SKIPPED, ${error.message}`)
    return null
  })
  if (!journeys) return
  try {
    for (const schedules of asked.matrix ? [] : [() => journeys.schedules(feed, true), () => journeys.scheduleKills()])
      await schedules().then(
        (came) => {
          passed += 1
          console.log(came)
        },
        (error: unknown) => {
          failed += 1
          console.error(error)
        }
      )
    if (asked.schedules) return
    const places = await journeys.places()
    const longest = Math.max(...places.map(({ number }) => number))
    console.log(`${journeys.name}: ${places.length} requests of a story's life`)
    for (const trouble of Object.keys(troubles) as Trouble[]) {
      if (asked.trouble !== undefined && asked.trouble !== trouble) continue
      for (const kill of ['none', 'before', 'after'] satisfies Kill[]) {
        if (asked.kill !== undefined && asked.kill !== kill) continue
        for (let number = 1; number <= longest; number += 1) {
          const at = places.filter((place) => place.number === number)
          await journeys.live(trouble, at, kill).then(
            () => (passed += 1),
            (error: unknown) => {
              failed += 1
              console.error(error)
            }
          )
        }
      }
      console.log(journeys.summary())
    }
    await journeys.finish().then(
      () => (passed += 1),
      (error: unknown) => {
        failed += 1
        console.error(error)
      }
    )
  } finally {
    await journeys.close()
  }
}

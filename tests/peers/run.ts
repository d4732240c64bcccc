// npm run test:peers [-- --all | --only wordpress | --only ghost] [--schedules]: stories through real CMSs, with trouble
// at every request and the desk killed around it; --schedules: nothing but stories that the CMS itself publishes at their
// hour.
import { ghostPeer } from './ghost/peer.ts'
import { Journeys, troubles, type Kill, type Trouble } from './journeys.ts'
import type { Peer } from './peer.ts'
import { Unavailable } from './wordpress/obtain.ts'
import { wordpressPeer } from './wordpress/peer.ts'

type Open = (home: (url: string) => Promise<string>) => Promise<Peer>
const only = process.argv[process.argv.indexOf('--only') + 1]?.toLowerCase()
const isAsked = (kind: 'wordpress' | 'ghost'): boolean =>
  process.argv.includes('--only') ? only === kind : kind === 'wordpress' || process.argv.includes('--all')
let passed = 0
let failed = 0

if (isAsked('wordpress')) await prove('WordPress', wordpressPeer, '/?feed=rss2')
if (isAsked('ghost')) await prove('Ghost', ghostPeer, '/rss/')
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
    await journeys.schedules(feed, true).then(
      (came) => {
        passed += 1
        console.log(came)
      },
      (error: unknown) => {
        failed += 1
        console.error(error)
      }
    )
    if (process.argv.includes('--schedules')) return
    const places = await journeys.places()
    const longest = Math.max(...places.map(({ number }) => number))
    console.log(`${journeys.name}: ${places.length} requests of a story's life`)
    for (const trouble of Object.keys(troubles) as Trouble[]) {
      for (const kill of ['none', 'before', 'after'] satisfies Kill[])
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

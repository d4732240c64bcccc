import { afterAll, describe, expect, it } from 'vitest'
import type { Kill } from './in-process.ts'
import { Journeys, troubles, type Place, type Trouble } from './journeys.ts'
import { Unavailable } from './wordpress/obtain.ts'
import { wordpressPeer } from './wordpress/peer.ts'

const journeys = await Journeys.on(wordpressPeer).catch((error: unknown) => {
  if (error instanceof Unavailable) return error.message
  throw error
})

if (typeof journeys === 'string') it.skip(`real WordPress: ${journeys}`, () => undefined)
else
  describe(`real ${journeys.name}: published once, updated once, withdrawn, its pictures once`, () => {
    let places: readonly Place[] = []
    afterAll(async () => {
      console.log(journeys.summary())
      await journeys.close()
    })

    it('keeps a schedule, moves it, and gives it back', async () => {
      await journeys.schedules('/?feed=rss2', false)
    }, 120_000)

    it('without trouble', async () => {
      places = await journeys.places()
      expect(places.length).toBeGreaterThan(25)
    }, 120_000)

    for (const trouble of Object.keys(troubles) as Trouble[])
      for (const half of [0, 1])
        it(`${trouble} at every other request, ${half === 0 ? 'from the second' : 'from the first'}`, async () => {
          const at = places.filter(({ number }) => number % 2 === half)
          await journeys.live(trouble, at, 'none')
        }, 400_000)

    // The whole of it is `npm run test:peers`.
    for (const kill of ['before', 'after'] satisfies Kill[])
      it(`killed ${kill} a lost answer, where something is made there`, async () => {
        const made = places.filter(
          ({ operation, request }) => operation === 'new' && /^POST .*(posts\?|media)/.test(request)
        )
        expect(made).toHaveLength(3)
        for (const place of made) await journeys.live('lost answer', [place], kill)
      }, 400_000)

    it('leaves nothing else behind', async () => {
      await journeys.finish()
    }, 60_000)
  })

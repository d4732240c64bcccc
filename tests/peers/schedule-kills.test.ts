import { expect, it } from 'vitest'
import { FaultProxy } from '../support/fault-proxy.ts'
import { fakePeer } from './fake-peers.ts'
import { killSchedules } from './schedule-kills.ts'

// Every request, of the real ones: `npm run test:peers`.
it.each(['WordPress', 'Ghost'] as const)(
  '%s: a desk killed around any request of a schedule that changes something goes on where it was',
  async (kind) => {
    const proxy = new FaultProxy('')
    const peer = await fakePeer(kind, async (url) => {
      proxy.target = url
      await proxy.start()
      return proxy.url
    })
    try {
      const came = await killSchedules(peer, proxy, 'writes')
      console.log(came)
      expect(came).toContain('desks killed')
    } finally {
      await proxy.stop()
      await peer.stop()
    }
  },
  400_000
)

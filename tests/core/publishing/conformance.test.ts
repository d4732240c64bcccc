import { createServer, request as ask, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkReceiver, type Finding } from '../../../src/main/practice-cms/conformance.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { systemClock } from '../../../src/shared/lib/clock.ts'
import { SECRET, temporaryFolder } from './newsroom.ts'

let folder: string
let receiver: Receiver
beforeEach(async () => {
  folder = temporaryFolder()
  receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET, clock: systemClock })
})
afterEach(async () => {
  await receiver.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function check(url: string, format: 'galley' | 'ninjs' = 'galley'): Promise<{ kept: boolean; broken: string[] }> {
  const found: Finding[] = []
  const kept = await checkReceiver({ url, key: { id: 'galley', secret: SECRET }, format }, (one) => found.push(one))
  return { kept, broken: found.filter(({ ok }) => !ok).map(({ rule }) => rule) }
}

describe('the conformance test of the open endpoint', () => {
  it('finds the reference receiver to keep all of it, in both formats, and leaves nothing public', async () => {
    for (const format of ['galley', 'ninjs'] as const)
      expect(await check(receiver.endpoint, format)).toEqual({ kept: true, broken: [] })
    expect(await (await fetch(receiver.url)).text()).not.toContain('receiver is tested')
    expect(receiver.shelf.ledger()).toHaveLength(6)
  })

  it('stops where there is no open endpoint', async () => {
    const { kept, broken } = await check(`${receiver.url}/elsewhere`)
    expect({ kept, broken }).toEqual({ kept: false, broken: ['GET about names the contract and its version'] })
  })

  /** The reference receiver with one thing broken. */
  const faults: Readonly<Record<string, (headers: Record<string, unknown>) => void>> = {
    'forgets If-None-Match': (headers) => {
      if (headers['if-none-match'] === '*') delete headers['if-none-match']
    },
    'takes any If-Match': (headers) => {
      if (headers['if-match'] === '"of-no-version"') headers['idempotency-key'] = 'taken before'
    },
    'knows no Idempotency-Key': (headers) => {
      if (headers['idempotency-key']) headers['idempotency-key'] = `${Math.random()}`
    }
  }
  for (const [name, breaks] of Object.entries(faults)) {
    it(`sees a receiver that ${name}`, async () => {
      const open = await Receiver.start({ folder: join(folder, name), secret: null, clock: systemClock })
      const server: Server = createServer((incoming, outgoing) => {
        const headers: Record<string, unknown> = { ...incoming.headers, host: new URL(open.url).host }
        breaks(headers)
        const sent = ask(`${open.url}${incoming.url ?? ''}`, {
          method: incoming.method ?? 'GET',
          headers: headers as never
        })
        sent.on('response', (reply) => {
          outgoing.writeHead(reply.statusCode ?? 500, reply.headers)
          reply.pipe(outgoing)
        })
        incoming.pipe(sent)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
      const found: Finding[] = []
      const kept = await checkReceiver({ url, key: null, format: 'galley' }, (one) => found.push(one))
      expect(kept).toBe(false)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await open.stop()
    })
  }
})

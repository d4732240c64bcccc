import { EventEmitter } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { netFetch, type Net } from '../../src/main/hosts/electron/net-fetch.ts'
import { net } from '../stand-in/net.ts'

const fetch = netFetch(net as unknown as Net)
let server: Server | undefined

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener)
  server = started
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}

class FailingRequest extends EventEmitter {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  end(): void {
    this.emit('error', new Error(`net::${this.#name}`))
  }
}

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

describe('fetch over Electron’s network', () => {
  it('sends method, headers and body, and returns status, headers and body', async () => {
    const url = await serve((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        response.writeHead(201, { etag: '"1"', 'content-type': 'text/plain' })
        response.end(`${request.method} ${request.headers['idempotency-key']} ${Buffer.concat(pieces).toString()}`)
      })
    })
    const answer = await fetch(url, { method: 'PUT', headers: { 'Idempotency-Key': 'k' }, body: 'Straße' })
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([201, '"1"', 'PUT k Straße'])
  })

  it('gives a redirect as the answer and does not follow it', async () => {
    const seen: string[] = []
    const url = await serve((request, response) => {
      seen.push(request.url ?? '')
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const answer = await fetch(`${url}/here`, { method: 'PUT', body: 'x', redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${url}/elsewhere`])
    expect(seen).toEqual(['/here'])
  })

  it('fails with a code that tells never connected from cut off', async () => {
    const url = await serve((request) => request.socket.destroy())
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    await new Promise((done) => server?.close(done))
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  })

  it('says what is wrong with a certificate as Node says it; a line that broke may have carried something', async () => {
    const codes = {
      ERR_CERT_AUTHORITY_INVALID: 'UNABLE_TO_GET_ISSUER_CERT',
      ERR_CERT_COMMON_NAME_INVALID: 'ERR_TLS_CERT_ALTNAME_INVALID',
      ERR_CERT_DATE_INVALID: 'CERT_DATE_INVALID',
      ERR_CERT_REVOKED: 'ERR_CERT_REVOKED',
      ERR_SSL_PROTOCOL_ERROR: 'EPROTO',
      // And what stood in the way of a connection.
      ERR_CONNECTION_TIMED_OUT: 'UND_ERR_CONNECT_TIMEOUT',
      ERR_TIMED_OUT: 'ETIMEDOUT',
      ERR_NETWORK_ACCESS_DENIED: 'EACCES',
      ERR_UNSAFE_PORT: 'BAD_PORT',
      ERR_PROXY_CONNECTION_FAILED: 'ERR_PROXY'
    }
    for (const [name, code] of Object.entries(codes)) {
      const failing = { request: () => new FailingRequest(name) }
      await expect(netFetch(failing as unknown as Net)('https://cms.example.org/')).rejects.toMatchObject({
        cause: { code }
      })
    }
  })

  it('ends when it is called off', async () => {
    const stop = new AbortController()
    const url = await serve(() => stop.abort(new Error('called off')))
    await expect(fetch(url, { signal: stop.signal })).rejects.toThrow('called off')
  })
})

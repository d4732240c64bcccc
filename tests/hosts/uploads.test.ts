import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { MAX_PICTURE_BYTES, UploadReply, UPLOADS_PATH } from '../../src/shared/contract/media.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../src/shared/rpc/client.ts'
import { WireError } from '../../src/shared/rpc/errors.ts'
import { testLoopback, type TestLoopback } from '../support/loopback.ts'
import { inPieces } from '../support/upload.ts'

describe('files come in by POST', () => {
  let galley: TestLoopback
  let client: Connection<Contract>
  beforeAll(async () => {
    galley = await testLoopback()
    const context = { connectionId: newId(), signal: new AbortController().signal }
    client = createClient(contract, {
      request: (request) => galley.core.dispatch({ id: 1, ...request }, context),
      onPush: (listener) => galley.core.subscribe(listener)
    })
  })
  afterAll(() => galley.end())

  /** As the page of the host sends it. */
  function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const ours = { origin: galley.host.origin, cookie: galley.cookie, 'galley-page-key': galley.pageKey }
    return fetch(`${galley.host.origin}${UPLOADS_PATH}`, { method: 'POST', body, headers: { ...ours, ...headers } })
  }
  const incoming = (): string[] => readdirSync(join(galley.library, 'incoming'))

  test('to the last byte, and a call then names them', async () => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#205080' } })
      .jpeg()
      .toBuffer()
    const response = await post(bytes)
    expect(response.status).toBe(201)
    const { upload, size } = UploadReply.parse(await response.json())
    expect(size).toBe(bytes.length)
    expect(incoming()).toEqual([upload])
    const asset = await client.call.media.add({ name: 'harbour.jpg', upload })
    expect(asset).toMatchObject({ type: 'image/jpeg', width: 30, height: 20, size: bytes.length, name: 'harbour.jpg' })
    expect(incoming()).toEqual([])
    const shown = await fetch(`${galley.host.origin}/media/${asset.id}`, { headers: { cookie: galley.cookie } })
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true)
    // Once only.
    await expect(client.call.media.add({ name: 'again.jpg', upload })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('from our own page alone', async () => {
    const bytes = new Uint8Array([1, 2, 3])
    const port = Number(new URL(galley.host.origin).port)
    /** With the headers exactly as written: `fetch` sees to Host by itself. */
    const status = (headers: readonly string[]): Promise<number> =>
      new Promise((resolve, reject) => {
        let said = ''
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(`POST ${UPLOADS_PATH} HTTP/1.1\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\nabc`)
        })
        socket
          .setEncoding('latin1')
          .on('data', (piece) => {
            said += String(piece)
          })
          .on('end', () => resolve(Number(said.split(' ')[1])))
          .on('error', reject)
      })
    const host = `Host: 127.0.0.1:${port}`
    const pageKey = `Galley-Page-Key: ${galley.pageKey}`
    const rest = [pageKey, 'Content-Length: 3', 'Connection: close']
    const cookie = `Cookie: ${galley.cookie}`
    const origin = `Origin: ${galley.host.origin}`
    expect(await status([host, origin, cookie, ...rest])).toBe(201)
    expect(await status(['Host: evil.example', origin, cookie, ...rest])).toBe(421)
    expect(await status([host, 'Origin: https://evil.example', cookie, ...rest])).toBe(403)
    expect(await status([host, cookie, ...rest])).toBe(403)
    expect(await status([host, origin, ...rest])).toBe(401)
    expect(await status([host, origin, 'Cookie: galley=guessed', ...rest])).toBe(401)
    expect(await status([host, origin, cookie, ...rest.slice(1)])).toBe(401)
    expect(await status([host, origin, cookie, 'Galley-Page-Key: guessed', ...rest.slice(1)])).toBe(401)
    expect((await post(bytes, { 'content-type': 'text/plain' })).status).toBe(201)
  })

  test('and no more than 40 MB, whether the sender says how much it is or not', async () => {
    const before = incoming()
    const said = await post(new Uint8Array(MAX_PICTURE_BYTES + 1))
    expect([said.status, WireError.parse(await said.json()).code]).toEqual([413, 'too_large'])
    const body = new ReadableStream({
      async start(controller) {
        for await (const piece of inPieces(new Uint8Array(MAX_PICTURE_BYTES + 5_000_000), 1 << 20))
          controller.enqueue(piece)
        controller.close()
      }
    })
    const unsaid = await fetch(`${galley.host.origin}${UPLOADS_PATH}`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { origin: galley.host.origin, cookie: galley.cookie, 'galley-page-key': galley.pageKey }
    } as RequestInit)
    expect([unsaid.status, WireError.parse(await unsaid.json()).code]).toEqual([413, 'too_large'])
    expect(incoming()).toEqual(before)
  })

  test('a sender that goes away in the middle leaves nothing behind', async () => {
    const before = incoming()
    const port = Number(new URL(galley.host.origin).port)
    await new Promise<void>((resolve, reject) => {
      const head = `POST ${UPLOADS_PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${galley.host.origin}\r\nCookie: ${galley.cookie}\r\nGalley-Page-Key: ${galley.pageKey}\r\nContent-Length: 5000000\r\n\r\n`
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(Buffer.concat([Buffer.from(head), Buffer.alloc(100_000)]), () => socket.destroy())
      })
      socket.on('close', () => resolve()).on('error', reject)
    })
    await expect.poll(incoming).toEqual(before)
  })

  test('saves go on while 25 MB come in, are hashed and decoded', { timeout: 120_000 }, async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
    const big = await sharp({ create: { width: 3600, height: 2400, channels: 3, background: '#888', noise } })
      .png({ compressionLevel: 0 })
      .toBuffer()
    expect(big.length).toBeGreaterThan(25_000_000)
    const story = await client.call.stories.create({ id: newId(), fields: { headline: 'Live' } })
    let saved = 0
    let isOver = false
    let { revision } = story
    const adding = (async () => {
      const { upload } = UploadReply.parse(await (await post(big)).json())
      const asset = await client.call.media.add({ name: 'wall.png', upload })
      isOver = true
      return asset
    })()
    while (!isOver) {
      const saving = client.call.stories.patchFields({
        id: story.id,
        baseRevision: revision,
        changeId: newId(),
        fields: { headline: `Live ${saved}` }
      })
      revision = (await saving).revision
      saved += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await adding).toMatchObject({ width: 3600, height: 2400, size: big.length })
    // Each of them came back before the picture did; a thread that was held would have let a few through.
    expect(saved).toBeGreaterThan(50)
    expect((await client.call.stories.get({ id: story.id })).fields.headline).toBe(`Live ${saved - 1}`)
  })
})

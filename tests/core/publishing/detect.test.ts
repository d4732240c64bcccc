import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { detectKind } from '../../../src/main/core/publishing/targets/detect.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { FakeGhost } from '../../peers/fake-ghost.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { SECRET, temporaryFolder } from './newsroom.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const clock = new ManualClock()
const detect = (url: string) => detectKind(url, fetch, { limits: { maxBytes: 64 * 1024, idleMs: 500, totalMs: 1000 } })

async function server(answer: (server: Server) => void): Promise<string> {
  const one = createServer()
  answer(one)
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  stops.push(() => {
    one.closeAllConnections()
    one.close()
  })
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`
}

describe('which kind of CMS is at an address', () => {
  it('WordPress with and without pretty addresses, Ghost, an open endpoint that wants a signature', async () => {
    const wordpress = new FakeWordpress(() => clock.now())
    const ghost = new FakeGhost(() => clock.now())
    const folder = temporaryFolder()
    const receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET, clock })
    await Promise.all([wordpress.start(), ghost.start()])
    stops.push(() => wordpress.stop())
    stops.push(() => ghost.stop())
    stops.push(() => receiver.stop())
    stops.push(() => rmSync(folder, { recursive: true, force: true }))
    expect(await detect(`${wordpress.url}/`)).toMatchObject({ kind: 'wordpress', name: 'News' })
    wordpress.plain = true
    expect(await detect(wordpress.url)).toMatchObject({ kind: 'wordpress', name: 'News' })
    expect(await detect(ghost.url)).toMatchObject({ kind: 'ghost', name: 'Newsroom' })
    expect(await detect(receiver.endpoint)).toMatchObject({ kind: 'open', name: null })
    expect(await detect(receiver.url)).toMatchObject({ kind: null, message: { key: 'publishing.isNothingKnown' } })
  })

  it.each([
    ['with entities, as WordPress keeps it', 'Tom &amp; Ana&#039;s <b>paper</b>', "Tom & Ana's paper"],
    ['on two lines', 'City\n\u202eDesk\u0007', 'City Desk'],
    ['in Persian, with a joiner', 'خبر\u200cها', 'خبر\u200cها'],
    ['longer than a row', 'Desk '.repeat(90), 'Desk '.repeat(20).trim()],
    ['of blanks', '   ', null],
    ['that is no text', ['News'], null]
  ])('a name %s', async (_case, name, expected) => {
    const site = await server((one) =>
      one.on('request', (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ name, namespaces: ['wp/v2'] }))
      )
    )
    expect(await detect(site)).toMatchObject({ kind: 'wordpress', name: expected })
  })

  it('a sign-in page, a redirect and a dead line are none, each with its reason', async () => {
    const portal = await server((one) =>
      one.on('request', (_request, response) => response.end('<h1>Welcome to Hotel Wi-Fi</h1>'))
    )
    expect(await detect(portal)).toMatchObject({ kind: null, message: { key: 'publishing.isNothingKnown' } })
    const elsewhere = await server((one) =>
      one.on('request', (_request, response) => response.writeHead(302, { location: 'https://example.org/' }).end())
    )
    expect(await detect(elsewhere)).toMatchObject({ kind: null, message: { key: 'cms.redirected' } })
    const silent = await server(() => undefined)
    expect(await detect(silent)).toMatchObject({ kind: null, message: { key: 'cms.silent' } })
    await expect(detect('http://news.example.org')).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { emptyFields } from '../../../src/shared/story/fields.ts'
import { instantAt } from '../../../src/shared/story/instant.ts'
import { GALLEY_STORY_TYPE, toGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { systemClock } from '../../../src/shared/lib/clock.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { sha256 } from '../../../src/main/core/publishing/targets/canonical-json.ts'
import { contentDigest, signMessage } from '../../../src/main/core/publishing/targets/open/message-signature.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk, SECRET, temporaryFolder } from './newsroom.ts'

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

const openapi = parse(
  readFileSync(join(import.meta.dirname, '../../../docs/open-endpoint.openapi.yaml'), 'utf8')
) as AnySchemaObject
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addFormat('base64', /^[A-Za-z0-9+/]*={0,2}$/)
ajv.addSchema(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../docs/formats/galley-story.schema.json'), 'utf8')
  ) as AnySchemaObject,
  'formats/galley-story.schema.json'
)
ajv.addSchema(openapi, 'openapi')

/** A request as any program may send it, headers and all. */
async function send(
  base: string,
  method: string,
  path: string,
  more: {
    headers?: Record<string, string>
    body?: string | Uint8Array
    secret?: string | null
    keyId?: string
    time?: number
  } = {}
): Promise<Answer> {
  const url = new URL(`${base}${path}`)
  const digest = more.body === undefined ? {} : { 'content-digest': contentDigest(more.body) }
  const fields: Record<string, string> = { ...digest, ...more.headers }
  const message = { method, target: url.pathname + url.search, header: (name: string) => fields[name] }
  const created = Math.floor((more.time ?? Date.now()) / 1000)
  const signature =
    more.secret === null
      ? {}
      : signMessage({ id: more.keyId ?? 'galley', secret: more.secret ?? SECRET }, message, created)
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      {
        method,
        headers: {
          ...digest,
          ...signature,
          ...(more.body !== undefined && { 'content-length': Buffer.byteLength(more.body) }),
          ...more.headers
        },
        agent: false
      },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString()
          })
        )
      }
    )
    sent.on('error', reject)
    sent.end(more.body)
  })
}

/** Holds an answer against the published document: status, headers, media type and body are all as it says. */
function conforms(method: string, template: string, answer: Answer): void {
  const operation = openapi['paths']?.[template]?.[method.toLowerCase()] as AnySchemaObject | undefined
  const where = `${method} ${template} ${answer.status}`
  let documented = operation?.['responses']?.[String(answer.status)] as AnySchemaObject | undefined
  expect(documented, `${where} is documented`).toBeDefined()
  if (documented?.['$ref']) documented = resolve(documented['$ref'] as string)
  for (const [name, header] of Object.entries((documented?.['headers'] ?? {}) as Record<string, AnySchemaObject>)) {
    const rule = header['$ref'] ? resolve(header['$ref'] as string) : header
    if (rule['required'] === true) expect(answer.headers[name.toLowerCase()], `${where} has ${name}`).toBeTruthy()
  }
  expect(answer.headers['date'], `${where} has Date`).toBeTruthy()
  const content = documented?.['content'] as Record<string, AnySchemaObject> | undefined
  if (!content) return
  const type = String(answer.headers['content-type'])
  const key = Object.keys(content).find(
    (candidate) => candidate === type || (candidate.endsWith('/*') && type.startsWith(candidate.slice(0, -1)))
  )
  expect(key, `${where} may answer ${type}`).toBeDefined()
  const schema = content[key ?? '']?.['schema'] as AnySchemaObject | undefined
  if (!schema) return
  const pointer = schema['$ref'] as string
  const validate = ajv.getSchema(`openapi${pointer}`)
  expect(validate, pointer).toBeDefined()
  expect(validate?.(JSON.parse(answer.text)), `${where}: ${ajv.errorsText(validate?.errors)}`).toBe(true)
}

function resolve(pointer: string): AnySchemaObject {
  return pointer
    .slice(2)
    .split('/')
    .reduce<AnySchemaObject>((at, key) => at[key] as AnySchemaObject, openapi)
}

function story(id: string, headline: string, media: string[] = []): string {
  const fields = {
    ...emptyFields(instantAt(0, 'UTC', 'clock')),
    headline,
    leadImage: media[0]
      ? { mediaId: media[0], caption: 'Caption', credit: 'Credit', alt: 'Alt', focalPoint: null }
      : null
  }
  return toGalleyJson(
    {
      id,
      revision: 1,
      status: 'approved',
      fields,
      body: {
        version: 1,
        blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'Text <script>alert(1)</script>' }] }]
      },
      changedAt: '2026-03-14T09:26:53.000Z'
    },
    media.map((one) => ({ id: one, type: 'image/png', name: 'p.png', width: 4, height: 4, size: 100 }))
  )
}

describe('the open endpoint, as documented and as it answers', () => {
  let folder: string
  let receiver: Receiver
  beforeEach(async () => {
    folder = temporaryFolder()
    receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
  })
  afterEach(async () => {
    await receiver.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('every kind of answer is in the document, and is as the document says', async () => {
    const id = newId()
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const picture = sha256(png)
    const text = story(id, 'Bridge', [picture])
    const json = { 'content-type': GALLEY_STORY_TYPE }
    const fresh = { ...json, 'if-none-match': '*' }
    const api = receiver.endpoint
    const exchanges: [string, string, string, Parameters<typeof send>[3], number][] = [
      ['GET', '/about', '/about', {}, 200],
      ['GET', '/about', '/about', { secret: null }, 401],
      ['GET', '/about', '/about', { secret: 'wrong' }, 401],
      ['GET', '/about', '/about', { time: Date.now() - 400_000 }, 401],
      ['GET', '/articles/{id}', `/articles/${id}`, {}, 404],
      ['HEAD', '/media/{sha256}', `/media/${picture}`, {}, 404],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: { ...fresh, 'idempotency-key': 'k1' } }, 422], // its picture is missing
      ['PUT', '/media/{sha256}', `/media/${picture}`, { body: png, headers: { 'content-type': 'image/png' } }, 201],
      ['PUT', '/media/{sha256}', `/media/${picture}`, { body: png, headers: { 'content-type': 'image/png' } }, 200],
      ['PUT', '/media/{sha256}', `/media/${picture}`, { body: 'other', headers: { 'content-type': 'image/png' } }, 422],
      [
        'PUT',
        '/media/{sha256}',
        `/media/${picture}`,
        { body: '<svg/>', headers: { 'content-type': 'image/svg+xml' } },
        415
      ],
      ['HEAD', '/media/{sha256}', `/media/${picture}`, {}, 200],
      ['GET', '/media/{sha256}', `/media/${picture}`, {}, 200],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: fresh }, 400],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: { ...json, 'idempotency-key': 'k1' } }, 428],
      [
        'PUT',
        '/articles/{id}',
        `/articles/${id}`,
        { body: text, headers: { ...fresh, 'content-type': 'text/plain', 'idempotency-key': 'k1' } },
        415
      ],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: { ...fresh, 'idempotency-key': 'k1' } }, 201],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: { ...fresh, 'idempotency-key': 'k1' } }, 201], // the same again
      [
        'PUT',
        '/articles/{id}',
        `/articles/${id}`,
        { body: story(id, 'Other'), headers: { ...fresh, 'idempotency-key': 'k1' } },
        422
      ],
      ['PUT', '/articles/{id}', `/articles/${id}`, { body: text, headers: { ...fresh, 'idempotency-key': 'k2' } }, 412],
      [
        'PUT',
        '/articles/{id}',
        `/articles/${id}`,
        { body: text, headers: { ...json, 'if-match': '"old"', 'idempotency-key': 'k2' } },
        412
      ],
      [
        'PUT',
        '/articles/{id}',
        `/articles/${newId()}`,
        { body: '{', headers: { ...fresh, 'idempotency-key': 'k3' } },
        422
      ],
      [
        'PUT',
        '/articles/{id}',
        `/articles/${newId()}`,
        { body: text, headers: { ...fresh, 'idempotency-key': 'k3' } },
        422
      ],
      ['GET', '/articles/{id}', `/articles/${id}`, {}, 200]
    ]
    for (const [method, template, path, more, status] of exchanges) {
      const answer = await send(api, method, path, more)
      expect(answer.status, `${method} ${path} ${answer.text.slice(0, 200)}`).toBe(status)
      conforms(method, template, answer)
    }
    const etag = String((await send(api, 'GET', `/articles/${id}`)).headers['etag'])
    const updated = await send(api, 'PUT', `/articles/${id}`, {
      body: story(id, 'Bridge, again'),
      headers: { ...json, 'if-match': etag, 'idempotency-key': 'k4' }
    })
    expect(updated.status).toBe(200)
    conforms('PUT', '/articles/{id}', updated)
    const tooLarge = await send(api, 'PUT', `/articles/${id}`, {
      body: Buffer.alloc(17 * 1024 * 1024, 0x20),
      headers: { ...json, 'if-match': etag, 'idempotency-key': 'k5' }
    })
    expect(tooLarge.status).toBe(413)
    conforms('PUT', '/articles/{id}', tooLarge)
    expect(receiver.shelf.ledger().map(({ idempotencyKey, version }) => [idempotencyKey, version])).toEqual([
      ['k1', 1],
      ['k4', 2]
    ])
  })

  it('answers to its own name only, to known methods only, and to no signature of another request', async () => {
    const port = new URL(receiver.url).port
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1:1`])
      expect((await send(receiver.url, 'GET', '/', { secret: null, headers: { host } })).status).toBe(421)
    expect((await send(receiver.endpoint, 'DELETE', `/articles/${newId()}`)).status).toBe(405)
    expect((await send(receiver.url, 'POST', '/', { secret: null })).status).toBe(405)
    expect((await send(receiver.endpoint, 'GET', '/nothing')).status).toBe(404)
    const created = Math.floor(Date.now() / 1000)
    const target = new URL(`${receiver.endpoint}/about`).pathname
    for (const other of [
      { method: 'PUT', target },
      { method: 'GET', target: '/api/articles/x' },
      { method: 'GET', target: `${target}?x=1` }
    ]) {
      const headers = {
        ...signMessage({ id: 'galley', secret: SECRET }, { ...other, header: () => undefined }, created)
      }
      expect((await send(receiver.endpoint, 'GET', '/about', { secret: null, headers })).status).toBe(401)
    }
    expect((await send(receiver.endpoint, 'GET', '/about', { keyId: 'other-desk' })).status).toBe(401)
    // The body that was signed, not another.
    const id = newId()
    const headers = { 'content-type': GALLEY_STORY_TYPE, 'if-none-match': '*', 'idempotency-key': 'k' }
    const put = (more: Record<string, string>) =>
      send(receiver.endpoint, 'PUT', `/articles/${id}`, { body: story(id, 'Bridge'), headers: { ...headers, ...more } })
    expect((await put({ 'content-digest': contentDigest('another body') })).status).toBe(401)
    expect((await put({})).status).toBe(201)
  })

  it('two desks publish under keys of their own, and a secret is changed without a gap', async () => {
    await receiver.stop()
    const keys = [
      { id: 'night-desk', secret: 'battery' },
      { id: 'galley-2', secret: 'staple' }
    ]
    receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET, keys })
    for (const more of [{}, { keyId: 'night-desk', secret: 'battery' }, { keyId: 'galley-2', secret: 'staple' }])
      expect((await send(receiver.endpoint, 'GET', '/about', more)).status).toBe(200)
    expect((await send(receiver.endpoint, 'GET', '/about', { keyId: 'night-desk', secret: SECRET })).status).toBe(401)
  })

  it('two versions of one story at one moment: one is accepted', async () => {
    const id = newId()
    const put = (key: string) =>
      send(receiver.endpoint, 'PUT', `/articles/${id}`, {
        body: story(id, key),
        headers: { 'content-type': GALLEY_STORY_TYPE, 'if-none-match': '*', 'idempotency-key': key }
      })
    const statuses = (await Promise.all(['a', 'b', 'c', 'd'].map(put))).map((answer) => answer.status)
    expect(statuses.toSorted()).toEqual([201, 412, 412, 412])
    expect(receiver.shelf.ledger()).toHaveLength(1)
  })

  it('shows what it holds as pages without scripts, and keeps it over a restart', async () => {
    const id = newId()
    expect((await send(receiver.url, 'GET', '/', { secret: null })).text).toContain('Nothing is published here yet')
    await send(receiver.endpoint, 'PUT', `/articles/${id}`, {
      body: story(id, 'Bridge <b>opens</b>'),
      headers: { 'content-type': GALLEY_STORY_TYPE, 'if-none-match': '*', 'idempotency-key': 'k' }
    })
    await receiver.stop()
    receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
    for (const path of ['/', `/stories/${id}`, `/stories/${id}/any-slug`]) {
      const page = await send(receiver.url, 'GET', path, { secret: null })
      expect(page.status).toBe(200)
      expect(page.text).toContain('Bridge &lt;b&gt;opens&lt;/b&gt;')
      expect(page.text).not.toContain('<script>alert')
      expect(page.headers['content-security-policy']).toContain(`default-src 'none'`)
    }
    expect((await send(receiver.url, 'GET', `/stories/${newId()}`, { secret: null })).status).toBe(404)
    for (const path of ['/stories/../../ledger.jsonl', '/pictures/..%2f..%2fledger.jsonl', '//', '/stories/'])
      expect((await send(receiver.url, 'GET', path, { secret: null })).status).toBe(404)
  })

  it('a ledger line that a kill swallowed, or tore, is put in at the next start', async () => {
    const id = newId()
    await send(receiver.endpoint, 'PUT', `/articles/${id}`, {
      body: story(id, 'Bridge'),
      headers: { 'content-type': GALLEY_STORY_TYPE, 'if-none-match': '*', 'idempotency-key': 'k' }
    })
    await receiver.stop()
    const file = join(folder, 'cms', 'ledger.jsonl')
    for (const left of ['', readFileSync(file, 'utf8').slice(0, 40)]) {
      writeFileSync(file, left)
      receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
      expect(receiver.shelf.ledger().map((line) => line.idempotencyKey)).toEqual(['k'])
      await receiver.stop()
      receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
      expect(receiver.shelf.ledger().map((line) => line.idempotencyKey)).toEqual(['k'])
      await receiver.stop()
    }
    receiver = await Receiver.start({ folder: join(folder, 'cms'), secret: SECRET })
  })

  it('runs on its own as the reference receiver', async () => {
    mkdirSync(join(folder, 'own'))
    writeFileSync(join(folder, 'secret.txt'), `${SECRET}\n`)
    const child = spawn(
      process.execPath,
      [
        'scripts/receiver.mjs',
        '--port',
        '0',
        '--dir',
        join(folder, 'own'),
        '--secret-file',
        join(folder, 'secret.txt')
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    const line = await new Promise<string>((done) => child.stdout.once('data', (data: Buffer) => done(data.toString())))
    const endpoint = /Endpoint\s+(\S+)/.exec(line)?.[1] ?? ''
    expect(await send(endpoint, 'GET', '/about')).toMatchObject({ status: 200 })
    expect((await send(endpoint, 'GET', '/about', { secret: 'other' })).status).toBe(401)
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe('the practice CMS of a library', () => {
  let folder: string
  let desk: Desk
  beforeEach(async () => {
    folder = temporaryFolder()
    desk = new Desk(join(folder, 'library'), new ManualClock(), memorySecrets())
    await desk.publishing.start()
  })
  afterEach(async () => {
    await desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const reopen = async (): Promise<void> => {
    await desk.close()
    desk = new Desk(join(folder, 'library'), systemClock, memorySecrets())
    await desk.publishing.start()
  }

  it('one click: a target that works, with a page to look at', async () => {
    expect(await desk.publishing.practice.status()).toEqual({ running: false, url: null, target: null })
    const { url, target } = await desk.publishing.startPractice()
    expect(target).toMatchObject({
      kind: 'practice',
      name: 'Practice CMS',
      settings: { format: 'galley' },
      secret: 'this-run',
      url: `${url}/api`
    })
    expect((await desk.publishing.startPractice()).target.id).toBe(target.id)
    const { id } = desk.publish(await desk.story('Hello, readers', {}, true), target.id)
    await desk.publishing.quiet()
    const item = desk.item(id)
    expect(item).toMatchObject({ state: 'done', receipt: { media: 1 } })
    const page = await (await fetch(item.receipt?.url ?? '')).text()
    expect(page).toContain('Hello, readers')
    const picture = /src="(\/pictures\/[0-9a-f]+)"/.exec(page)?.[1] ?? ''
    expect((await fetch(`${url}${picture}`)).headers.get('content-type')).toBe('image/png')
  })

  it('comes back with the library on its old address, and what was queued goes out', async () => {
    const { url, target } = await desk.publishing.startPractice()
    await desk.publishing.practice.close()
    const storyId = await desk.story('Queued')
    const { id } = desk.publish(storyId, target.id)
    await desk.publishing.quiet()
    expect(desk.item(id).state).not.toBe('done')
    await reopen()
    await desk.publishing.quiet()
    expect(desk.item(id)).toMatchObject({ state: 'done' })
    expect((await desk.publishing.practice.status()).url).toBe(url)
    expect(
      readFileSync(join(folder, 'library', 'practice-cms', 'ledger.jsonl'), 'utf8')
        .trim()
        .split('\n')
    ).toHaveLength(1)
  })

  it('takes another port when its own is taken, and the target follows', async () => {
    const { url, target } = await desk.publishing.startPractice()
    await desk.publishing.practice.close()
    const squatter = await Receiver.start({
      folder: join(folder, 'squatter'),
      secret: null,
      port: Number(new URL(url).port)
    })
    const moved = await desk.publishing.startPractice()
    expect(moved.target.id).toBe(target.id)
    expect(moved.url).not.toBe(url)
    const { id } = desk.publish(await desk.story('Moved'), target.id)
    await desk.publishing.quiet()
    expect(desk.item(id).state).toBe('done')
    await squatter.stop()
  })

  it('stopped by hand it stays stopped, and its stories wait', async () => {
    const { target } = await desk.publishing.startPractice()
    await desk.publishing.practice.stop()
    await reopen()
    expect(await desk.publishing.practice.status()).toMatchObject({
      running: false,
      url: null,
      target: { id: target.id, secret: 'none' }
    })
    const { id } = desk.publish(await desk.story('Waiting'), target.id)
    await desk.publishing.quiet()
    expect(desk.item(id)).toMatchObject({
      state: 'paused',
      problem: { code: 'refused', key: 'publishing.practiceStopped' }
    })
    await desk.publishing.startPractice()
    await desk.publishing.quiet()
    expect(desk.item(id).state).toBe('done')
  })

  it('removed, it stops and can be started anew; its folder is the person’s only', async () => {
    const first = await desk.publishing.startPractice()
    expect(statSync(join(folder, 'library', 'practice-cms', 'articles')).mode & 0o077).toBe(0)
    await desk.publishing.removeTarget(first.target.id)
    expect(await desk.publishing.practice.status()).toEqual({ running: false, url: null, target: null })
    const again = await desk.publishing.startPractice()
    expect(again.target.id).not.toBe(first.target.id)
    await expect(
      desk.publishing.saveTarget({ name: 'X', kind: 'practice', url: 'http://127.0.0.1:1' })
    ).rejects.toMatchObject({ code: 'refused' })
  })
})

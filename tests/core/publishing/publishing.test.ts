import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence, sentences } from '../../../src/shared/words/language.ts'
import { readGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { faults, type FaultName, type Seen } from '../../support/fault-proxy.ts'
import { Newsroom, SECRET } from './newsroom.ts'

const storyPut = (seen: Seen): boolean => seen.method === 'PUT' && seen.path.includes('/articles/')

describe('publishing', () => {
  let room: Newsroom
  let targetId: string
  beforeEach(async () => {
    room = await Newsroom.open()
    targetId = (await room.desk.target(room.endpoint)).id
  })
  afterEach(() => room.close())

  it('is live unchanged after a note for the desk and an embargo, and changed after a word', async () => {
    const storyId = await room.desk.story('Bridge opens')
    await room.run(room.desk.publish(storyId, targetId).id)
    const { times } = room.desk.stories.get(storyId).fields
    const embargo = { utc: '2031-01-01T00:00:00.000Z', zone: 'UTC', origin: 'typed' as const }
    room.desk.edit(storyId, { editorsNote: 'Ask the mayor' })
    room.desk.edit(storyId, { times: { ...times, embargo } })
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'published',
      fields: { editorsNote: 'Ask the mayor' }
    })
    room.desk.edit(storyId, { standfirst: 'Another' })
    expect(room.desk.stories.get(storyId).status).toBe('updating')
  })

  it('sends what was approved, reads it back, and says so', async () => {
    const storyId = await room.desk.story('Bridge opens', {}, true)
    const queued = room.desk.publish(storyId, targetId)
    expect(OutboxItem.parse(queued)).toMatchObject({
      state: 'waiting',
      revision: 2,
      headline: 'Bridge opens',
      targetName: 'City desk CMS'
    })
    const done = await room.run(queued.id)
    expect(done).toMatchObject({
      state: 'done',
      problem: null,
      receipt: { revision: 2, media: 1, url: `${room.receiver.url}/stories/${storyId}` }
    })
    expect(done.steps.map(({ step, outcome }) => `${step}: ${sentence(en, outcome)}`)).toEqual([
      'time: agrees with the CMS’s',
      'media: not there',
      'media: accepted',
      'article: accepted',
      'read-back: the CMS holds a version',
      'receipt: receipt written'
    ])
    const story = room.desk.stories.get(storyId)
    const published = { utc: new Date(room.clock.now()).toISOString(), zone: 'Europe/Vienna', origin: 'cms' }
    expect(story).toMatchObject({
      status: 'published',
      revision: 3,
      fields: { slug: 'bridge-opens', times: { firstPublished: published, lastUpdated: null } }
    })
    // The picture is there as its rendition, named by its own digest.
    const leaving = room.desk.renditions.leaving(story)
    expect(leaving.fields.leadImage?.mediaId).not.toBe(story.fields.leadImage?.mediaId)
    // What goes out claims nothing that only the receipt will know.
    expect(readGalleyJson(JSON.parse(room.receiver.shelf.get(storyId)?.payload ?? '')).story).toEqual({
      ...leaving,
      revision: 2,
      status: 'approved',
      fields: { ...leaving.fields, editorsNote: '', times: { ...story.fields.times, firstPublished: null } }
    })
    expect(
      room.desk.pushes
        .filter(({ event }) => event === 'outboxChanged')
        .map(({ data }) => OutboxItem.parse((data as { item: unknown }).item).state)
        .at(-1)
    ).toBe('done')
  })

  it('the editor’s note never leaves, in either format', async () => {
    const ninjs = await room.desk.target(room.endpoint, SECRET, 'ninjs', 'ninjs')
    const first = await room.desk.story('One', { editorsNote: 'Ring the mayor' })
    const second = await room.desk.story('Two', { editorsNote: 'Ring the mayor' })
    await room.run(room.desk.publish(first, targetId).id)
    expect(await room.run(room.desk.publish(second, ninjs.id).id)).toMatchObject({ state: 'done' })
    for (const seen of room.proxy.seen) expect(seen.body.toString()).not.toContain('Ring the mayor')
    expect(JSON.parse(room.receiver.shelf.get(second)?.payload ?? '')).toMatchObject({
      uri: `urn:uuid:${second}`,
      headlines: [{ value: 'Two' }]
    })
  })

  it('refuses what must not go out, and then nothing has happened', async () => {
    const { desk } = room
    const ok = await desk.story('Fine')
    const refusals: [string, () => unknown, string][] = [
      [
        'stale',
        () => desk.publishing.approving.publish({ storyId: ok, targetId, revision: 0, changeId: newId() }),
        'conflict'
      ],
      ['no such target', () => desk.publish(ok, newId()), 'not_found'],
      [
        'no such story',
        () => desk.publishing.approving.publish({ storyId: newId(), targetId, revision: 1, changeId: newId() }),
        'not_found'
      ]
    ]
    const noHeadline = await desk.story('  ')
    const noBody = desk.stories.create({ fields: { headline: 'H' } }).id
    const trashed = await desk.story('Trashed')
    desk.stories.trash([trashed], null)
    const noPicture = await desk.story('No picture', {
      leadImage: { mediaId: 'f'.repeat(64), caption: '', credit: '', alt: '', focalPoint: null }
    })
    const blank = await desk.story('A correction to come', {
      corrections: [{ at: '2026-03-14T12:00:00.000Z', text: ' ', kind: 'correction' }]
    })
    for (const id of [noHeadline, noBody, trashed, blank])
      refusals.push([id, () => desk.publish(id, targetId), 'refused'])
    refusals.push(['missing picture', () => desk.publish(noPicture, targetId), 'not_found'])
    for (const [name, attempt, code] of refusals) expect(attempt, name).toThrow(expect.objectContaining({ code }))
    expect(desk.publishing.queue.list({})).toEqual([])
    expect([ok, noHeadline, noBody, noPicture].map((id) => desk.stories.get(id).revision)).toEqual([1, 1, 1, 1])
    expect(room.proxy.seen).toEqual([])
  })

  it('the same approval sent again is one item, even after a restart', async () => {
    const storyId = await room.desk.story('Once')
    const changeId = newId()
    const first = room.desk.publish(storyId, targetId, changeId)
    expect(room.desk.publish(storyId, targetId, changeId).id).toBe(first.id)
    await room.restart()
    expect(room.desk.publishing.approving.publish({ storyId, targetId, revision: 1, changeId }).id).toBe(first.id)
    await room.run(first.id)
    expect(room.accepted(storyId)).toBe(1)
  })

  it('an update replaces what it saw, moves "last updated" and never "first published"', async () => {
    const storyId = await room.desk.story('First words')
    const first = await room.run(room.desk.publish(storyId, targetId).id)
    const { firstPublished } = room.desk.stories.get(storyId).fields.times
    room.clock.advance(3_600_000)
    room.desk.edit(storyId, { headline: 'Second words' })
    expect(room.desk.stories.get(storyId).status).toBe('updating')
    await room.run(room.desk.publish(storyId, targetId).id)
    const put = room.proxy.seen.filter(storyPut).at(-1)
    expect(put?.headers['if-match']).toBe(first.receipt?.etag)
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'published',
      fields: {
        slug: 'first-words',
        times: { firstPublished, lastUpdated: { utc: new Date(room.clock.now()).toISOString() } }
      }
    })
    expect(room.accepted(storyId)).toBe(2)
    // The same words to a second CMS are no update.
    const second = await room.desk.target(room.endpoint, SECRET, 'ninjs', 'Second CMS')
    const before = room.desk.stories.get(storyId).fields.times
    room.clock.advance(60_000)
    room.desk.publish(storyId, second.id)
    expect(room.desk.stories.get(storyId).fields.times).toEqual(before)
  })

  it('the first receipt is a change like any other, every later one makes no new revision', async () => {
    const storyId = await room.desk.story('Typing')
    const first = room.desk.publish(storyId, targetId)
    room.desk.edit(storyId, { standfirst: 'Still typing' })
    await room.run(first.id)
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'updating',
      revision: first.revision + 2,
      fields: { standfirst: 'Still typing', times: { firstPublished: { origin: 'cms' } } }
    })
    const second = room.desk.publish(storyId, targetId)
    room.desk.edit(storyId, { standfirst: 'Typing on' })
    await room.run(second.id)
    await room.restart()
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'updating',
      revision: second.revision + 1,
      fields: { standfirst: 'Typing on' }
    })
  })

  it('a newer version takes the place of one that was not sent, and waits behind one that may have been', async () => {
    const storyId = await room.desk.story('Version one')
    await room.proxy.stop()
    const one = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    room.desk.edit(storyId, { headline: 'Version two' })
    const two = room.desk.publish(storyId, targetId)
    expect(room.desk.item(one.id)).toMatchObject({ state: 'cancelled', problem: { code: 'cancelled' } })
    await room.proxy.start()
    room.proxy.failNext('cut after', storyPut)
    room.desk.publishing.queue.retryWaiting()
    await room.desk.publishing.quiet()
    expect(room.desk.item(two.id)).toMatchObject({ state: 'waiting' })
    room.desk.edit(storyId, { headline: 'Version three' })
    const three = room.desk.publish(storyId, targetId)
    expect(room.desk.item(two.id).state).not.toBe('cancelled')
    expect(await room.run(three.id)).toMatchObject({ state: 'done' })
    expect(room.desk.item(two.id)).toMatchObject({ state: 'done' })
    expect(room.accepted(storyId)).toBe(2)
    expect(room.receiver.shelf.get(storyId)?.payload).toContain('Version three')
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'published',
      fields: { times: { firstPublished: expect.anything() } }
    })
  })

  it('offline it waits, and goes by itself when the network is back', async () => {
    const storyId = await room.desk.story('Offline')
    await room.proxy.stop()
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).toMatchObject({
      state: 'waiting',
      problem: { code: 'unreachable' },
      nextTryAt: expect.any(String)
    })
    await room.restart()
    await room.desk.publishing.quiet()
    for (let polls = 0; polls < 20; polls += 1) {
      room.clock.advance(20_000)
      await room.desk.publishing.quiet()
    }
    // A long night is one line of the journal.
    expect(room.desk.item(id)).toMatchObject({
      state: 'waiting',
      steps: [{ step: 'article', outcome: { key: 'cms.nobodyThere' } }]
    })
    expect(room.desk.item(id).tries).toBeGreaterThan(20)
    await room.proxy.start()
    room.clock.advance(20_000)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.accepted(storyId)).toBe(1)
  })

  it('a person’s retry need not wait for the poll', async () => {
    const storyId = await room.desk.story('Offline')
    await room.proxy.stop()
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    await room.proxy.start()
    room.desk.publishing.queue.retry(id)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id).state).toBe('done')
  })

  it('waits exactly as long as it is told, in seconds or by date, and other stories go on', async () => {
    const slow = await room.desk.story('Slow')
    const quick = await room.desk.story('Quick')
    room.proxy.failNext('503 with seconds', (seen) => storyPut(seen) && seen.path.endsWith(slow))
    const { id } = room.desk.publish(slow, targetId)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).toMatchObject({
      state: 'waiting',
      nextTryAt: new Date(room.clock.now() + 7_000).toISOString()
    })
    expect(await room.run(room.desk.publish(quick, targetId).id, 0)).toMatchObject({ state: 'done' })
    room.clock.advance(6_900)
    await room.desk.publishing.quiet()
    expect(room.accepted(slow)).toBe(0)
    room.clock.advance(100)
    await room.desk.publishing.quiet()
    expect(room.accepted(slow)).toBe(1)
  })

  it('Retry-After as a date is read by the clock of whoever wrote it', async () => {
    const answers: [number, Record<string, string>][] = [
      [503, { date: 'Wed, 21 Oct 2015 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT' }]
    ]
    const server = createServer((_request, response) => {
      const [status, headers] = answers[0] ?? [500, {}]
      response.writeHead(status, headers).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const target = await room.desk.target(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const { id } = room.desk.publish(await room.desk.story('Wait'), target.id)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id).nextTryAt).toBe(new Date(room.clock.now() + 30_000).toISOString())
    server.closeAllConnections()
    server.close()
  })

  it('a change made on the CMS is never overwritten unseen', async () => {
    const storyId = await room.desk.story('Ours')
    await room.run(room.desk.publish(storyId, targetId).id)
    const there = room.receiver.shelf.get(storyId)
    if (!there) throw new Error('nothing there')
    const theirs = there.payload.replaceAll('Ours', 'Theirs')
    await room.receiver.shelf.put({
      ...there,
      version: 2,
      etag: '"theirs"',
      payload: theirs,
      sha256: 'x',
      idempotencyKey: 'by hand'
    })
    room.desk.edit(storyId, { headline: 'Ours again' })
    const { id } = room.desk.publish(storyId, targetId)
    expect(await room.run(id)).toMatchObject({ state: 'conflict', problem: { code: 'conflict' } })
    expect(room.receiver.shelf.get(storyId)?.payload).toBe(theirs)
    expect(await room.desk.publishing.conflicts.remote(id)).toEqual({
      etag: '"theirs"',
      headline: 'Theirs',
      text: 'The council voted on Theirs.'
    })
    // Looking again changes nothing; putting ours over it is a decision with a key of its own.
    room.desk.publishing.queue.retry(id)
    expect((await room.run(id)).state).toBe('conflict')
    const keyBefore = room.proxy.seen.filter(storyPut).at(-1)?.headers['idempotency-key']
    room.desk.publishing.conflicts.overwrite(id, '"theirs"')
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.proxy.seen.filter(storyPut).at(-1)?.headers).toMatchObject({ 'if-match': '"theirs"' })
    expect(room.proxy.seen.filter(storyPut).at(-1)?.headers['idempotency-key']).not.toBe(keyBefore)
    expect(room.receiver.shelf.get(storyId)?.payload).toContain('Ours again')
    expect(() => room.desk.publishing.conflicts.overwrite(id, '"theirs"')).toThrow(
      expect.objectContaining({ code: 'refused' })
    )
  })

  it('a story nobody here published is not overwritten, and one equal to ours is ours', async () => {
    const storyId = await room.desk.story('Twice')
    await room.run(room.desk.publish(storyId, targetId).id)
    // The library comes back from a backup that knows nothing of the receipt.
    room.desk.store.write('forget', (db) => db.run(sql`DELETE FROM live`))
    const { id } = room.desk.publish(storyId, targetId)
    expect(await room.run(id)).toMatchObject({ state: 'conflict' })
    expect(room.accepted(storyId)).toBe(1)
  })

  it('follows no redirect, to no place', async () => {
    let visits = 0
    const elsewhere = createServer((_request, response) => {
      visits += 1
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
    const door = createServer((_request, response) => response.writeHead(307, { location: to }).end())
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const target = await room.desk.target(`http://127.0.0.1:${(door.address() as AddressInfo).port}`)
    const storyId = await room.desk.story('Wanderer', {}, true)
    const item = await room.run(room.desk.publish(storyId, target.id).id)
    expect(item).toMatchObject({
      state: 'refused',
      receipt: null,
      problem: { key: 'outbox.redirected', params: { said: { key: 'cms.redirected' } } }
    })
    expect(visits).toBe(0)
    expect(room.desk.stories.get(storyId).status).toBe('approved')
    for (const server of [elsewhere, door]) server.close()
  })

  it('an embargoed story sends not a byte before its hour, whatever this machine’s clock says', async () => {
    const at = {
      utc: new Date(room.clock.now() + 2 * 3_600_000).toISOString(),
      zone: 'Asia/Dubai',
      origin: 'typed' as const
    }
    const base = room.desk.stories.get(await room.desk.story('Embargoed'))
    room.desk.edit(base.id, { times: { ...base.fields.times, embargo: at } })
    const { id, state, notBefore } = room.desk.publish(base.id, targetId)
    expect({ state, notBefore }).toEqual({ state: 'scheduled', notBefore: at.utc })
    expect(room.desk.stories.get(base.id)).toMatchObject({
      status: 'scheduled',
      fields: { times: { firstPublished: null, embargo: at } }
    })
    room.clock.advance(2 * 3_600_000 - 1_000)
    await room.desk.publishing.quiet()
    room.desk.publishing.queue.retry(id)
    await room.desk.publishing.quiet()
    expect(room.proxy.seen).toEqual([])
    room.clock.advance(1_000)
    expect(await room.run(id)).toMatchObject({ state: 'done' })
    expect(room.desk.stories.get(base.id).status).toBe('published')
  })

  it('a clock that jumps ahead does not lift an embargo, and set right again nothing is late', async () => {
    // The CMS keeps its own, right time.
    const cmsNow = room.clock.now()
    const server = createServer((_request, response) => {
      response.setHeader('date', new Date(cmsNow).toUTCString())
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{}')
    })
    const methods: string[] = []
    server.on('request', (request) => methods.push(request.method ?? ''))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const target = await room.desk.target(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const at = { utc: new Date(room.clock.now() + 3_600_000).toISOString(), zone: 'UTC', origin: 'typed' as const }
    const base = room.desk.stories.get(await room.desk.story('Embargoed'))
    room.desk.edit(base.id, { times: { ...base.fields.times, embargo: at } })
    const { id } = room.desk.publish(base.id, target.id)
    room.clock.jump(10 * 365 * 86_400_000)
    room.clock.advance(60_000)
    await room.desk.publishing.quiet()
    expect(room.desk.item(id)).toMatchObject({
      state: 'scheduled',
      problem: { key: 'outbox.clockAhead' }
    })
    expect(methods).toEqual(['GET'])
    server.closeAllConnections()
    server.close()
  })

  it('a refused signature stops the target, not the desk; a new secret lets everything go', async () => {
    const wrong = await room.desk.saveWrongSecret(targetId, room.endpoint)
    const other = await room.desk.target(room.endpoint, SECRET, 'galley', 'Other')
    const [a, b, c] = [await room.desk.story('A'), await room.desk.story('B'), await room.desk.story('C')]
    const first = room.desk.publish(a, wrong.id)
    expect(await room.run(first.id)).toMatchObject({
      state: 'paused',
      problem: { code: 'refused', key: 'outbox.unauthorised' }
    })
    const second = room.desk.publish(b, wrong.id)
    expect(second).toMatchObject({ state: 'paused', problem: { code: 'refused' } })
    expect(await room.run(room.desk.publish(c, other.id).id)).toMatchObject({ state: 'done' })
    await room.desk.publishing.saveTarget({
      id: wrong.id,
      name: wrong.name,
      kind: 'open',
      url: wrong.url,
      secret: SECRET
    })
    expect([await room.run(first.id), await room.run(second.id)].map((item) => item.state)).toEqual(['done', 'done'])
    expect(await room.desk.publishing.testTarget(wrong.id)).toMatchObject({
      ok: true,
      message: { key: 'cms.knowsUs', params: { name: 'Practice CMS' } }
    })
  })

  it('says in plain words why it was refused, and never in the CMS’s markup', async () => {
    const server = createServer((request, response) => {
      if (request.method === 'GET') return void response.writeHead(404).end()
      response.writeHead(422, { 'content-type': 'application/problem+json' }).end(
        JSON.stringify({
          detail: `<script>alert(1)</script>Section <b>“Bridges”</b>\u202e is\u0000 unknown. ${'So long. '.repeat(200)}`
        })
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const target = await room.desk.target(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const item = await room.run(room.desk.publish(await room.desk.story('Refused'), target.id).id)
    expect(item.state).toBe('refused')
    const shown = item.problem ? sentences(en, item.problem) : ''
    expect(shown).toContain('Section “Bridges” is unknown.')
    expect(shown).not.toMatch(/[<>\u0000\u202e]/)
    expect(shown.length).toBeLessThan(700)
    server.closeAllConnections()
    server.close()
  })

  it('a secret that did not survive the restart is asked for, and nothing is sent without it', async () => {
    const storyId = await room.desk.story('Signed')
    await room.proxy.stop()
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    await room.secrets.set(`target:${targetId}`, null)
    await room.proxy.start()
    room.desk.publishing.queue.retry(id)
    expect(await room.run(id)).toMatchObject({
      state: 'paused',
      problem: { code: 'refused', key: 'publishing.noSecret' }
    })
    expect(room.proxy.seen).toEqual([])
    expect(await room.desk.publishing.targets.list()).toMatchObject([{ secret: 'none' }])
    expect(await room.desk.publishing.testTarget(targetId)).toMatchObject({ ok: false })
  })

  it('what is taken back before it is sent leaves the story as it was', async () => {
    const storyId = await room.desk.story('Not yet')
    await room.proxy.stop()
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    expect(await room.desk.publishing.queue.cancel(id)).toMatchObject({ state: 'cancelled', problem: null })
    expect(room.desk.stories.get(storyId)).toMatchObject({
      status: 'ready',
      fields: { times: { firstPublished: null } }
    })
    await room.proxy.start()
    room.clock.advance(3_600_000)
    await room.desk.publishing.quiet()
    expect(room.accepted(storyId)).toBe(0)
  })

  it('what may have been sent is looked up before it is taken back', async () => {
    const landed = await room.desk.story('Landed')
    const not = await room.desk.story('Not landed')
    for (const [storyId, fault, state] of [
      [landed, 'cut after', 'done'],
      [not, 'cut before', 'cancelled']
    ] as const) {
      room.proxy.failNext(fault, storyPut)
      const { id } = room.desk.publish(storyId, targetId)
      await room.desk.publishing.quiet()
      expect(await room.desk.publishing.queue.cancel(id)).toMatchObject({ state })
    }
    expect([room.accepted(landed), room.accepted(not)]).toEqual([1, 0])
  })

  it('a story that is made a draft again or trashed takes its queued version with it', async () => {
    await room.proxy.stop()
    const { stories } = room.desk
    const [draft, trashed] = [await room.desk.story('Draft'), await room.desk.story('Trash')]
    const items = [draft, trashed].map((id) => room.desk.publish(id, targetId).id)
    await room.desk.publishing.quiet()
    stories.setStatus({ id: draft, baseRevision: stories.get(draft).revision, changeId: newId() }, 'draft')
    stories.trash([trashed], null)
    expect(items.map((id) => room.desk.item(id).state)).toEqual(['cancelled', 'cancelled'])
    expect([draft, trashed].map((id) => stories.get(id).status)).toEqual(['draft', 'trashed'])
  })

  it('sends nothing in clear over a network and keeps no password in an address', async () => {
    for (const url of [
      'http://cms.example.org',
      'https://desk:secret@cms.example.org',
      'https://cms.example.org/?key=1',
      'https://cms.example.org/#x'
    ]) {
      await expect(room.desk.target(url), url).rejects.toMatchObject({ code: 'invalid_input' })
    }
    expect((await room.desk.target('https://cms.example.org/galley/')).url).toBe('https://cms.example.org/galley')
    expect((await room.desk.target('http://localhost:9000')).url).toBe('http://localhost:9000')
  })

  it('a secret is nowhere in the library: not in clear, not in base64, not in hex', async () => {
    const storyId = await room.desk.story('Secret', {}, true)
    room.proxy.failNext('401', storyPut)
    const { id } = room.desk.publish(storyId, targetId)
    await room.run(id)
    room.desk.publishing.queue.retry(id)
    expect((await room.run(id)).state).toBe('done')
    await room.desk.close()
    const forms = [
      SECRET,
      Buffer.from(SECRET).toString('base64').replace(/=+$/, ''),
      Buffer.from(SECRET).toString('base64url'),
      Buffer.from(SECRET).toString('hex')
    ]
    const texts = [...files(join(room.folder, 'library')), room.desk.log.join('\n'), JSON.stringify(room.desk.pushes)]
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) for (const form of forms) expect(text.includes(form)).toBe(false)
    for (const seen of room.proxy.seen) expect(JSON.stringify(seen.headers)).not.toContain(SECRET)
    await room.restart()
  })

  it('what was approved cannot be changed, and a damaged payload is not sent', async () => {
    await room.proxy.stop()
    const { id } = room.desk.publish(await room.desk.story('Fixed'), targetId)
    await room.desk.publishing.quiet()
    expect(() => room.desk.store.write('forge', (db) => db.run(sql`UPDATE outbox SET payload = '{}'`))).toThrow(
      'cannot be changed'
    )
    room.desk.store
      .connection()
      .raw.exec(
        `DROP TRIGGER outbox_approved_is_final; UPDATE outbox SET payload = replace(payload, 'Fixed', 'Forged')`
      )
    await room.proxy.start()
    room.desk.publishing.queue.retry(id)
    expect(await room.run(id)).toMatchObject({ state: 'refused', problem: { code: 'damaged' } })
    expect(room.proxy.seen.filter(storyPut)).toEqual([])
  })

  it('a story far longer than an answer may be is published and read back', async () => {
    const words = 'The council voted on the bridge. '.repeat(400)
    const blocks = Array.from({ length: 120 }, (_, n) => ({
      id: `b${n}`,
      type: 'paragraph' as const,
      runs: [{ text: words }]
    }))
    const storyId = room.desk.stories.create({ fields: { headline: 'Live page' }, body: { version: 1, blocks } }).id
    expect(await room.run(room.desk.publish(storyId, targetId).id)).toMatchObject({ state: 'done' })
    expect(room.receiver.shelf.get(storyId)?.payload.length).toBeGreaterThan(1024 * 1024)
  })

  it('a target with a story on its way stays; without one it goes and its stories stay here', async () => {
    const storyId = await room.desk.story('On its way')
    room.proxy.failNext('cut before', storyPut)
    const { id } = room.desk.publish(storyId, targetId)
    await room.desk.publishing.quiet()
    await expect(room.desk.publishing.removeTarget(targetId)).rejects.toMatchObject({ code: 'busy' })
    await room.run(id)
    await room.desk.publishing.removeTarget(targetId)
    expect(await room.desk.publishing.targets.list()).toEqual([])
    expect(await room.secrets.get(`target:${targetId}`)).toBeNull()
    expect(room.desk.item(id)).toMatchObject({ state: 'done', targetName: 'City desk CMS' })
  })

  it('whatever goes wrong, in whatever order, time after time: there exactly once', async () => {
    const quick = (Object.keys(faults) as FaultName[]).filter(
      (name) => !name.startsWith('silence') && name !== 'slow drip' && name !== 'gzip bomb'
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fault: fc.constantFrom(...quick), restart: fc.boolean() }), {
          minLength: 2,
          maxLength: 7
        }),
        async (troubles) => {
          const storyId = await room.desk.story(`Trouble ${newId()}`, {}, true)
          const { id } = room.desk.publish(storyId, targetId)
          const since = room.proxy.seen.length
          for (const { fault, restart } of troubles) {
            room.proxy.clear()
            room.proxy.failNext(fault, () => true)
            await room.desk.publishing.quiet()
            if (restart) await room.restart()
            room.clock.advance(61_000)
            await room.desk.publishing.quiet()
            if (['paused', 'refused', 'conflict'].includes(room.desk.item(id).state))
              room.desk.publishing.queue.retry(id)
          }
          room.proxy.clear()
          let item = await room.run(id)
          for (let tries = 0; tries < 3 && item.state !== 'done'; tries += 1) {
            room.desk.publishing.queue.retry(id)
            item = await room.run(id)
          }
          await room.proxy.settled()
          expect(item).toMatchObject({ state: 'done' })
          expect(room.accepted(storyId)).toBe(1)
          expect(
            new Set(room.proxy.seen.slice(since).flatMap((seen) => seen.headers['idempotency-key'] ?? [])).size
          ).toBeLessThanOrEqual(1)
        }
      ),
      { numRuns: 25 }
    )
  }, 120_000)

  it('without a keychain it says that a secret is for this run only', async () => {
    expect(memorySecrets().persistent).toBe(false)
    expect(await room.desk.publishing.targets.list()).toMatchObject([{ secret: 'this-run', url: room.endpoint }])
    expect((await room.desk.target(room.endpoint, null)).secret).toBe('none')
  })
})

/** Every file below a folder, as bytes read one to one into text. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
}

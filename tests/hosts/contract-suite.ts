import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient, type Connection, type Transport } from '../../src/shared/rpc/client.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import type { Core } from '../../src/main/core/core.ts'
import { upload } from '../support/upload.ts'
import type { Reply } from '../../src/shared/rpc/wire.ts'

export interface Link {
  readonly transport: Transport
  close(): Promise<void> | void
}

export interface Host {
  readonly core: Core
  readonly opened: readonly string[]
  /** One more window. */
  link(): Promise<Link>
  end(): Promise<void>
}

const picture = new Uint8Array(readFileSync(join(import.meta.dirname, '../support/host-picture.png')))

/** The same questions and the same answers over every host. */
export function contractSuite(name: string, start: () => Promise<Host>): void {
  describe(`the contract over ${name}`, () => {
    let host: Host
    let link: Link
    let galley: Connection<Contract>

    beforeAll(async () => {
      host = await start()
      link = await host.link()
      galley = createClient(contract, link.transport)
    })
    afterAll(async () => {
      await link.close()
      await host.end()
    })

    async function failure(asked: Promise<unknown>): Promise<GalleyError> {
      const error = await asked.then(
        () => null,
        (thrown: unknown) => thrown
      )
      expect(error).toBeInstanceOf(GalleyError)
      return error as GalleyError
    }

    test('articles: a story is made, changed, told of and read back', async () => {
      const id = newId()
      const made = await galley.call.stories.create({ id, fields: { headline: 'Bridge reopens – “at last” جسر 🌉' } })
      expect(made.id).toBe(id)
      const saved = await galley.call.stories.patchBody({
        id,
        baseRevision: made.revision,
        changeId: newId(),
        patch: [
          { op: 'insert', after: null, block: { id: 'p1', type: 'paragraph', runs: [{ text: 'The council said.' }] } }
        ]
      })
      expect(saved.revision).toBeGreaterThan(made.revision)
      const read = await galley.call.stories.get({ id })
      expect(read.fields.headline).toBe('Bridge reopens – “at last” جسر 🌉')
      expect(read.body.blocks).toContainEqual(
        expect.objectContaining({ id: 'p1', runs: [{ text: 'The council said.' }] })
      )
      expect((await galley.call.stories.summary({ id })).words).toBeGreaterThan(2)
      expect((await galley.call.stories.settle({ id })).revision).toBe(read.revision)
    })

    test('articles: a change on a stale revision is a conflict and the same change twice is one', async () => {
      const made = await galley.call.stories.create({ id: newId() })
      const change = { id: made.id, baseRevision: made.revision, changeId: newId(), fields: { headline: 'First' } }
      const first = await galley.call.stories.patchFields(change)
      expect(await galley.call.stories.patchFields(change)).toEqual(first)
      const error = await failure(
        galley.call.stories.patchFields({ ...change, changeId: newId(), fields: { headline: 'Second' } })
      )
      expect(error.code).toBe('conflict')
      expect(error.detail).toMatchObject({ revision: first.revision })
      expect((await galley.call.stories.get({ id: made.id })).fields.headline).toBe('First')
    })

    test('library: pages, search and counts', async () => {
      await galley.call.stories.create({ id: newId(), fields: { headline: 'Zeppelin moored at harbour' } })
      const page = await galley.call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 10 })
      expect(page.total).toBeGreaterThan(0)
      // A story is searched once it has come to rest.
      const found = async (): Promise<string[]> =>
        (await galley.call.library.search({ text: 'zeppel', filter: {}, order: 'newest', limit: 5 })).hits.map(
          (hit) => hit.summary.headline
        )
      await expect.poll(found, { timeout: 10_000 }).toEqual(['Zeppelin moored at harbour'])
      expect((await galley.call.library.counts({})).byStatus.draft).toBeGreaterThan(0)
    })

    test('revisions: listed and restored', async () => {
      const made = await galley.call.stories.create({ id: newId(), fields: { headline: 'Before' } })
      await galley.call.stories.patchFields({
        id: made.id,
        baseRevision: made.revision,
        changeId: newId(),
        fields: { headline: 'After' }
      })
      await galley.call.stories.settle({ id: made.id })
      const list = await galley.call.revisions.list({ storyId: made.id })
      const first = list.at(-1)
      expect(first?.headline).toBe('Before')
      expect(
        (await galley.call.revisions.get({ storyId: made.id, revision: first?.revision ?? -1 })).fields.headline
      ).toBe('Before')
      expect(
        (await galley.call.revisions.restore({ storyId: made.id, revision: first?.revision ?? -1 })).fields.headline
      ).toBe('Before')
    })

    test('media: bytes go in whole and come out whole', async () => {
      const { isDamaged, leavesAsStill, ...asset } = await galley.call.media.add({
        name: 'pic.png',
        upload: await upload(host.core, picture)
      })
      expect(asset).toMatchObject({ type: 'image/png', size: picture.byteLength, width: 2, height: 1 })
      expect([isDamaged, leavesAsStill]).toEqual([false, false])
      expect(await galley.call.media.get({ id: asset.id })).toEqual(asset)
      const stored = await host.core.picture(asset.id)
      expect(stored && Buffer.compare(stored.bytes, picture)).toBe(0)
      // Nothing at all, and nothing that came in: errors with words, not faults.
      const empty = await failure(
        galley.call.media.add({ name: 'empty.jpg', upload: await upload(host.core, new Uint8Array()) })
      )
      expect([empty.code, empty.message]).toEqual(['invalid_input', '“empty.jpg” is empty: there are 0 bytes in it.'])
      expect((await failure(galley.call.media.add({ name: 'never.jpg', upload: newId() }))).code).toBe('not_found')
      expect((await failure(galley.call.media.add({ name: 'x' } as never))).code).toBe('invalid_input')
    })

    test('intake: a page is reviewed, accepted, and its bytes are kept', async () => {
      const bytes = new TextEncoder().encode(
        'Harbour bridge reopens after repairs\n\nThe harbour bridge reopened on Monday after nine weeks of repairs, the council said.\n'
      )
      const source = { name: 'bridge.txt', bytes }
      const review = await galley.call.intake.review({ source })
      expect(review.lines.map((line) => line.text).join(' ')).toContain('nine weeks of repairs')
      const made = await galley.call.intake.accept({ source })
      const raw = await galley.call.intake.raw({ storyId: made.id })
      expect(raw && Buffer.compare(raw.bytes, bytes)).toBe(0)
    })

    test('exports: a story as a page, and Galley’s own file back in', async () => {
      const made = await galley.call.stories.create({ id: newId(), fields: { headline: 'Exported & read' } })
      const page = await galley.call.exports.render({ id: made.id, format: 'html' })
      expect(page.text).toContain('Exported &amp; read')
      const file = await galley.call.exports.render({ id: made.id, format: 'json' })
      const { id } = await galley.call.exports.importJson({ name: file.name, text: file.text })
      expect((await galley.call.stories.get({ id })).fields.headline).toBe('Exported & read')
      expect((await failure(galley.call.exports.chooseFolder({}))).code).toBe('unsupported')
    })

    test('publishing: targets are kept and their secrets never come back', async () => {
      const target = await galley.call.publishing.saveTarget({
        name: 'The site',
        kind: 'open',
        url: 'https://cms.example/',
        settings: { format: 'ninjs' },
        secret: 'hush-hush'
      })
      expect(target.secret).toBe('this-run')
      expect(JSON.stringify(await galley.call.publishing.targets({}))).not.toContain('hush-hush')
      expect(await galley.call.publishing.outbox({})).toEqual([])
      await galley.call.publishing.removeTarget({ id: target.id })
      expect(await galley.call.publishing.targets({})).toEqual([])
    })

    test('settings: a change is kept and told', async () => {
      const told = new Promise((resolve) => {
        galley.on('settingsChanged', resolve)
      })
      await galley.call.settings.set({ deskName: 'The Harbour Gazette' })
      expect(await told).toMatchObject({ deskName: 'The Harbour Gazette' })
      expect((await galley.call.settings.get({})).deskName).toBe('The Harbour Gazette')
    })

    test('app: facts, and links handed on', async () => {
      const info = await galley.call.app.info({})
      expect(info.capabilities).toEqual({
        folderDialog: false,
        revealFolder: false,
        keychain: false,
        notifications: false
      })
      await galley.call.app.openLink({ url: 'https://example.org/a' })
      expect(host.opened).toContain('https://example.org/a')
      expect((await galley.call.app.doctor({})).every(({ found }) => found.key !== '')).toBe(true)
    })

    test('a story that is not there is not_found', async () => {
      expect((await failure(galley.call.stories.get({ id: newId() }))).code).toBe('not_found')
    })

    test('what does not fit the contract is refused by name and nothing is said of the inside', async () => {
      for (const input of ['nope', { id: 'x' }, { id: 7 }, null, undefined, [], { $bytes: 3 }]) {
        const reply = (await link.transport.request({ call: 'stories.get', input })) as Reply
        expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
        expect(JSON.stringify(reply)).not.toMatch(/\.ts|at .*:\d+:\d+|node_modules/)
      }
      for (const call of ['stories.nothing', 'constructor.name', '__proto__.toString', '', 'stories']) {
        expect((await link.transport.request({ call, input: {} })) as Reply).toMatchObject({
          ok: false,
          error: { code: 'invalid_input' }
        })
      }
    })

    test('many requests at once are each answered with their own', async () => {
      const ids = Array.from({ length: 40 }, () => newId())
      const made = await Promise.all(
        ids.map((id, n) => galley.call.stories.create({ id, fields: { headline: `Story ${n}` } }))
      )
      expect(made.map((story) => [story.id, story.fields.headline])).toEqual(ids.map((id, n) => [id, `Story ${n}`]))
    })

    test('a request that was stopped is cancelled, and the line goes on', async () => {
      const stop = new AbortController()
      stop.abort()
      expect(
        (await failure(galley.call.library.search({ text: 'a', filter: {}, order: 'best', limit: 1 }, stop.signal)))
          .code
      ).toBe('cancelled')
      const later = new AbortController()
      const asked = galley.call.exports.write({ ids: [newId()], formats: ['html'] }, later.signal).then(
        () => 'done',
        (error: GalleyError) => error.code
      )
      later.abort()
      expect(['cancelled', 'done']).toContain(await asked)
      expect((await galley.call.app.info({})).version).toBeTypeOf('string')
    })

    test('one window is told what another did, and by whom', async () => {
      const other = await host.link()
      const theirs = createClient(contract, other.transport)
      const seen: { headline: string; by: string | null }[] = []
      const off = galley.on('storyChanged', ({ summary, by }) => seen.push({ headline: summary.headline, by }))
      const made = await theirs.call.stories.create({ id: newId() })
      await theirs.call.stories.patchFields({
        id: made.id,
        baseRevision: made.revision,
        changeId: newId(),
        fields: { headline: 'From the other window' }
      })
      await expect
        .poll(() => seen.some((event) => event.headline === 'From the other window' && event.by !== null))
        .toBe(true)
      off()
      await other.close()
    })
  })
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Autosave, MAX_WAIT_MS, type Outgoing } from '../../src/renderer/features/story/autosave.ts'
import { runAutosave } from '../../src/renderer/features/story/autosave-runner.ts'
import type { Saved } from '../../src/shared/contract/stories.ts'
import type { FieldsPatch } from '../../src/shared/story/fields.ts'
import { applyPatch, type BodyPatch } from '../../src/shared/document/patch.ts'
import type { Block, StoredBody } from '../../src/shared/document/document.ts'
import { GalleyError, type ErrorCode } from '../../src/shared/rpc/errors.ts'
import { ManualClock } from './manual-clock.ts'
import { say } from '../../src/shared/words/message.ts'

type Fault = 'none' | 'lost-before' | 'lost-after' | 'full' | 'unreachable' | 'unreachable-after'

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('key' as const), block: fc.nat(5), text: fc.string({ maxLength: 5 }) })
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('insert' as const), after: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), block: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), block: fc.nat(5), after: fc.nat(6) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('field' as const),
      name: fc.constantFrom('headline' as const, 'kicker' as const, 'byline' as const),
      text: fc.string({ maxLength: 5 })
    })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retry' as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 700 }) }) }
)
const network = fc.array(
  fc.record({
    fault: fc.constantFrom<Fault>(
      'none',
      'none',
      'lost-before',
      'lost-after',
      'full',
      'unreachable',
      'unreachable-after'
    ),
    latency: fc.integer({ min: 0, max: 900 })
  }),
  { minLength: 1, maxLength: 40 }
)

/** A core with the real rules: a stale base is refused, the same change answers as the first time. */
class Server {
  body: StoredBody = { version: 1, blocks: [] }
  fields: FieldsPatch = {}
  revision = 1
  readonly #done = new Map<string, Saved>()

  save({ changeId, baseRevision, change }: Outgoing): Saved {
    const earlier = this.#done.get(changeId)
    if (earlier) return earlier
    if (baseRevision !== this.revision) throw new GalleyError('conflict', say('galley.bug'))
    if (change.kind === 'body') this.body = applyPatch(this.body, change.patch)
    if (change.kind === 'fields') this.fields = { ...this.fields, ...change.fields }
    const saved: Saved = { revision: ++this.revision, savedAt: '2026-01-01T00:00:00.000Z', status: 'draft' }
    this.#done.set(changeId, saved)
    return saved
  }
}

test('whatever is typed, whatever fails: in the end the core holds what was typed, and never two saves at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), network, async (steps, weather) => {
      const clock = new ManualClock()
      const server = new Server()
      let ids = 0
      let underWay = 0
      let calls = 0
      let calm = false
      const firstUnsent = new Map<string, number>()
      let freeSince = clock.now()
      let failing = false

      async function send(outgoing: Outgoing): Promise<Saved> {
        expect(++underWay).toBe(1)
        const isNew = !seen.has(outgoing.changeId)
        seen.add(outgoing.changeId)
        const since = firstUnsent.get(outgoing.change.kind)
        // A new change leaves at most MAX_WAIT_MS after its first key, or at once after the answer that was waited for.
        if (isNew && !failing && since !== undefined)
          expect(clock.now()).toBeLessThanOrEqual(Math.max(since + MAX_WAIT_MS, freeSince))
        if (isNew) firstUnsent.delete(outgoing.change.kind)
        const { fault, latency } = calm
          ? { fault: 'none', latency: 0 }
          : (weather[calls++ % weather.length] ?? { fault: 'none', latency: 0 })
        try {
          if (fault === 'lost-before') throw new GalleyError('internal', say('galley.bug'))
          if (fault === 'full') throw new GalleyError('storage_full', say('galley.bug'))
          if (fault === 'unreachable') throw new GalleyError('unreachable', say('galley.bug'))
          const saved = server.save(outgoing)
          if (latency > 0) await new Promise<void>((resolve) => clock.after(latency, resolve))
          if (fault === 'lost-after') throw new GalleyError('storage_failed', say('galley.bug'))
          if (fault === 'unreachable-after') throw new GalleyError('unreachable', say('galley.bug'))
          failing = false
          return saved
        } catch (error) {
          failing = true
          throw error
        } finally {
          underWay -= 1
          freeSince = clock.now()
        }
      }

      const seen = new Set<string>()
      const runner = runAutosave({ machine: new Autosave(1, () => `id-${++ids}`), clock, send })
      let body: StoredBody = { version: 1, blocks: [] }
      let fields: FieldsPatch = {}
      const edit = (patch: BodyPatch): void => {
        body = applyPatch(body, patch)
        if (!firstUnsent.has('body')) firstUnsent.set('body', clock.now())
        runner.edit({ body: patch })
      }
      const blockAt = (n: number): Block | undefined => body.blocks[n % Math.max(1, body.blocks.length)]
      const afterAt = (n: number): string | null => body.blocks[(n % (body.blocks.length + 1)) - 1]?.id ?? null

      for (const one of steps) {
        switch (one.kind) {
          case 'key': {
            const block = blockAt(one.block)
            if (block) edit([{ op: 'replace', block: { id: block.id, type: 'paragraph', runs: [{ text: one.text }] } }])
            break
          }
          case 'insert':
            edit([{ op: 'insert', after: afterAt(one.after), block: { id: `b${++ids}`, type: 'paragraph', runs: [] } }])
            break
          case 'remove': {
            const block = blockAt(one.block)
            if (block) edit([{ op: 'remove', id: block.id }])
            break
          }
          case 'move': {
            const block = blockAt(one.block)
            const after = afterAt(one.after)
            if (block && after !== block.id) edit([{ op: 'move', id: block.id, after }])
            break
          }
          case 'field':
            fields = { ...fields, [one.name]: one.text }
            if (!firstUnsent.has('fields')) firstUnsent.set('fields', clock.now())
            runner.edit({ fields: { [one.name]: one.text } })
            break
          case 'flush':
            runner.flush().catch(() => undefined)
            break
          case 'retry':
            runner.retry()
            break
          case 'wait':
            await clock.advance(one.ms)
            // Changes that undo each other need no save; the wait for the next one starts anew.
            if (runner.settled) firstUnsent.clear()
        }
      }

      calm = true
      await clock.advance(10_000)
      await runner.flush()
      expect(server.body).toEqual(body)
      expect(server.fields).toEqual(fields)
      expect(runner.revision.get()).toBe(server.revision)
      expect(runner.view.get()).toMatchObject({ state: 'idle', problem: null })
      expect(clock.pending).toBe(0)
    }),
    { numRuns: 300 }
  )
})

const storm = fc.record({
  after: fc.integer({ min: 0, max: 3000 }),
  lasts: fc.integer({ min: 1, max: 600_000 }),
  code: fc.constantFrom<ErrorCode>('storage_full', 'storage_failed', 'read_only', 'busy', 'internal', 'unreachable'),
  /** The change is on disk, and only the word of it is lost. */
  done: fc.boolean()
})

test('saving fails for a while, for whatever reason: five seconds after it works again everything is on disk, and nobody had to do anything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 }),
      fc.array(storm, { minLength: 1, maxLength: 4 }),
      async (texts, storms) => {
        const clock = new ManualClock()
        const server = new Server()
        let ids = 0
        let tries = 0
        let weather: (typeof storms)[number] | null = null
        const runner = runAutosave({
          machine: new Autosave(1, () => `id-${++ids}`),
          clock,
          async send(outgoing) {
            tries += 1
            // A disk that takes nothing does not take it unseen either.
            if (weather?.done && weather.code !== 'read_only') server.save(outgoing)
            if (weather) throw new GalleyError(weather.code, say('galley.bug'))
            return server.save(outgoing)
          }
        })
        let body: StoredBody = { version: 1, blocks: [] }
        const type = (text: string): void => {
          const patch: BodyPatch = [
            { op: 'insert', after: null, block: { id: `b${++ids}`, type: 'paragraph', runs: [{ text }] } }
          ]
          body = applyPatch(body, patch)
          runner.edit({ body: patch, fields: { headline: text } })
        }
        for (const one of storms) {
          await clock.advance(one.after)
          weather = one
          tries = 0
          for (const text of texts) {
            type(text)
            await clock.advance(one.lasts / texts.length)
          }
          if (one.lasts > 1000)
            expect(runner.view.get()).toMatchObject({ problem: { code: one.code }, since: expect.any(String) })
          // It keeps trying, and hammers nobody.
          expect(tries).toBeLessThanOrEqual(5 + one.lasts / 2000)
          expect(tries).toBeGreaterThanOrEqual(Math.floor(one.lasts / 3100))
          weather = null
          await clock.advance(5000)
          expect(server.body).toEqual(body)
          expect(server.fields).toEqual({ headline: texts.at(-1) })
          expect(runner.view.get()).toMatchObject({ state: 'idle', problem: null, since: null })
          expect(clock.pending).toBe(0)
        }
      }
    ),
    { numRuns: 150 }
  )
})

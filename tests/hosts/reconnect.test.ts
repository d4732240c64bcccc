import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { socketLine } from '../../src/renderer/host/socket.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../src/shared/rpc/client.ts'
import { Sessions } from '../../src/main/hosts/sessions.ts'
import type { Core } from '../../src/main/core/core.ts'
import type { Push, Reply, Request } from '../../src/shared/rpc/wire.ts'
import { testLoopback, type TestLoopback } from '../support/loopback.ts'
import { ManualClock } from '../support/manual-clock.ts'

describe('a line that outlives its sockets', () => {
  let galley: TestLoopback
  let line: ReturnType<typeof socketLine>
  let client: Connection<Contract>

  beforeEach(async () => {
    galley = await testLoopback()
    line = socketLine({ open: () => galley.socket() })
    client = createClient(contract, line.transport)
    await line.opened
  })
  afterEach(async () => {
    line.close()
    await galley.end()
  })

  test('nothing is lost and nothing is done twice while sockets are killed during writing', async () => {
    const made = await client.call.stories.create({ id: newId() })
    let revision = made.revision
    let drops = 0
    const killer = setInterval(() => {
      drops += 1
      galley.host.dropSockets()
    }, 40)
    for (let n = 0; n < 60; n++) {
      const saved = await client.call.stories.patchBody({
        id: made.id,
        baseRevision: revision,
        changeId: newId(),
        patch: [
          {
            op: 'insert',
            after: n === 0 ? null : `p${n - 1}`,
            block: { id: `p${n}`, type: 'paragraph', runs: [{ text: `Paragraph ${n}` }] }
          }
        ]
      })
      expect(saved.revision).toBe(revision + 1)
      revision = saved.revision
    }
    clearInterval(killer)
    expect(drops).toBeGreaterThan(3)
    const { body } = await client.call.stories.get({ id: made.id })
    expect(body.blocks.map((block) => block.id).slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, n) => `p${n}`))
  })

  test('writes without a change id are done once too', async () => {
    const made = await client.call.stories.create({ id: newId(), fields: { headline: 'One' } })
    const asked = Array.from({ length: 30 }, () => client.call.stories.duplicate({ id: made.id }))
    for (let n = 0; n < 8; n++) {
      galley.host.dropSockets()
      await new Promise((resolve) => {
        setTimeout(resolve, 15)
      })
    }
    const copies = await Promise.all(asked)
    expect(new Set(copies.map((copy) => copy.id)).size).toBe(30)
    for (const copy of copies) expect((await client.call.stories.summary({ id: copy.id })).id).toBe(copy.id)
  })

  test('the state is told, requests wait while the line is down, and events of that time arrive', async () => {
    const states: string[] = []
    line.link.subscribe(() => states.push(line.link.get()))
    const seen: unknown[] = []
    client.on('settingsChanged', (settings) => seen.push(settings.deskName))
    galley.host.dropSockets()
    await expect.poll(() => states[0]).toBe('reconnecting')
    galley.core.emit('settingsChanged', {
      ...(await settingsOf(galley.core)),
      deskName: 'Said while the line was down'
    })
    const asked = client.call.settings.get({})
    await asked
    expect(line.link.get()).toBe('connected')
    expect(states).toEqual(['reconnecting', 'connected'])
    await expect.poll(() => seen).toEqual(['Said while the line was down'])
  })

  test('a request that is too large is refused and does not come back for ever', async () => {
    await expect(
      client.call.intake.review({ source: { name: 'huge', bytes: new Uint8Array(60 * 1024 * 1024) } })
    ).rejects.toMatchObject({ code: 'too_large' })
    expect(line.link.get()).toBe('connected')
  }, 90_000)

  async function settingsOf(core: Core) {
    const reply = (await core.dispatch(
      { id: 0, call: 'settings.get', input: {} },
      { connectionId: 'test', signal: new AbortController().signal }
    )) as Extract<Reply, { ok: true }>
    return reply.output as Awaited<ReturnType<typeof client.call.settings.get>>
  }
})

describe('when the host would never let this window in again', () => {
  test('the line says it is lost and stops trying', async () => {
    const galley = await testLoopback()
    let tries = 0
    const line = socketLine({
      open: () => {
        tries += 1
        return galley.socket({ cookie: '' })
      },
      isWelcome: async () => (await fetch(galley.host.origin, { method: 'HEAD' })).status !== 401
    })
    await expect.poll(() => line.link.get(), { timeout: 5000 }).toBe('lost')
    expect(tries).toBe(3)
    line.close()
    await galley.end()
  })
})

describe('sessions', () => {
  /** A core that answers when it is told to. */
  function slowCore() {
    const asked: { request: Request; signal: AbortSignal; answer(output: unknown): void }[] = []
    let listener: (push: Push) => void = () => undefined
    const core = {
      dispatch: (request: Request, { signal }: { signal: AbortSignal }) =>
        new Promise<Reply>((resolve) => {
          asked.push({ request, signal, answer: (output) => resolve({ id: request.id, ok: true, output }) })
        }),
      subscribe(next: (push: Push) => void) {
        listener = next
        return () => {
          listener = () => undefined
        }
      },
      emit: (event: string, data: unknown) => listener({ event, data })
    } as unknown as Core
    return { core, asked, tell: (push: Push) => listener(push) }
  }

  test('work goes on through a short drop and is stopped after a long one', () => {
    const clock = new ManualClock()
    const { core, asked } = slowCore()
    const sessions = new Sessions(core, clock)
    const send = (): void => undefined
    const { session } = sessions.join('a', send)
    void session.request({ id: 1, call: 'exports.write', input: {} })
    sessions.leave(session, send)
    clock.advance(10_000)
    expect(asked[0]?.signal.aborted).toBe(false)
    expect(sessions.join('a', send)).toEqual({ session, resumed: true, events: 0, missed: [] })
    clock.advance(60_000)
    expect(asked[0]?.signal.aborted).toBe(false)
    sessions.leave(session, send)
    clock.advance(15_000)
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(sessions.join('a', send).resumed).toBe(false)
  })

  test('an old socket that closes late does not end the session of the new one', () => {
    const clock = new ManualClock()
    const sessions = new Sessions(slowCore().core, clock)
    const oldSend = (): void => undefined
    const { session } = sessions.join('a', oldSend)
    const got: Push[] = []
    const newSend = (push: Push): void => void got.push(push)
    sessions.join('a', newSend)
    sessions.leave(session, oldSend, true)
    clock.advance(60_000)
    expect(session.attached).toBe(true)
  })

  test('what is no longer waited for is stopped', () => {
    const { core, asked } = slowCore()
    const { session } = new Sessions(core, new ManualClock()).join('a', () => undefined)
    void session.request({ id: 1, call: 'library.search', input: {} })
    void session.request({ id: 2, call: 'library.search', input: {} })
    session.keepOnly([2])
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
  })

  test('events that got lost on the way are told again, and after too many of them the window is told to reload', () => {
    const { core, tell } = slowCore()
    const sessions = new Sessions(core, new ManualClock())
    const send = (): void => undefined
    const { session } = sessions.join('a', send)
    for (let n = 1; n <= 5; n++) tell({ event: 'job', data: n })
    sessions.leave(session, send)
    tell({ event: 'job', data: 6 })
    const back = sessions.join('a', send, 3)
    expect(back).toMatchObject({ resumed: true, events: 3 })
    expect(back.missed.map((push) => push.data)).toEqual([4, 5, 6])
    sessions.leave(session, send)
    for (let n = 7; n <= 2000; n++) tell({ event: 'job', data: n })
    expect(sessions.join('a', send, 6)).toMatchObject({ resumed: false, events: 2000, missed: [] })
    expect(sessions.join('a', send, 9999)).toMatchObject({ resumed: false })
  })

  test('last words: told to flush, waited for while anything is under way, never for longer than the limit', async () => {
    const { core, asked } = slowCore()
    const sessions = new Sessions(core)
    const got: string[] = []
    const { session } = sessions.join('a', (push) => {
      got.push(push.event)
      void session.request({ id: 1, call: 'stories.patchBody', input: {} })
    })
    let done = false
    const waiting = sessions.lastWords(5000).then(() => {
      done = true
    })
    await new Promise((resolve) => {
      setTimeout(resolve, 400)
    })
    expect(got).toEqual(['flush'])
    expect(done).toBe(false)
    asked[0]?.answer({})
    await waiting
    void session.request({ id: 2, call: 'stories.patchBody', input: {} })
    await sessions.lastWords(300)
  })
})

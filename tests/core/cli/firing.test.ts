import { expect, it, onTestFinished } from 'vitest'
import { createCore } from '../../../src/main/core/create-core.ts'
import { startLocalServer } from '../../../src/main/hosts/local/server.ts'
import { loopbackPlatform } from '../../../src/main/hosts/loopback/platform.ts'
import { Sessions } from '../../../src/main/hosts/sessions.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { cliDesk } from './cli-desk.ts'

const HOUR = 3_600_000
const { library, run, said, imported } = cliDesk()

interface Room {
  readonly site: FakeWordpress
  readonly clock: ManualClock
  /** So far from now, as somebody writes it; with the story and the site, what a planned `publish` is given. */
  planned(ms: number): string[]
}

/** A Galley that runs, with a site, both by one clock, and a story to publish. */
async function room(): Promise<Room> {
  await imported('Bridge closes')
  const clock = new ManualClock()
  const site = new FakeWordpress(() => clock.now())
  await site.start()
  const core = await createCore({ library: library(), platform: loopbackPlatform(library()), clock })
  const sessions = new Sessions(core)
  const server = await startLocalServer({ library: library(), sessions, onSecondStart: () => null })
  onTestFinished(async () => {
    await server.close()
    sessions.close()
    await core.close()
    await site.stop()
  })
  const { user, password: secret, url } = site
  await core.dispatch(
    {
      id: 0,
      call: 'publishing.saveTarget',
      input: { name: 'The site', kind: 'wordpress', url, settings: { user }, secret }
    },
    { connectionId: 'test', signal: new AbortController().signal }
  )
  const about = ['bridge-closes', '--target', 'the site', '--wait', '--timeout', '20']
  return { site, clock, planned: (ms) => [...about, '--at', new Date(clock.now() + ms).toISOString()] }
}

it('leaves a story with a site for its hour, which is what is waited for, and names the site in the receipt', async () => {
  const { site, clock, planned } = await room()
  const left = await run('publish', ...planned(2 * HOUR))
  expect(left).toMatchObject({ code: 0, lines: [{ state: 'handed-over', firedBy: 'cms', receipt: null }] })
  expect(site.posts).toMatchObject([{ title: 'Bridge closes', status: 'future' }])
  expect((await run('outbox', '--planned')).lines).toMatchObject([{ headline: 'Bridge closes', sentBy: 'site' }])
  expect((await said('outbox', '--planned')).out).toMatch(/\bsite +Bridge closes\b/)
  expect((await run('receipt', 'bridge-closes')).code).toBe(3)

  clock.advance(2 * HOUR + 60_000)
  await expect.poll(async () => (await run('receipt', 'bridge-closes')).code, { timeout: 15_000 }).toBe(0)
  expect(site.posts).toMatchObject([{ status: 'publish' }])
  expect((await run('receipt', 'bridge-closes')).lines).toMatchObject([{ target: 'The site', firedBy: 'cms' }])
  // Public by the hour of the site, which is not when it was read back here.
  expect((await said('receipt', 'bridge-closes')).out).toMatch(/public by \S+Z, .*published by the site itself/s)
  expect((await run('outbox')).lines).toMatchObject([{ state: 'done', firedBy: 'cms' }])
})

it('says in words that the site has it, and for when', async () => {
  const { planned } = await room()
  const { code, out } = await said('publish', ...planned(2 * HOUR), '--fired-by', 'cms')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^scheduled on the site, which publishes it at 2026-03-14T\S+ \([\w/]+\): Bridge closes → The site, /
  )
})

it('keeps a story here until its hour where this machine is to fire, and no site is named in its receipt', async () => {
  const { site, clock, planned } = await room()
  const about = planned(2 * HOUR)
  // Nothing comes of waiting for it: it is still queued when the time is up.
  const kept = await run('publish', ...about.with(about.indexOf('20'), '1'), '--fired-by', 'desk')
  expect(kept).toMatchObject({ code: 5, lines: [{ state: 'scheduled', firedBy: 'desk' }] })
  expect(site.posts).toEqual([])
  expect((await run('outbox', '--planned')).lines).toMatchObject([{ headline: 'Bridge closes', sentBy: 'laptop' }])

  clock.advance(2 * HOUR)
  await expect.poll(async () => (await run('receipt', 'bridge-closes')).code, { timeout: 15_000 }).toBe(0)
  expect(site.posts).toMatchObject([{ status: 'publish' }])
  expect((await run('receipt', 'bridge-closes')).lines[0]).not.toHaveProperty('firedBy')
  expect((await said('receipt', 'bridge-closes')).out).not.toContain('by the site itself')
})

it('takes nobody else for who fires, and queues nothing then', async () => {
  await imported('Bridge closes')
  const wrong = await run('publish', 'bridge-closes', '--target', 'practice', '--fired-by', 'somebody')
  expect(wrong).toMatchObject({ code: 2, out: '', error: expect.stringMatching(/“somebody”.*: cms, desk/) })
  expect((await run('outbox')).lines).toEqual([])
})

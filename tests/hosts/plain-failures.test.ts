import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acquireLock } from '../../src/main/core/store/lock.ts'
import { reportFailure, run } from '../../src/main/hosts/loopback/run.ts'
import { freshCore } from '../support/host-cores.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-plain-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  rmSync(folder, { recursive: true, force: true })
})

test('a port that is taken: one plain sentence, an exit code, and the library is let go', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const said: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  const library = join(folder, 'Library')
  await run({
    library,
    exports: join(folder, 'Exports'),
    port: address.port,
    endWithParent: false,
    renderer: folder,
    version: '0.0.0'
  }).catch(reportFailure)
  taken.close()
  expect(process.exitCode).toBe(1)
  expect(said.join('')).toContain(String(address.port))
  expect(said.join('')).not.toMatch(/\n\s+at |EADDRINUSE/)
  const lock = acquireLock(library)
  expect(lock).not.toBeNull()
  lock?.release()
})

test('a picture of no bytes, and one that was never sent, are refused in plain words', async () => {
  const { core, end } = await freshCore()
  const add = (input: unknown) =>
    core.dispatch({ id: 1, call: 'media.add', input }, { connectionId: 'test', signal: new AbortController().signal })
  const { upload } = await core.receive((async function* () {})())
  const empty = await add({ name: 'nothing.jpg', upload })
  expect(empty).toMatchObject({ ok: false, error: { code: expect.stringMatching(/invalid_input|unsupported/) } })
  for (const input of [
    {},
    null,
    { name: '', upload: '' },
    { name: 'x.jpg', upload: '00000000-0000-4000-8000-000000000000' }
  ]) {
    const reply = await add(input)
    expect(reply).toMatchObject({ ok: false, error: { code: expect.stringMatching(/invalid_input|not_found/) } })
  }
  await end()
})

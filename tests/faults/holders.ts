import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createCore } from '../../src/main/core/create-core.ts'
import type { Core } from '../../src/main/core/core.ts'
import { showRunning } from '../../src/main/hosts/local/client.ts'
import { loopbackPlatform } from '../../src/main/hosts/loopback/platform.ts'
import { Count } from './count.ts'

/** From asking for the holder to a library that is open, in ms. */
const WITHIN = 1000

/**
 * One writer, whatever has become of it. A second start while the holder is well is led to it; while it is stopped
 * (SIGSTOP) the library opens for reading within a second; when it was killed, or left a lock or an announcement that is
 * debris, for writing. And what the holder saved is there.
 */
export async function holders(limit: number): Promise<Count | null> {
  if (process.platform === 'win32') return null
  const count = new Count('holders of the lock')
  let slowest = 0
  for (let round = 0; count.tried < limit; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'galley-holders-'))
    const library = join(folder, 'Library')
    const holder = await hold(library)
    try {
      count.say((await showRunning(library, null)) === true, 'not led to the one that is well')
      holder.kill('SIGSTOP')
      const began = performance.now()
      const led = await showRunning(library, null)
      const second = await open(library)
      const took = performance.now() - began
      slowest = Math.max(slowest, took)
      count.say(
        led === null && second.readOnly && (await hasStory(second)) && took <= WITHIN,
        `stopped: ${Math.round(took)} ms`
      )
      await second.close()
      holder.kill('SIGKILL')
      holder.kill('SIGCONT')
      await once(holder, 'exit')
      if (round % 2 === 1) writeFileSync(join(library, 'galley.lock'), 'left by something else '.repeat(300))
      if (round % 3 === 1) writeFileSync(join(library, '.instance.json'), '{"socket":"/nowhere","key":')
      count.say((await showRunning(library, null)) === null, 'led to one that is gone')
      const third = await open(library)
      count.say(!third.readOnly && (await hasStory(third)), 'not open for writing after a kill')
      await third.close()
    } finally {
      holder.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  }
  count.note('slowest ms beside a stopped one', Math.round(slowest))
  return count
}

async function hold(library: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holding-process.ts'), library], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  await once(createInterface({ input: child.stdout }), 'line')
  return child
}

function open(library: string): Promise<Core> {
  return createCore({ library, platform: loopbackPlatform(library) })
}

async function hasStory(core: Core): Promise<boolean> {
  const reply = await core.dispatch(
    { id: 1, call: 'library.page', input: { filter: {}, sort: 'changed', descending: true, limit: 5 } },
    { connectionId: 'second', signal: new AbortController().signal }
  )
  return JSON.stringify(reply).includes('"Held"')
}

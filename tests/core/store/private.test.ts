import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCore } from '../../../src/main/core/create-core.ts'
import { memorySecrets, type Platform } from '../../../src/main/core/ports.ts'

/** What anybody but the owner may do with it, as the last two digits of its mode. */
async function openness(path: string, found: string[] = []): Promise<string[]> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) found.push(`${path} ${(mode & 0o777).toString(8)}`)
  if ((await stat(path)).isDirectory()) for (const name of await readdir(path)) await openness(join(path, name), found)
  return found
}

describe.skipIf(process.platform === 'win32')('a library on disk', () => {
  let home: string
  let library: string
  const before = process.umask()

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'galley-private-'))
    library = join(home, 'Library')
    process.umask(0)
  })
  afterEach(async () => {
    process.umask(before)
    await rm(home, { recursive: true, force: true })
  })

  const platform: Platform = {
    capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
    secrets: memorySecrets(),
    fetch: globalThis.fetch,
    resources: resolve('resources'),
    exportFolder: '/nowhere',
    chooseFolder: async () => null,
    reveal: async () => undefined,
    openLink: async () => undefined
  }
  const open = () => createCore({ library, platform })
  async function write(core: Awaited<ReturnType<typeof open>>): Promise<void> {
    const context = { connectionId: 'test', signal: new AbortController().signal }
    expect(await core.dispatch({ id: 1, call: 'app.addSample', input: {} } as never, context)).toMatchObject({
      ok: true
    })
  }

  it('is its owner’s alone from the first moment, pictures and backups included, whatever the umask', async () => {
    const core = await open()
    expect(await openness(library)).toEqual([])
    await write(core)
    expect(await openness(library)).toEqual([])
    await core.close()
    expect(await openness(library)).toEqual([])
  })

  it('is taken from the others where an earlier Galley left it open', async () => {
    const core = await open()
    await write(core)
    await core.close()
    await mkdir(join(library, 'old'), { mode: 0o755 })
    await writeFile(join(library, 'old', 'file'), '', { mode: 0o644 })
    await chmod(library, 0o755)
    for (const name of ['galley.db', 'library.json', 'galley.lock']) await chmod(join(library, name), 0o644)
    const again = await open()
    expect(await openness(library)).toEqual([])
    await again.close()
  })
})

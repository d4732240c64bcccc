import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Core } from '../../../src/main/core/core.ts'
import { createCore } from '../../../src/main/core/create-core.ts'
import { memorySecrets, type Platform } from '../../../src/main/core/ports.ts'
import { contract, type Contract } from '../../../src/shared/contract/contract.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../../src/shared/rpc/client.ts'

const platform: Platform = {
  capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
  fetch: globalThis.fetch,
  resources: resolve('resources'),
  secrets: memorySecrets(),
  exportFolder: tmpdir(),
  chooseFolder: async () => null,
  reveal: async () => undefined,
  openLink: async () => undefined
}

describe('recovery through the contract', () => {
  let folder: string
  let elsewhere: string
  const cores: Core[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-recovery-'))
    elsewhere = await mkdtemp(join(tmpdir(), 'galley-second-'))
  })
  afterEach(async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
    await rm(elsewhere, { recursive: true, force: true })
  })

  async function open(): Promise<Connection<Contract>['call']> {
    const core = await createCore({ library: folder, platform, checkOutputs: true })
    cores.push(core)
    return createClient(contract, {
      request: (request, signal) =>
        core.dispatch({ id: 1, ...request }, { connectionId: 'test', signal: signal ?? new AbortController().signal }),
      onPush: (listener) => core.subscribe(listener)
    }).call
  }
  async function close(): Promise<void> {
    for (const core of cores.splice(0)) await core.close()
  }
  const headline = async (call: Connection<Contract>['call'], id: string): Promise<string> =>
    (await call.stories.get({ id })).fields.headline
  async function change(call: Connection<Contract>['call'], id: string, to: string): Promise<void> {
    const { revision } = await call.stories.get({ id })
    await call.stories.patchFields({ id, baseRevision: revision, changeId: newId(), fields: { headline: to } })
  }
  /** Damages the stored text of a story, as a flipped bit would. */
  function damage(id: string): void {
    const raw = new BetterSqlite3(join(folder, 'galley.db'))
    raw
      .prepare(
        `UPDATE article_content SET fields = replace(fields, '"headline":"', '"headline":"X') WHERE seq = (SELECT seq FROM articles WHERE id = ?)`
      )
      .run(id)
    raw.close()
  }

  it('lists backups with what is in them, and restores one story and all, keeping today’s in the history', async () => {
    const call = await open()
    const { id: first } = await call.stories.create({ fields: { headline: 'First' } })
    const { id: second } = await call.stories.create({ fields: { headline: 'Second' } })
    await call.recovery.backUp({})
    await change(call, first, 'First, later')
    await change(call, second, 'Second, later')
    const { id: third } = await call.stories.create({ fields: { headline: 'Third' } })
    const [backup] = await call.recovery.backups({})
    expect(backup).toMatchObject({ place: 'library', stories: 2, whole: true })
    const listed = await call.recovery.stories({ backup: backup!.id })
    expect(listed.map((one) => [one.headline, one.backedUp.revision, one.now?.revision])).toEqual([
      ['Second', 1, 2],
      ['First', 1, 2]
    ])
    expect((await call.recovery.stories({ backup: backup!.id, text: 'firs' })).map((one) => one.storyId)).toEqual([
      first
    ])
    expect((await call.recovery.story({ backup: backup!.id, storyId: first })).fields.headline).toBe('First')

    await call.recovery.restore({ backup: backup!.id, storyId: first })
    expect(await headline(call, first)).toBe('First')
    const history = await call.revisions.list({ storyId: first })
    expect(history.map((one) => one.headline)).toContain('First, later')

    expect(await call.recovery.restoreAll({ backup: backup!.id })).toEqual({ restored: 2 })
    expect(await headline(call, second)).toBe('Second')
    expect(await headline(call, third)).toBe('Third')
  })

  it('reads and restores only what is listed, whatever name it is given', async () => {
    const call = await open()
    const { id } = await call.stories.create({})
    await expect(call.recovery.stories({ backup: 'library:../galley.db' })).rejects.toMatchObject({
      code: 'invalid_input'
    })
    const gone = 'library:galley-000000000099-20260101.db'
    await expect(call.recovery.restore({ backup: gone, storyId: id })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('says which backup is damaged', async () => {
    const call = await open()
    await call.stories.create({ fields: { headline: 'A' } })
    await call.recovery.backUp({})
    const [name] = await readdir(join(folder, 'backups'))
    await truncate(join(folder, 'backups', name!), 9000)
    expect(await call.recovery.backups({})).toMatchObject([{ whole: false }])
  })

  it('offers the whole versions of a damaged story at once, and puts the chosen one in place', async () => {
    const call = await open()
    const { id } = await call.stories.create({ fields: { headline: 'One' } })
    await call.recovery.backUp({})
    await change(call, id, 'Two')
    await call.stories.settle({ id })
    await close()
    damage(id)
    const again = await open()
    // The list says it; the text is not shown as if it were whole.
    await expect(again.stories.get({ id })).rejects.toMatchObject({ code: 'damaged' })
    const versions = await again.recovery.versions({ storyId: id })
    expect(versions[0]).toMatchObject({ id: 'best', from: 'best' })
    expect(versions.map(({ from }) => from)).toContain('backup')
    for (const { id: version, headline: says } of versions) {
      expect((await again.recovery.version({ storyId: id, version })).fields.headline).toBe(says)
    }
    const mended = await again.recovery.mend({ storyId: id, version: 'best' })
    expect(mended.fields.headline).toBe(versions[0]!.headline)
    expect(await headline(again, id)).toBe(mended.fields.headline)
    await change(again, id, 'Goes on')
    expect(
      (await readdir(join(folder, 'quarantine'))).filter((name) => name.endsWith(`story-${id}.json`))
    ).toHaveLength(1)
    await close()
    expect(await headline(await open(), id)).toBe('Goes on')
  })

  it('restores a damaged story from a chosen backup', async () => {
    const call = await open()
    const { id } = await call.stories.create({ fields: { headline: 'Kept' } })
    await call.recovery.backUp({})
    await close()
    damage(id)
    const again = await open()
    const chosen = (await again.recovery.versions({ storyId: id })).find(({ from }) => from === 'backup')!
    expect((await again.recovery.mend({ storyId: id, version: chosen.id })).fields.headline).toBe('Kept')
  })

  it('tells what happened until somebody has seen it', async () => {
    const call = await open()
    await call.stories.create({ fields: { headline: 'A' } })
    await close()
    await writeFile(join(folder, 'galley.db'), '')
    const { recovery } = await open()
    const state = await recovery.state({})
    expect(state.notices).toMatchObject([{ kind: 'restored', why: 'empty', stories: 1, lost: [] }])
    expect(state.quarantine.files.length).toBeGreaterThan(0)
    await close()
    const again = await open()
    expect((await again.recovery.state({})).notices).toEqual(state.notices)
    await again.recovery.seen({})
    expect((await again.recovery.state({})).notices).toEqual([])
    await close()
    expect((await (await open()).recovery.state({})).notices).toEqual([])
  })

  it('copies backups to a second folder, and says when that is not there', async () => {
    const call = await open()
    const place = join(elsewhere, 'disk')
    await mkdir(place)
    await call.settings.set({ backupFolder: place })
    await call.stories.create({ fields: { headline: 'A' } })
    await call.recovery.backUp({})
    const { second } = await call.recovery.state({})
    expect(second).toMatchObject({ problem: null, newestAt: expect.any(String) })
    expect(second.folder.startsWith(place)).toBe(true)
    expect((await call.recovery.backups({})).map((one) => [one.place, one.whole])).toEqual(
      expect.arrayContaining([
        ['library', true],
        ['second', true]
      ])
    )
    await rename(place, `${place}-away`)
    await call.stories.create({ fields: { headline: 'B' } })
    await call.recovery.backUp({})
    expect((await call.recovery.state({})).second.problem).toBe('missing')
    expect(existsSync(place)).toBe(false)
    // Only the library's own is left; a story comes back from the second place all the same once it is there.
    await rename(`${place}-away`, place)
    await rm(join(folder, 'backups'), { recursive: true })
    const [only] = await call.recovery.backups({})
    expect(only).toMatchObject({ place: 'second', stories: 1 })
    expect((await call.recovery.stories({ backup: only!.id })).map((one) => one.headline)).toEqual(['A'])
  })
})

import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Core } from '../../../src/main/core/core.ts'
import { createCore } from '../../../src/main/core/create-core.ts'
import { memorySecrets, type Platform } from '../../../src/main/core/ports.ts'
import { contract } from '../../../src/shared/contract/contract.ts'
import { createClient, type Connection, type Transport } from '../../../src/shared/rpc/client.ts'
import type { Contract } from '../../../src/shared/contract/contract.ts'
import { newId } from '../../../src/shared/lib/id.ts'

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

describe('the library through the contract', () => {
  let folder: string
  const cores: Core[] = []
  const log: string[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-core-library-'))
    log.length = 0
  })
  afterEach(async () => {
    for (const core of cores.splice(0).reverse()) await core.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(): Promise<Connection<Contract>> {
    const core = await createCore({ library: folder, platform, checkOutputs: true, log: (line) => log.push(line) })
    cores.push(core)
    const transport: Transport = {
      request: (request, signal) =>
        core.dispatch({ id: 1, ...request }, { connectionId: 'test', signal: signal ?? new AbortController().signal }),
      onPush: (listener) => core.subscribe(listener)
    }
    return createClient(contract, transport)
  }
  const close = async (): Promise<void> => {
    for (const core of cores.splice(0).reverse()) await core.close()
  }

  it('lists, counts and finds what was written', async () => {
    const { call } = await open()
    const { id } = await call.stories.create({ fields: { headline: 'Viaduct closes', section: 'World' } })
    await call.stories.create({ fields: { headline: 'Other' } })
    expect(
      (await call.library.page({ filter: {}, sort: 'headline', descending: false, limit: 10 })).rows.map(
        ({ headline }) => headline
      )
    ).toEqual(['Other', 'Viaduct closes'])
    expect(await call.library.counts({})).toEqual({ byStatus: { draft: 2 }, sections: ['World'], languages: ['en'] })
    const found = async (text: string): Promise<number> =>
      (await call.library.search({ text, filter: {}, order: 'newest', limit: 10 })).hits.length
    expect(await found('viaduct')).toBe(1)
    await call.stories.patchFields({ id, baseRevision: 1, changeId: newId(), fields: { standfirst: 'Pigeons' } })
    expect(await found('pigeons')).toBe(1)
    // A whole article pasted there is sought by its beginning.
    expect(await found('pigeons '.repeat(1000))).toBe(1)
  })

  it('is searchable at once when opened again, and has a backup', async () => {
    const first = await open()
    await first.call.stories.create({ fields: { headline: 'Viaduct closes' } })
    await close()
    const { call } = await open()
    expect(
      (await call.library.search({ text: 'viad', filter: {}, order: 'best', limit: 10 })).hits[0]?.headline
    ).toEqual(['', 'Viad', 'uct closes'])
    expect((await call.app.doctor({})).filter(({ ok }) => !ok)).toEqual([])
    expect((await call.app.doctor({})).find(({ check }) => check === 'backups')?.found).toEqual({
      key: 'health.backups',
      params: { kept: 1, behind: 0 }
    })
  })

  it('opens for reading only beside another Galley, and says so', async () => {
    const first = await open()
    await first.call.stories.create({ fields: { headline: 'H' } })
    const second = await open()
    expect((await second.call.app.info({})).library).toMatchObject({
      readOnly: true,
      readOnlyReason: { key: 'store.openElsewhere' }
    })
    expect(
      (await second.call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 10 })).rows
    ).toHaveLength(1)
    await expect(second.call.stories.create({})).rejects.toMatchObject({ code: 'read_only' })
    expect((await second.call.app.doctor({})).find(({ check }) => check === 'lock')).toMatchObject({ ok: false })
  })

  it('has the doctor name what is wrong', async () => {
    const first = await open()
    const { id } = await first.call.stories.create({ fields: { headline: 'H' } })
    const sample = await first.call.app.addSample({})
    const { fields } = await first.call.stories.get({ id: sample.id })
    const picture = fields.leadImage?.mediaId
    expect(picture).toBeTruthy()
    await close()
    await writeFile(join(folder, 'media', picture!.slice(0, 2), picture!), 'not the picture')
    await writeFile(join(folder, 'galley.db'), 'not the library')
    const { call } = await open()
    const bad = (await call.app.doctor({})).filter(({ ok }) => !ok)
    expect(bad.map(({ check }) => check)).toEqual(['opening', 'pictures'])
    expect(bad[1] && sentence(en, bad[1].found)).toMatch(/^Damaged: .+ Add them again\.$/)
    expect((await call.stories.get({ id })).fields.headline).toBe('H')
    expect(log.join()).toContain('on opening: kind restored')
  })
})

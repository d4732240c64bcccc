import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contract, type Contract } from '../../../src/shared/contract/contract.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../../src/shared/rpc/client.ts'
import { Receiver } from '../../../src/main/practice-cms/receiver.ts'
import { createCore } from '../../../src/main/core/create-core.ts'
import type { Core } from '../../../src/main/core/core.ts'
import { memorySecrets, type Platform } from '../../../src/main/core/ports.ts'
import { temporaryFolder } from './newsroom.ts'

let folder: string
let core: Core
let desk: Connection<Contract>

beforeEach(async () => {
  folder = temporaryFolder()
  await open()
})
afterEach(async () => {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  const refuse = () => Promise.reject(new Error('not here'))
  const platform: Platform = {
    capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
    fetch: globalThis.fetch,
    resources: resolve('resources'),
    secrets: memorySecrets(),
    exportFolder: join(folder, 'exports'),
    chooseFolder: refuse,
    reveal: refuse,
    openLink: refuse
  }
  core = await createCore({
    library: join(folder, 'library'),
    platform,
    startPractice: Receiver.start,
    checkOutputs: true
  })
  let id = 0
  desk = createClient(contract, {
    request: (request) =>
      core.dispatch({ ...request, id: (id += 1) }, { connectionId: 'test', signal: new AbortController().signal }),
    onPush: (listener) => core.subscribe(listener)
  })
}

it('from nothing to a published page, over the contract and nothing else', async () => {
  const { publishing, stories } = desk.call
  expect(await publishing.practice({})).toEqual({ running: false, url: null, target: null })
  const { target } = await publishing.startPractice({})
  expect(await publishing.testTarget({ id: target.id })).toMatchObject({ ok: true })
  const { id: storyId } = await stories.create({
    fields: { headline: 'Bridge opens' },
    body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: 'At last.' }] }] }
  })
  const done = new Promise<void>((resolve) =>
    desk.on('outboxChanged', ({ item }) => {
      if (item.state === 'done') resolve()
    })
  )
  const queued = await publishing.publish({ storyId, targetId: target.id, revision: 1, changeId: newId() })
  await done
  const [item] = await publishing.outbox({ storyId })
  expect(item).toMatchObject({ id: queued.id, state: 'done' })
  expect(await publishing.outbox({ open: true })).toEqual([])
  expect(await (await fetch(item?.receipt?.url ?? '')).text()).toContain('At last.')
  expect(await publishing.remote({ id: queued.id })).toMatchObject({ headline: 'Bridge opens', text: 'At last.' })
  expect(await stories.summary({ id: storyId })).toMatchObject({ status: 'published' })
  await publishing.stopPractice({})
  await publishing.removeTarget({ id: target.id })
  expect(await publishing.targets({})).toEqual([])
})

it('answers mistakes in plain words', async () => {
  const { publishing } = desk.call
  for (const attempt of [
    publishing.retry({ id: newId() }),
    publishing.cancel({ id: newId() }),
    publishing.overwrite({ id: newId(), etag: '' }),
    publishing.remote({ id: newId() }),
    publishing.removeTarget({ id: newId() })
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: 'not_found', next: expect.any(String) })
  }
  await expect(publishing.saveTarget({ name: 'X', kind: 'open', url: 'http://cms.example.org' })).rejects.toMatchObject(
    { code: 'invalid_input' }
  )
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { createCore } from '../../src/main/core/create-core.ts'
import type { Core } from '../../src/main/core/core.ts'
import { memorySecrets } from '../../src/main/core/ports.ts'
import { Receiver } from '../../src/main/practice-cms/receiver.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../src/shared/rpc/client.ts'

const RESOURCES = resolve(import.meta.dirname, '../../resources')

/** A whole core at work, as a window drives it, and everything that it does to a library's files. */
export class FaultDesk {
  readonly folder: string
  readonly library: string
  #core: Core | null = null
  #connection: Connection<Contract> | null = null
  #first = ''
  #second = ''

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'galley-fault-desk-'))
    this.library = join(this.folder, 'Library')
  }

  get call(): Connection<Contract>['call'] {
    if (!this.#connection) throw new Error('It is not open')
    return this.#connection.call
  }

  async open(): Promise<void> {
    const core = await createCore({
      library: this.library,
      startPractice: Receiver.start,
      platform: {
        capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
        fetch: globalThis.fetch,
        resources: RESOURCES,
        secrets: memorySecrets(),
        exportFolder: join(this.folder, 'Exports'),
        chooseFolder: async () => null,
        reveal: async () => undefined,
        openLink: async () => undefined
      }
    })
    this.#core = core
    this.#connection = createClient(contract, {
      request: (request, signal = new AbortController().signal) =>
        core.dispatch({ id: 0, ...request }, { connectionId: 'faults', signal }),
      onPush: (listener) => core.subscribe(listener)
    })
    this.#first = (await this.#create('First', 1)).id
    this.#second = (await this.#create('Second', 3000)).id
    await this.call.publishing.startPractice({})
  }

  /** Everything that a person's work does to a library, each to be cut short. */
  operations(): readonly { readonly name: string; readonly run: () => Promise<unknown> }[] {
    const { call } = this
    const operation = (name: string, run: () => Promise<unknown>) => ({ name, run })
    return [
      operation('make a story', () => this.#create('Third', 500)),
      operation('type', () => this.#type(this.#first, 'A line.')),
      operation('type much', () => this.#type(this.#second, 'A long line. '.repeat(700))),
      operation('change fields', () => this.#fields(this.#first, { headline: 'First, changed', section: 'World' })),
      operation('change status', () => this.#status(this.#first, 'ready')),
      operation('settle', () => call.stories.settle({ id: this.#second })),
      operation('settings', () => call.settings.set({ deskName: `Desk ${newId().slice(-4)}` })),
      operation('duplicate', async () => {
        this.#second = (await call.stories.duplicate({ id: this.#second })).id
      }),
      operation('restore a version', () => call.revisions.restore({ storyId: this.#second, revision: 1 })),
      operation('add a picture', () => this.#picture()),
      operation('back up', () => call.recovery.backUp({})),
      operation('start the log anew', () => this.#restartLog()),
      operation('type in a new log', () => this.#type(this.#first, 'In the new log.')),
      operation('publish', () => this.#publish()),
      operation('export', () => call.exports.write({ ids: [this.#first, this.#second], formats: ['html', 'json'] })),
      operation('move to the trash', async () => {
        await call.stories.trash({ ids: [(await this.#create('Not wanted', 3)).id] })
      }),
      operation('restore from a backup', () => this.#restoreFromBackup()),
      operation('start the log anew', () => this.#restartLog()),
      operation('settings in a new log', () => call.settings.set({ siteUrl: 'https://example.org' }))
    ]
  }

  async close(): Promise<void> {
    await this.#core?.close()
    this.#core = null
    rmSync(this.folder, { recursive: true, force: true })
  }

  #create(headline: string, length: number) {
    return this.call.stories.create({
      fields: { headline },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: `${headline}. `.repeat(length) }] }] }
    })
  }

  async #base(id: string) {
    const { revision } = await this.call.stories.summary({ id })
    return { id, baseRevision: revision, changeId: newId() }
  }

  async #type(id: string, text: string): Promise<void> {
    await this.call.stories.patchBody({
      ...(await this.#base(id)),
      patch: [{ op: 'insert', after: null, block: { id: newId(), type: 'paragraph', runs: [{ text }] } }]
    })
  }

  async #fields(id: string, fields: { headline: string; section: string }): Promise<void> {
    await this.call.stories.patchFields({ ...(await this.#base(id)), fields })
  }

  async #status(id: string, status: 'ready'): Promise<void> {
    await this.call.stories.setStatus({ ...(await this.#base(id)), status })
  }

  async #picture(): Promise<void> {
    const core = this.#core
    if (!core) return
    const bytes = readFileSync(join(RESOURCES, 'samples/harbour-bridge.jpg'))
    const { upload } = await core.receive(
      (async function* () {
        yield bytes
      })()
    )
    await this.call.media.add({ name: 'bridge.jpg', upload })
  }

  async #publish(): Promise<void> {
    const { target } = await this.call.publishing.practice({})
    const { id } = await this.#create('To be published', 20)
    const { revision } = await this.call.stories.get({ id })
    if (!target) throw new Error('The practice CMS has gone')
    const item = await this.call.publishing.publish({ storyId: id, targetId: target.id, revision, changeId: newId() })
    for (;;) {
      const [now] = await this.call.publishing.outbox({ storyId: id })
      if (now?.id === item.id && now.state === 'done') return
      if (now && ['paused', 'conflict', 'refused', 'cancelled'].includes(now.state))
        throw new Error(`Publishing ended in ${now.state}`)
      await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
    }
  }

  async #restoreFromBackup(): Promise<void> {
    const [backup] = await this.call.recovery.backups({})
    if (backup) await this.call.recovery.restore({ backup: backup.id, storyId: this.#first })
  }

  /** As SQLite does by itself when the log has grown and nobody reads: folds it, and begins at its top with the next save. */
  async #restartLog(): Promise<void> {
    const other = new BetterSqlite3(join(this.library, 'galley.db'))
    const [{ busy }] = other.pragma('wal_checkpoint(RESTART)') as [{ busy: number }]
    other.close()
    if (busy !== 0) throw new Error('Somebody reads: the log cannot begin anew')
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { listBackups } from '../../../src/main/core/store/backup.ts'
import { verifyFile } from '../../../src/main/core/store/integrity-check.ts'
import { acquireLock } from '../../../src/main/core/store/lock.ts'
import { openLibrary } from '../../../src/main/core/store/open-library.ts'
import { Store } from '../../../src/main/core/store/store.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('opening a library', () => {
  let folder: string
  const children: ChildProcess[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-open-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  const storiesOf = (store: Store): StoriesService =>
    new StoriesService({
      store,
      clock: new ManualClock(),
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })

  /** Another Galley process on the same library that saves without end, naming each acknowledged revision. */
  async function writer(): Promise<{
    child: ChildProcess
    id: string
    acknowledged: () => number
    save(): Promise<void>
  }> {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/writing-process.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    children.push(child)
    const lines = createInterface({ input: child.stdout! })
    let revision = 0
    let id = ''
    const next: (() => void)[] = []
    lines.on('line', (line) => {
      const [what, value] = line.split(' ')
      if (what === 'story') id = value!
      else revision = Number(value)
      for (const resolve of next.splice(0)) resolve()
    })
    const save = (): Promise<void> => new Promise((resolve) => next.push(resolve))
    while (revision < 2) await save()
    return { child, id, acknowledged: () => revision, save }
  }

  it('has one writer; who comes later reads, and is told why', async () => {
    const first = await openLibrary(folder)
    const { id } = storiesOf(first.store).create({ fields: { headline: 'H' } })
    const second = await openLibrary(folder)
    expect(second).toMatchObject({ lock: null, readOnlyReason: { key: 'store.openElsewhere' } })
    expect(second.store.readOnly).toBe(true)
    expect(storiesOf(second.store).get(id).fields.headline).toBe('H')
    expect(() => storiesOf(second.store).create({})).toThrow(expect.objectContaining({ code: 'read_only' }))
    second.close()
    first.close()
    const third = await openLibrary(folder)
    expect(third.readOnlyReason).toBeNull()
    third.close()
  })

  it('is possible again the moment a killed process is gone, with every acknowledged save', async () => {
    for (let round = 0; round < 5; round++) {
      const { child, id, acknowledged, save } = await writer()
      expect(acquireLock(folder)).toBeNull()
      for (let n = 0; n < 3 + round * 7; n++) await save()
      child.kill('SIGKILL')
      await once(child, 'exit')
      const opened = await openLibrary(folder)
      expect(opened).toMatchObject({ readOnlyReason: null, notices: [] })
      const story = storiesOf(opened.store).get(id)
      expect(story.revision).toBeGreaterThanOrEqual(acknowledged())
      expect(story.body.blocks).toHaveLength(story.revision - 1)
      opened.close()
      expect(verifyFile(join(folder, 'galley.db'), true)!.problems).toEqual([])
    }
  }, 60_000)

  it('takes a lock file that is no lock for debris', async () => {
    await writeFile(join(folder, 'galley.lock'), 'not a database '.repeat(100))
    const lock = acquireLock(folder)
    expect(lock).not.toBeNull()
    lock!.release()
  })

  it('prepares no statement for each of the stories it compares with their last saves', async () => {
    const prepare = vi.spyOn(BetterSqlite3.prototype, 'prepare')
    const preparedOnOpening = async (): Promise<number> => {
      prepare.mockClear()
      const { store, close } = await openLibrary(folder)
      const { length } = prepare.mock.calls
      const stories = storiesOf(store)
      for (let n = 0; n < 30; n++) stories.create({ fields: { headline: `Story ${n}` } })
      close()
      return length
    }
    try {
      await preparedOnOpening()
      const few = await preparedOnOpening()
      expect(few).toBeGreaterThan(0)
      expect(await preparedOnOpening()).toBe(few)
    } finally {
      prepare.mockRestore()
    }
  })

  it('asks once for the last saves of all stories, and reads the texts of a few, where it was closed properly', async () => {
    const statement = Object.getPrototypeOf(
      new BetterSqlite3(':memory:').prepare('SELECT 1')
    ) as BetterSqlite3.Statement
    const asked = vi.spyOn(statement, 'get')
    const askedOnOpening = async (more: number): Promise<number> => {
      asked.mockClear()
      const { store, close } = await openLibrary(folder)
      const { length } = asked.mock.calls
      const stories = storiesOf(store)
      for (let n = 0; n < more; n++) stories.create({ fields: { headline: `Story ${n}` } })
      close()
      return length
    }
    try {
      await askedOnOpening(30)
      const few = await askedOnOpening(30)
      expect(few).toBeGreaterThan(0)
      expect(await askedOnOpening(0)).toBe(few)
    } finally {
      asked.mockRestore()
    }
  })

  it('remembers whether it was closed properly', async () => {
    const state = async (): Promise<unknown> => JSON.parse(await readFile(join(folder, 'library.json'), 'utf8'))
    const opened = await openLibrary(folder)
    const marker = await state()
    expect(marker).toMatchObject({ format: 1, state: 'open' })
    opened.close()
    expect(await state()).toEqual({ ...(marker as object), state: 'closed' })
    opened.close()
  })

  it('refuses a library of a newer Galley and leaves every byte of it alone', async () => {
    const store = Store.open(folder)
    storiesOf(store).create({})
    store.connection().raw.pragma('user_version = 99')
    store.close()
    const before = await readFile(join(folder, 'galley.db'))
    await expect(openLibrary(folder)).rejects.toMatchObject({ code: 'unsupported' })
    expect((await readFile(join(folder, 'galley.db'))).equals(before)).toBe(true)
    const lock = acquireLock(folder)
    expect(lock).not.toBeNull()
    lock!.release()
    expect(listBackups(folder)).toEqual([])
  })
})

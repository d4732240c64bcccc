import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RecoveryNotice } from '../../src/shared/contract/recovery.ts'
import { systemClock } from '../../src/shared/lib/clock.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { Events } from '../../src/main/core/events.ts'
import { makeBackup } from '../../src/main/core/store/backup.ts'
import { copyLibrary } from '../../src/main/core/store/copy-library.ts'
import { openLibrary, type OpenedLibrary } from '../../src/main/core/store/open-library.ts'
import { StoriesService } from '../../src/main/core/stories/stories.ts'

/** The files of a library that a fault may hit; the rest follows from them. */
export const FILES = ['galley.db', 'galley.db-wal', 'galley.mark', 'library.json'] as const

export type Files = Map<string, Buffer>

/** A moment of a library's life: its files as they are on disk, and what had been acknowledged by then. */
export interface Moment {
  readonly files: Files
  readonly acknowledged: ReadonlyMap<string, number>
}

/** A library that works, and every moment after an acknowledged change of it. */
export class Subject {
  readonly folder: string
  readonly acknowledged = new Map<string, number>()
  readonly texts = new Map<string, Set<string>>()
  #opened: OpenedLibrary | null = null
  #stories: StoriesService | null = null

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'galley-faults-'))
  }

  get opened(): OpenedLibrary {
    if (!this.#opened) throw new Error('It is closed')
    return this.#opened
  }

  get stories(): StoriesService {
    if (!this.#stories) throw new Error('It is closed')
    return this.#stories
  }

  async open(): Promise<readonly RecoveryNotice[]> {
    this.#opened = await openLibrary(this.folder)
    this.#stories = new StoriesService({
      store: this.#opened.store,
      clock: systemClock,
      events: new Events(() => undefined),
      desk: () => ({ zone: 'UTC', language: 'en' })
    })
    return this.#opened.notices
  }

  close(): void {
    this.#opened?.close()
    this.#opened = null
    this.#stories = null
  }

  create(headline: string, length = 1): string {
    const text = `${headline}. `.repeat(length)
    const { id } = this.stories.create({
      fields: { headline },
      body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [{ text }] }] }
    })
    this.#saved(id)
    return id
  }

  type(id: string, text: string): void {
    const { revision } = this.stories.get(id)
    this.stories.patchBody({ id, baseRevision: revision, changeId: newId() }, [
      { op: 'insert', after: 'a', block: { id: `b${revision}`, type: 'paragraph', runs: [{ text }] } }
    ])
    this.#saved(id)
  }

  async backUp(): Promise<void> {
    const { store } = this.opened
    await makeBackup(this.folder, {
      now: Date.now(),
      copy: async (target) => {
        const answer = await copyLibrary(store.connection().raw, target)
        if (!answer) throw new Error('The copy was stopped')
        return answer
      }
    })
  }

  moment(): Moment {
    return { files: this.files(), acknowledged: new Map(this.acknowledged) }
  }

  files(): Files {
    return new Map(
      FILES.flatMap((name): [string, Buffer][] =>
        existsSync(join(this.folder, name)) ? [[name, readFileSync(join(this.folder, name))]] : []
      )
    )
  }

  /** Puts files in place as a fault has left them; nothing of a recovery before stays. */
  put(files: Files): void {
    for (const name of [...FILES, 'galley.db-shm', 'recovery.json', 'restored.db'])
      rmSync(join(this.folder, name), { force: true })
    rmSync(join(this.folder, 'quarantine'), { recursive: true, force: true })
    mkdirSync(this.folder, { recursive: true })
    for (const [name, bytes] of files) writeFileSync(join(this.folder, name), bytes)
  }

  /** What a story's text is; null where there is none, or it says that it is damaged. */
  held(id: string): { revision: number; text: string } | null {
    try {
      const story = this.stories.get(id)
      return { revision: story.revision, text: JSON.stringify([story.fields.headline, story.body.blocks]) }
    } catch {
      return null
    }
  }

  remove(): void {
    this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #saved(id: string): void {
    const held = this.held(id)
    if (!held) throw new Error('What was just saved cannot be read')
    this.acknowledged.set(id, held.revision)
    const texts = this.texts.get(id) ?? new Set<string>()
    texts.add(held.text)
    this.texts.set(id, texts)
  }
}

/** A small generator of numbers that gives the same ones for the same seed (mulberry32). */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

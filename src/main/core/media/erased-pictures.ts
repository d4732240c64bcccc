import { rmSync } from 'node:fs'
import type { Clock } from '../../../shared/lib/clock.ts'
import { deleteMedia, ownFilesMadeFrom, picturesInUseSince, usesMark, type UsesMark } from '../store/picture-uses.ts'
import type { LibraryReader } from '../store/reader/client.ts'
import type { WritableDb } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import type { MediaService } from './media.ts'

export interface ErasedPicturesOptions {
  readonly store: Store
  readonly media: MediaService
  readonly clock: Clock
  readonly reader: Pick<LibraryReader, 'picturesOf' | 'picturesInUse'>
  /** A transaction that finds the rows of the list in step with what has been typed. */
  readonly inStep: <T>(name: string, body: (db: WritableDb) => T) => T
  readonly log: (line: string) => void
}

/** When pictures that could not go yet are looked at again, in milliseconds. */
const LATER = 60 * 60_000
/** Pictures that go before others get their turn. */
const AT_ONCE = 20

/**
 * The pictures of stories that are deleted for good leave the disk, once nothing else in the library uses them. What
 * uses them is asked of a worker that reads everything; what came since then is looked at again in the moment they go.
 */
export class ErasedPictures {
  readonly #options: ErasedPicturesOptions
  /** Those nobody may need any more. What could not be let go yet is looked at again later. */
  readonly #waiting = new Set<string>()
  #sweeping: Promise<void> = Promise.resolve()
  #cancelLater: (() => void) | null = null
  readonly #stop = new AbortController()

  constructor(options: ErasedPicturesOptions) {
    this.#options = options
  }

  /** The pictures of stories that are about to be deleted. Of stories that cannot be read: none, so that they stay. */
  async of(storyIds: readonly string[]): Promise<readonly string[]> {
    try {
      return await this.#options.reader.picturesOf(storyIds, this.#stop)
    } catch {
      // The stories are deleted anyway; their pictures stay.
      return []
    }
  }

  /** The stories are gone: what nothing else uses of their pictures goes too, behind whoever works. */
  release(pictures: readonly string[]): void {
    if (pictures.length === 0) return
    for (const id of pictures) this.#waiting.add(id)
    this.#plan()
  }

  /** Resolves when nothing is on its way out at this moment. */
  async quiet(): Promise<void> {
    await this.#sweeping
  }

  /** Pictures that have not gone by now stay. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#cancelLater?.()
    await this.#sweeping
  }

  #plan(): void {
    this.#cancelLater?.()
    this.#cancelLater = null
    this.#sweeping = this.#sweeping.then(() => this.#sweep())
  }

  async #sweep(): Promise<void> {
    const { reader, inStep, clock, log } = this.#options
    const ids = [...this.#waiting]
    // A story that damage took may still come back from a backup, and wants its pictures.
    if (this.#options.store.damageSeen) return
    try {
      const mark = inStep('look for pictures', usesMark)
      const used = new Set(await reader.picturesInUse(ids, this.#stop))
      for (const id of used) this.#waiting.delete(id)
      const free = ids.filter((id) => !used.has(id))
      for (let at = 0; at < free.length && !this.#stop.signal.aborted; at += AT_ONCE) {
        this.#letGo(free.slice(at, at + AT_ONCE), mark)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } catch (error) {
      if (!this.#stop.signal.aborted)
        log(`pictures of deleted stories stay for now: ${error instanceof Error ? error.message : 'unknown'}`)
    }
    if (this.#waiting.size > 0 && !this.#stop.signal.aborted)
      this.#cancelLater ??= clock.after(LATER, () => this.#plan())
  }

  /** In one go, so that nobody comes in between: looked at once more, files away, then what the library knows of them. */
  #letGo(ids: readonly string[], mark: UsesMark): void {
    const { store, media, inStep } = this.#options
    const used = new Set(inStep('look for pictures', (db) => picturesInUseSince(db, ids, mark)))
    const gone: string[] = []
    for (const id of ids) {
      if (used.has(id)) this.#waiting.delete(id)
      if (used.has(id) || media.isJustAdded(id)) continue
      try {
        const made = store.read((db) => ownFilesMadeFrom(db, id))
        for (const file of [...made.map((sha) => media.displayFile(sha)), media.file(id)]) rmSync(file, { force: true })
        gone.push(id)
      } catch {
        // A file that somebody else holds open stays, and what the library knows of it.
      }
    }
    if (gone.length === 0) return
    store.write('let pictures go', (db) => {
      for (const id of gone) deleteMedia(db, id)
    })
    for (const id of gone) {
      media.forget(id)
      this.#waiting.delete(id)
    }
  }
}

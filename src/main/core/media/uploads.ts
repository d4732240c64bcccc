import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { MAX_PICTURE_BYTES } from '../../../shared/contract/media.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { fileError } from '../files/write-atomic.ts'

/** Bytes that came in and that a call may now name. */
export interface Upload {
  readonly upload: string
  /** Bytes. */
  readonly size: number
}

/** Uploads that nobody has named yet; more would fill the disk with what a window forgot. */
const MOST_UNCLAIMED = 64

/**
 * Large files on their way in: streamed to the disk piece by piece, never whole in memory, and then named in a call by
 * their id. What is not named before Galley ends is gone.
 */
export class Uploads {
  readonly #folder: string
  readonly #readOnly: boolean
  readonly #unclaimed = new Map<string, string>()
  #isReady: Promise<void> | null = null

  constructor(library: string, readOnly: boolean) {
    this.#folder = join(library, 'incoming')
    this.#readOnly = readOnly
  }

  /**
   * Takes a body in, to its last byte and onto the disk. Throws `too_large` as soon as it is, `storage_full`,
   * `read_only`, `storage_failed`, and whatever the body throws; nothing stays behind then.
   */
  async receive(body: AsyncIterable<Uint8Array>): Promise<Upload> {
    if (this.#readOnly) throw new GalleyError('read_only', say('galley.readOnly'))
    if (this.#unclaimed.size >= MOST_UNCLAIMED) await this.#forgetOldest()
    const upload = randomUUID()
    const path = join(this.#folder, upload)
    try {
      await (this.#isReady ??= this.#prepare().catch((error: unknown) => {
        this.#isReady = null
        throw error
      }))
      const file = await open(path, 'wx', 0o600)
      let size = 0
      try {
        for await (const piece of body) {
          size += piece.byteLength
          if (size > MAX_PICTURE_BYTES) throw tooLarge()
          await file.writeFile(piece)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      this.#unclaimed.set(upload, path)
      return { upload, size }
    } catch (error) {
      await unlink(path).catch(() => undefined)
      throw fileError(error)
    }
  }

  /** The file of an upload, the caller's from now on to move or delete. Throws `not_found`. */
  claim(upload: string): string {
    const path = this.#unclaimed.get(upload)
    if (path === undefined) {
      throw new GalleyError('not_found', say('media.noUpload'), { detail: { upload } })
    }
    this.#unclaimed.delete(upload)
    return path
  }

  /** What an earlier run left behind was named by nobody and never will be. */
  async #prepare(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
  }

  async #forgetOldest(): Promise<void> {
    for (const [upload, path] of this.#unclaimed) {
      this.#unclaimed.delete(upload)
      await unlink(path).catch(() => undefined)
      return
    }
  }
}

/** Too many bytes for one file. */
function tooLarge(): GalleyError {
  return new GalleyError('too_large', say('media.fileTooLarge', { limit: MAX_PICTURE_BYTES / 1024 / 1024 }))
}

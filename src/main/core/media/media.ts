import { mkdir, rename, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MAX_PICTURE_BYTES, type AddedMedia, type MediaAsset } from '../../../shared/contract/media.ts'
import { MediaId } from '../../../shared/document/image-use.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { fileError, syncFolder, writeAtomic } from '../files/write-atomic.ts'
import { PictureWorkers } from './picture-workers.ts'
import { sha256 } from './stored-file.ts'
import { Uploads } from './uploads.ts'
import { getDisplay, getMedia, putMedia } from '../store/media.ts'
import type { Store } from '../store/store.ts'

/** Widths a picture is served at; other widths are rounded up to these so that the cache stays small. */
const WIDTHS = [200, 400, 800, 1200, 1600, 2400] as const
/** So long a picture that came in may be on its way into a story, in milliseconds. */
const ON_ITS_WAY = 60 * 60_000
/** Scaled pictures kept in memory. */
const MOST_SCALED = 60

/** Pictures under their own SHA-256 in `<library>/media`, never changed once written. */
export class MediaService {
  readonly uploads: Uploads
  readonly workers = new PictureWorkers()
  readonly #store: Store
  readonly #clock: Clock
  readonly #scaled = new Map<string, Uint8Array>()
  /** When a picture last came in, in this run. */
  readonly #added = new Map<string, number>()

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.uploads = new Uploads(store.folder, store.readOnly)
  }

  /** Ends the workers; whoever still waits gets `cancelled`. */
  async close(): Promise<void> {
    await this.workers.close()
  }

  /**
   * Takes an upload in as a picture. The same bytes again are the same picture. Throws `not_found` for an upload that is
   * not there, and `invalid_input`, `too_large` or `unsupported` in plain words for what is no picture; nothing is kept
   * then.
   */
  async addUpload(name: string, upload: string, signal?: AbortSignal): Promise<AddedMedia> {
    const file = this.uploads.claim(upload)
    try {
      const { isDamaged, leavesAsStill, display, id, ...facts } = await this.workers.inspect({ file, name }, signal)
      this.#added.set(id, this.#clock.now())
      const added = (asset: MediaAsset): AddedMedia => ({ ...asset, isDamaged, leavesAsStill })
      const known = this.find(id)
      if (known?.type === facts.type && (await this.#isIntact(id))) return added(known)
      const shown = display && sha256(display)
      if (display && shown) await this.#keepDisplay(shown, display)
      const asset: MediaAsset = { id, name: known?.name ?? name, size: await this.#place(file, id), ...facts }
      const at = new Date(this.#clock.now()).toISOString()
      this.#store.write('add picture', (db) => putMedia(db, asset, shown, at))
      return added(asset)
    } finally {
      await unlink(file).catch(() => undefined)
    }
  }

  /** The same for bytes that are in memory: samples, and pictures inside an imported story. */
  async add(name: string, bytes: Uint8Array): Promise<AddedMedia> {
    if (bytes.byteLength > MAX_PICTURE_BYTES)
      throw new GalleyError('too_large', say('media.tooLarge', { name, limit: MAX_PICTURE_BYTES / 1024 / 1024 }))
    const { upload } = await this.uploads.receive(oneByOne([bytes]))
    return await this.addUpload(name, upload)
  }

  get(id: string): MediaAsset {
    const asset = this.find(id)
    if (!asset) throw new GalleyError('not_found', say('media.noSuchPicture'), { detail: { id } })
    return asset
  }

  find(id: string): MediaAsset | undefined {
    return this.#store.read((db) => getMedia(db, id))
  }

  /** Where the bytes are, as they were added. */
  file(id: string): string {
    return join(this.#store.folder, 'media', id.slice(0, 2), id)
  }

  /** The bytes as they were added. Throws `not_found`, or `damaged` when the file is not what was written. */
  async read(id: string): Promise<Uint8Array> {
    this.get(id)
    return await this.workers.read({ file: this.file(id), id })
  }

  /** It came in a short while ago: whoever brought it may not have saved the story it is for. */
  isJustAdded(id: string): boolean {
    const at = this.#added.get(id)
    return at !== undefined && Math.abs(this.#clock.now() - at) < ON_ITS_WAY
  }

  /** The picture is no longer in the library. */
  forget(id: string): void {
    this.#added.delete(id)
    for (const key of this.#scaled.keys()) if (key.startsWith(`${id}@`)) this.#scaled.delete(key)
  }

  /** For a window: the picture, scaled down to at least `width` pixels where it is wider. Null when there is none. */
  async picture(id: string, width?: number): Promise<{ type: string; bytes: Uint8Array } | null> {
    const asset = MediaId.safeParse(id).success ? this.find(id) : undefined
    if (!asset) return null
    const display = this.#store.read((db) => getDisplay(db, id))
    const original = { file: this.file(id), id, type: asset.type }
    const show = async (scaledTo: number | null): Promise<{ type: string; bytes: Uint8Array }> => {
      if (display === null) return await this.workers.show({ ...original, width: scaledTo })
      const shown = { file: this.displayFile(display), id: display, type: 'image/jpeg', width: scaledTo }
      // Where the JPEG is lost the original is decoded again.
      return await this.workers.show(shown).catch(() => this.workers.show({ ...original, width: scaledTo }))
    }
    const step = width === undefined ? undefined : WIDTHS.find((candidate) => candidate >= width)
    if (step === undefined || step >= asset.width || asset.type === 'image/gif') return await show(null)
    const key = `${id}@${step}`
    let bytes = this.#scaled.get(key)
    if (!bytes) {
      bytes = (await show(step)).bytes
      this.#scaled.set(key, bytes)
      for (const oldest of this.#scaled.keys()) {
        if (this.#scaled.size <= MOST_SCALED) break
        this.#scaled.delete(oldest)
      }
    }
    return { type: 'image/webp', bytes }
  }

  /** A JPEG shown in place of a picture that no browser can show. */
  displayFile(sha: string): string {
    return join(this.#store.folder, 'renditions', sha.slice(0, 2), sha)
  }

  async #keepDisplay(sha: string, bytes: Uint8Array): Promise<void> {
    const file = this.displayFile(sha)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeAtomic(file, bytes, { existing: 'replace', mode: 0o600 })
  }

  /**
   * Gives an upload, which is on the disk already, its name for good. Two characters of fan-out: no folder grows to
   * tens of thousands of files.
   */
  async #place(file: string, id: string): Promise<number> {
    const target = this.file(id)
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(file, target)
      await syncFolder(dirname(target))
      return (await stat(target)).size
    } catch (error) {
      throw fileError(error)
    }
  }

  async #isIntact(id: string): Promise<boolean> {
    return this.read(id).then(
      () => true,
      () => false
    )
  }
}

async function* oneByOne(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

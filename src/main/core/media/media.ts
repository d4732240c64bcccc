import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { MAX_PICTURE_BYTES, type MediaAsset } from '../../../shared/contract/media.ts'
import { MediaId } from '../../../shared/document/image-use.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { writeAtomic } from '../files/write-atomic.ts'
import { getMedia, putMedia } from '../store/media.ts'
import type { Store } from '../store/store.ts'
import { readPhotoMetadata } from './photo-metadata.ts'

/** Kinds of picture a browser shows and a CMS takes; SVG is left out because it can carry scripts. */
const TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  heif: 'image/avif'
}
/** More pixels than this are a decompression bomb rather than a photograph. */
const MAX_PIXELS = 120_000_000
/** Widths a picture is served at; other widths are rounded up to these so that the cache stays small. */
const WIDTHS = [200, 400, 800, 1200, 1600, 2400] as const

/** Pictures under their own SHA-256 in `<library>/media`, never changed once written. */
export class MediaService {
  readonly #store: Store
  readonly #clock: Clock
  readonly #scaled = new Map<string, Uint8Array>()

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** The same bytes again are the same picture. Throws `too_large` or `unsupported` in plain words. */
  async add(name: string, bytes: Uint8Array): Promise<MediaAsset> {
    if (bytes.byteLength > MAX_PICTURE_BYTES) {
      throw new GalleyError('too_large', `“${name}” is larger than ${MAX_PICTURE_BYTES / 1024 / 1024} MB.`, {
        next: 'Save a smaller version of the picture and add that.'
      })
    }
    const id = createHash('sha256').update(bytes).digest('hex')
    const known = this.#store.read((db) => getMedia(db, id))
    if (known && (await this.#intact(id))) return known
    const asset: MediaAsset = {
      id,
      name,
      size: bytes.byteLength,
      ...(await inspect(name, bytes)),
      metadata: await readPhotoMetadata(bytes)
    }
    await mkdir(this.#folder(id), { recursive: true, mode: 0o700 })
    await writeAtomic(this.#path(id), bytes, { existing: 'replace', mode: 0o600 })
    this.#store.write('add picture', (db) => putMedia(db, asset, new Date(this.#clock.now()).toISOString()))
    return asset
  }

  get(id: string): MediaAsset {
    const asset = this.find(id)
    if (!asset) throw new GalleyError('not_found', 'There is no such picture in this library.', { detail: { id } })
    return asset
  }

  find(id: string): MediaAsset | undefined {
    return this.#store.read((db) => getMedia(db, id))
  }

  /** The bytes as they were added. Throws `not_found`, or `damaged` when the file is not what was written. */
  async read(id: string): Promise<Uint8Array> {
    this.get(id)
    const bytes = await readFile(this.#path(id)).catch((error: unknown) => {
      throw new GalleyError('not_found', 'The file of this picture is missing from the library.', {
        next: 'Add the picture again.',
        detail: { id },
        cause: error
      })
    })
    if (createHash('sha256').update(bytes).digest('hex') !== id) {
      throw new GalleyError('damaged', 'The file of this picture is damaged.', {
        next: 'Add the picture again.',
        detail: { id }
      })
    }
    return new Uint8Array(bytes)
  }

  /** For a window: the picture, scaled down to at least `width` pixels where it is wider. Null when there is none. */
  async picture(id: string, width?: number): Promise<{ type: string; bytes: Uint8Array } | null> {
    const asset = MediaId.safeParse(id).success ? this.find(id) : undefined
    if (!asset) return null
    const step = width === undefined ? undefined : WIDTHS.find((candidate) => candidate >= width)
    if (step === undefined || step >= asset.width || asset.type === 'image/gif')
      return { type: asset.type, bytes: await this.read(id) }
    const key = `${id}@${step}`
    let bytes = this.#scaled.get(key)
    if (!bytes) {
      bytes = new Uint8Array(
        await sharp(await this.read(id), { limitInputPixels: MAX_PIXELS })
          .rotate()
          .resize({ width: step })
          .webp({ quality: 82 })
          .toBuffer()
      )
      this.#scaled.set(key, bytes)
      for (const oldest of this.#scaled.keys()) {
        if (this.#scaled.size <= 60) break
        this.#scaled.delete(oldest)
      }
    }
    return { type: 'image/webp', bytes }
  }

  async #intact(id: string): Promise<boolean> {
    return this.read(id).then(
      () => true,
      () => false
    )
  }

  /** Two characters of fan-out, so that no folder grows to tens of thousands of files. */
  #folder(id: string): string {
    return join(this.#store.folder, 'media', id.slice(0, 2))
  }

  #path(id: string): string {
    return join(this.#folder(id), id)
  }
}

async function inspect(name: string, bytes: Uint8Array): Promise<{ type: string; width: number; height: number }> {
  const unsupported = (cause?: unknown): GalleyError =>
    new GalleyError('unsupported', `“${name}” is not a picture Galley can use.`, {
      next: 'Use a JPEG, PNG, WebP, GIF or AVIF file.',
      cause
    })
  const found = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch((error: unknown) => {
      throw unsupported(error)
    })
  const type = TYPES[found.format]
  if (!type) throw unsupported()
  const turned = (found.orientation ?? 1) >= 5
  return { type, width: turned ? found.height : found.width, height: turned ? found.width : found.height }
}

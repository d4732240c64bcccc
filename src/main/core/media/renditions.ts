import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MediaAsset } from '../../../shared/contract/media.ts'
import type { ImageUse, MediaId } from '../../../shared/document/image-use.ts'
import type { Clock } from '../../../shared/lib/clock.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { pictureUses, withPictureUses } from '../../../shared/story/pictures.ts'
import { slugify } from '../../../shared/story/slug.ts'
import type { Story } from '../../../shared/story/story.ts'
import { safeStem } from '../files/safe-name.ts'
import { writeAtomic } from '../files/write-atomic.ts'
import { getDisplay } from '../store/media.ts'
import { findRenditions, getRendition, putRendition, type RenditionRow } from '../store/renditions.ts'
import type { Store } from '../store/store.ts'
import type { MediaService } from './media.ts'
import type { PictureWords } from './picture-words.ts'

/** A picture as it may leave the desk, in memory. */
export interface Rendition {
  /** Of the rendition: its own digest, size and name. */
  readonly asset: MediaAsset
  readonly bytes: Uint8Array
}

export interface RenditionsOptions {
  readonly store: Store
  readonly media: MediaService
  readonly clock: Clock
}

/** A slot with a picture in it. */
export type FilledUse = ImageUse & { readonly mediaId: MediaId }

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif'
}

/**
 * What leaves the desk instead of the original picture: upright, without the camera's and the agency's own data, with
 * the desk's words, named by its own SHA-256. Exporting makes renditions on the fly; those of an approved story are
 * kept in `<library>/renditions`, because the story names them until it has been sent. Originals are never touched and
 * never leave.
 */
export class RenditionsService {
  readonly #options: RenditionsOptions

  constructor(options: RenditionsOptions) {
    this.#options = options
  }

  /**
   * One use as it leaves; nothing is stored. `stem` begins its file name, for the name a picture came with may say more
   * than readers should know. Throws `not_found` or `damaged` for an original that cannot be read.
   */
  async make(use: FilledUse, stem: string, signal?: AbortSignal): Promise<Rendition> {
    const { media, store } = this.#options
    const original = media.get(use.mediaId)
    const words = wordsOf(use, original)
    const display = store.read((db) => getDisplay(db, original.id))
    const render = (
      file: string,
      id: string
    ): Promise<Omit<MediaAsset, 'name' | 'metadata' | 'size'> & Pick<Rendition, 'bytes'>> =>
      media.workers.rendition({ file, id, words }, signal)
    const { bytes, ...made } =
      display === null
        ? await render(media.file(original.id), original.id)
        : // The original is decoded again where the JPEG made from it is gone.
          await render(media.displayFile(display), display).catch(() => render(media.file(original.id), original.id))
    const name = `${safeStem(stem, 60, 'picture')}-${made.id.slice(0, 12)}.${EXTENSIONS[made.type] ?? 'bin'}`
    return { asset: { ...made, name, size: bytes.byteLength, metadata: {} }, bytes }
  }

  /** Makes and keeps the rendition of every picture of a story that is about to be approved. Throws as `make` does. */
  async prepare(story: Pick<Story, 'fields' | 'body'>, signal?: AbortSignal): Promise<void> {
    const made: RenditionRow[] = []
    let placed = Promise.resolve()
    for (const use of filledUses(story)) {
      const words = wordsOf(use, this.#options.media.get(use.mediaId))
      if (this.#kept(use) || made.some((one) => one.originalId === use.mediaId && sameWords(one.words, words))) continue
      const { asset, bytes } = await this.make(use, pictureStem(story), signal)
      await placed
      // The disk takes one while the next is made.
      placed = this.#place(asset.id, bytes)
      placed.catch(() => undefined)
      made.push({ ...asset, originalId: use.mediaId, words })
    }
    await placed
    if (made.length === 0) return
    const { store, clock } = this.#options
    const at = new Date(clock.now()).toISOString()
    // Without the approval that follows nobody names them.
    store.writeUnsynced('keep renditions', (db) => {
      for (const row of made) putRendition(db, row, at)
    })
  }

  /**
   * The story as it leaves: each use names its rendition. Throws `not_found` for a picture that is not in the library.
   * Only for a story that `prepare` was called with.
   */
  leaving<S extends Pick<Story, 'fields' | 'body'>>(story: S): S {
    return withPictureUses(story, (use) => {
      if (!isFilled(use)) return use
      const id = this.#kept(use)
      if (!id) throw new Error('A picture of an approved story was not prepared')
      return { ...use, mediaId: id }
    })
  }

  /** A rendition that was kept; for what an earlier Galley approved, the picture itself. Throws `not_found`. */
  get(id: string): MediaAsset {
    const { store, media } = this.#options
    const row = store.read((db) => getRendition(db, id))
    if (!row) return media.get(id)
    const { name, type, width, height, size } = row
    return { id, name, type, width, height, size, metadata: {} }
  }

  /** Its bytes; one whose file was lost is made again. Throws `not_found` or `damaged`. */
  async read(id: string): Promise<Uint8Array> {
    const { store, media } = this.#options
    const row = store.read((db) => getRendition(db, id))
    if (!row) return await media.read(id)
    const kept = await media.workers.read({ file: this.#file(id), id }).catch(() => null)
    if (kept) return kept
    const { bytes, id: remade } = await media.workers.rendition({
      file: media.file(row.originalId),
      id: row.originalId,
      words: row.words
    })
    if (remade !== id) {
      throw new GalleyError('damaged', say('media.renditionLost'), { detail: { id } })
    }
    return bytes
  }

  /** The picture in this library that a rendition was made from; null if it is not one of ours. */
  originalOf(id: string): MediaId | null {
    return this.#options.store.read((db) => getRendition(db, id))?.originalId ?? null
  }

  #kept(use: FilledUse): MediaId | undefined {
    const { store, media } = this.#options
    const words = wordsOf(use, media.get(use.mediaId))
    return store.read((db) => findRenditions(db, use.mediaId)).find((row) => sameWords(row.words, words))?.id
  }

  async #place(id: string, bytes: Uint8Array): Promise<void> {
    const file = this.#file(id)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeAtomic(file, bytes, { existing: 'replace', mode: 0o600 })
  }

  #file(id: string): string {
    return join(this.#options.store.folder, 'renditions', id.slice(0, 2), id)
  }
}

/** Every use that has a picture, each once for each set of words. */
export function filledUses(story: Pick<Story, 'fields' | 'body'>): FilledUse[] {
  return pictureUses(story).filter(isFilled)
}

/** What a story's pictures are called when they leave. */
export function pictureStem({ fields }: Pick<Story, 'fields'>): string {
  return fields.slug || slugify(fields.headline)
}

function isFilled(use: ImageUse): use is FilledUse {
  return use.mediaId !== null
}

/** The desk has no field for the copyright notice; the picture's own is the photographer's right and stays with it. */
function wordsOf({ caption, credit, alt }: ImageUse, { metadata }: MediaAsset): PictureWords {
  return { caption, credit, alt, copyright: metadata.copyright?.value ?? '' }
}

function sameWords(a: PictureWords, b: PictureWords): boolean {
  return a.caption === b.caption && a.credit === b.credit && a.copyright === b.copyright && a.alt === b.alt
}

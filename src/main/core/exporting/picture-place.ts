import { lstat, readFile } from 'node:fs/promises'
import type { ExportOptions } from '../../../shared/contract/exports.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { makeFolders } from '../files/make-folders.ts'
import { inside } from '../files/safe-name.ts'
import { fileError, syncFolder, writeAtomic } from '../files/write-atomic.ts'
import type { Rendition } from '../media/renditions.ts'
import type { PlacedPicture } from './formats.ts'

/** Where the pictures of one story go. */
export interface PicturePlace {
  put(rendition: Rendition): Promise<PlacedPicture>
  /** After the last one. */
  finish(): Promise<void>
}

/** Into the page itself. */
export class PicturesInside implements PicturePlace {
  async put({ asset, bytes }: Rendition): Promise<PlacedPicture> {
    return { asset, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
  }

  async finish(): Promise<void> {
    // Nothing lies anywhere yet.
  }
}

/** Into a folder beside the page, before it, so that no page names a picture that is not there yet. */
export class PicturesBeside implements PicturePlace {
  readonly #path: string
  readonly #name: string
  readonly #existing: ExportOptions['existing']
  #isMade = false

  constructor(folder: string, name: string, existing: ExportOptions['existing']) {
    this.#path = inside(folder, name)
    this.#name = name
    this.#existing = existing
  }

  async put({ asset, bytes }: Rendition): Promise<PlacedPicture> {
    if (!this.#isMade) await makeFolder(this.#path)
    this.#isMade = true
    await putPicture(inside(this.#path, asset.name), bytes, this.#existing)
    return { asset, file: `${this.#name}/${asset.name}` }
  }

  async finish(): Promise<void> {
    if (this.#isMade) await syncFolder(this.#path)
  }
}

/** A folder of that name that is a link would take the pictures out of the chosen folder. */
async function makeFolder(path: string): Promise<void> {
  try {
    await makeFolders(path)
  } catch (error) {
    throw fileError(error)
  }
  if ((await lstat(path)).isSymbolicLink()) throw new GalleyError('refused', say('exporting.picturesAreALink'))
}

/** Its name holds its digest, so a file of that name is the same picture, unless somebody put another there. */
async function putPicture(path: string, bytes: Uint8Array, existing: ExportOptions['existing']): Promise<void> {
  try {
    await writeAtomic(path, bytes, { existing: existing === 'replace' ? 'replace' : 'fail', syncFolder: false })
  } catch (error) {
    if (!(error instanceof GalleyError) || error.code !== 'conflict') throw error
    if (!Buffer.from(bytes).equals(await readFile(path))) throw error
  }
}

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** A picture on disk. `id`: what the SHA-256 of its bytes must be. */
export interface StoredFile {
  readonly file: string
  readonly id: string
}

/** Its bytes. Throws `not_found`, or `damaged` when they are not what was written. */
export async function readStored({ file, id }: StoredFile): Promise<Buffer> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new GalleyError('not_found', say('media.fileMissing'), { detail: { id }, cause })
  })
  if (sha256(bytes) !== id) throw new GalleyError('damaged', say('media.fileDamaged'), { detail: { id } })
  return bytes
}

/** In hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

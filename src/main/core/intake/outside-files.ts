import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import type { Platform } from '../ports.ts'
import { MAX_INTAKE_BYTES, megabytes } from './decode.ts'

interface OutsideFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Pages and texts a person has chosen outside the window, in the system's dialog or by opening a file with Galley. A
 * window gets their content and names, never their paths, and only of files a person has pointed at.
 */
export function outsideFiles(platform: Pick<Platform, 'chooseFiles' | 'openedFile'>) {
  return {
    async choose(): Promise<{ files: OutsideFile[] }> {
      if (!platform.chooseFiles) throw new GalleyError('unsupported', say('hosts.noFileDialog'))
      return { files: await Promise.all((await platform.chooseFiles()).map(readWhole)) }
    },
    async opened(ticket: string): Promise<{ files: OutsideFile[] }> {
      const path = platform.openedFile?.(ticket) ?? null
      return { files: path === null ? [] : [await readWhole(path)] }
    }
  }
}

/** Reads no more than a page may have, and nothing endless. */
async function readWhole(path: string): Promise<OutsideFile> {
  const name = basename(path)
  let handle
  try {
    handle = await open(path, 'r')
    const about = await handle.stat()
    if (!about.isFile()) throw new Error('not a file')
    if (about.size > MAX_INTAKE_BYTES)
      throw new GalleyError('too_large', say('intake.tooLarge', { size: megabytes(about.size) }))
    const bytes = new Uint8Array(about.size)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    return { name, bytes: bytes.subarray(0, bytesRead) }
  } catch (error) {
    if (error instanceof GalleyError) throw error
    throw new GalleyError('not_found', say('hosts.cannotReadFile', { name }), { cause: error })
  } finally {
    await handle?.close()
  }
}

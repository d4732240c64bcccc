import { language } from '../../hosts/language.ts'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * Reads a file named on the command line, or standard input for "-". Throws `not_found` or `too_large`, for a file
 * before reading it.
 */
export async function readInput(path: string, maxBytes: number): Promise<{ name: string; bytes: Uint8Array }> {
  if (path === '-') {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      size += chunk.byteLength
      if (size > maxBytes) throw tooLarge(language.cli.standardInput, maxBytes)
      chunks.push(chunk)
    }
    return { name: language.cli.standardInput, bytes: new Uint8Array(Buffer.concat(chunks)) }
  }
  const about = await stat(path).catch(() => null)
  if (!about) throw new GalleyError('not_found', say('commandLine.noSuchFile', { path }))
  if (!about.isFile()) throw new GalleyError('unsupported', say('commandLine.notAFile', { path }))
  if (about.size > maxBytes) throw tooLarge(path, maxBytes)
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(path)) }
  } catch (error) {
    throw new GalleyError('storage_failed', say('commandLine.unreadableFile', { path }), { cause: error })
  }
}

function tooLarge(what: string, maxBytes: number): GalleyError {
  return new GalleyError('too_large', say('commandLine.tooLarge', { what, limit: maxBytes / 1024 / 1024 }))
}

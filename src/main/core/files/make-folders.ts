import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Each is asked for twice at most: where a folder answers that it cannot hold another because it is not there itself
 * (as those below /proc do), Node's own way of making a whole path never ends. Throws what the file system throws.
 */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    // What is there may be a file or a link: whoever writes into it finds out.
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolders(dirname(path))
    await mkdir(path)
  }
}

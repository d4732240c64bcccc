import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Each is asked for twice at most: where a folder says that it cannot hold another
 * because it is not there itself (as those below /proc do), Node's own way of making a whole path never ends. Throws
 * what the file system throws, `EEXIST` where something else has the name.
 */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST' && (await isFolder(path))) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolders(dirname(path))
    await mkdir(path)
  }
}

/** Also through a link; false for a link that leads nowhere. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

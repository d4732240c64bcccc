import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { contentTypes } from './page-headers.ts'

export interface RendererFile {
  readonly bytes: Uint8Array
  readonly type: string
  /** Its name contains a hash of its content, so it never changes. */
  readonly immutable: boolean
}

/**
 * The file of the built renderer for an address path, never one outside its folder. An address of the desk
 * (`/story/ID`) returns the page itself; null for a file that does not exist.
 */
export async function rendererFile(folder: string, pathname: string): Promise<RendererFile | null> {
  const path = decoded(pathname)
  if (path === null) return null
  const extension = extname(path)
  const isAddress = extension === '' || extension === '.html'
  const file = resolve(folder, isAddress ? 'index.html' : `.${path}`)
  if (!file.startsWith(resolve(folder) + sep)) return null
  const type = contentTypes[extname(file)]
  if (!type) return null
  try {
    return { bytes: await readFile(file), type, immutable: path.startsWith('/assets/') && !isAddress }
  } catch {
    return null
  }
}

function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return path.startsWith('/') && !path.includes('\0') && !path.includes('\\') ? path : null
  } catch {
    return null
  }
}

import { open, realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { MAX_PICTURE_BYTES } from '../../shared/contract/media.ts'

type Json = Record<string, unknown>

/**
 * The text of a story file with the pictures stored beside it embedded, so that they are imported too: those that
 * Galley JSON names in `media[].file`, and ninjs in the title of a rendition named by its digest. Only files below the
 * story file's folder are read; missing ones are left for the import to report.
 */
export async function withPicturesBeside(path: string, text: string): Promise<string> {
  const json = parsed(text)
  if (!json) return text
  const folder = await realpath(dirname(path)).catch(() => null)
  if (folder === null) return text
  let found = false
  const bytesOf = async (file: unknown): Promise<string | null> => {
    const bytes = typeof file === 'string' ? await readBelow(folder, file) : null
    if (bytes) found = true
    return bytes && bytes.toString('base64')
  }
  for (const one of objects(json['media'])) {
    if (one['bytes'] === undefined) one['bytes'] = (await bytesOf(one['file'])) ?? undefined
  }
  const associations = objects(Array.isArray(json['associations']) ? json['associations'] : [])
  for (const one of associations.flatMap((association) => objects(association['renditions']))) {
    if (typeof one['href'] !== 'string' || !one['href'].startsWith('ni:')) continue
    const base64 = await bytesOf(decoded(one['title']))
    if (base64 !== null) one['href'] = `data:${String(one['contentType'])};base64,${base64}`
  }
  return found ? JSON.stringify(json) : text
}

function parsed(text: string): Json | null {
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return isObject(json) ? json : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function decoded(path: unknown): string | null {
  try {
    return typeof path === 'string' ? decodeURIComponent(path) : null
  } catch {
    return null
  }
}

/**
 * Null for anything missing, not a file, too large for a picture, or not below the folder even after following links.
 */
async function readBelow(folder: string, file: string): Promise<Buffer | null> {
  if (file === '' || file.includes('\0')) return null
  const path = await realpath(join(folder, file)).catch(() => null)
  if (!path?.startsWith(folder + sep)) return null
  const handle = await open(path, 'r').catch(() => null)
  if (!handle) return null
  try {
    const about = await handle.stat()
    return about.isFile() && about.size <= MAX_PICTURE_BYTES ? await handle.readFile() : null
  } finally {
    await handle.close()
  }
}

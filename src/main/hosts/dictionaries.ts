import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Core } from '../core/core.ts'

const ADDRESS = /^\/dictionaries\/([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\.(aff|dic)$/

/** Whether an address is a dictionary's: `/dictionaries/TAG.aff` or `.dic`. */
export function isDictionaryAddress(pathname: string): boolean {
  return pathname.startsWith('/dictionaries/')
}

/**
 * One file of a language's dictionary: the library's own, or else the one shipped for the exact tag or for its first
 * part. Null if there is none, or if somebody removed it.
 */
export async function dictionaryFile(
  core: Pick<Core, 'dictionary'>,
  renderer: string,
  pathname: string
): Promise<Uint8Array | null> {
  const [, tag = '', ending] = ADDRESS.exec(pathname) ?? []
  if (ending !== 'aff' && ending !== 'dic') return null
  const own = await core.dictionary(tag, ending)
  if (own) return own
  for (const name of new Set([shippedTag(tag), tag.split('-')[0] ?? ''])) {
    const file = join(renderer, 'dictionaries', name, `${name}.${ending}`)
    const bytes = await readFile(file).catch(() => null)
    if (bytes) return bytes
  }
  return null
}

/** A tag in the form used for folder names: pt-PT. */
function shippedTag(tag: string): string {
  const [language = '', ...rest] = tag.split('-')
  return [language.toLowerCase(), ...rest.map((part) => (part.length === 2 ? part.toUpperCase() : part))].join('-')
}

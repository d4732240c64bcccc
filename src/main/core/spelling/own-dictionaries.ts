import { constants, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The largest Hunspell files have about 20 MB. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Dictionaries that users put into the library's `dictionaries` folder: pairs of files named after their language, such
 * as nl.aff and nl.dic or, more commonly, nl_NL.aff and nl_NL.dic.
 */
export class OwnDictionaries {
  readonly folder: string

  /** `library`: the library's folder. */
  constructor(library: string) {
    this.folder = join(library, 'dictionaries')
  }

  /** One file of the dictionary that best fits a language; null if none fits or one of its two files is missing. */
  async file(language: string, ending: 'aff' | 'dic'): Promise<Uint8Array | null> {
    const names = await readdir(this.folder).catch(() => [] as string[])
    const stem = best(language, pairs(names))
    return stem === null ? null : contents(join(this.folder, `${stem}.${ending}`))
  }
}

/** Reads plain files only: no links, no devices, nothing far too large. */
async function contents(path: string): Promise<Uint8Array | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (!file) return null
  try {
    const found = await file.stat()
    return found.isFile() && found.size <= MOST_BYTES ? await file.readFile() : null
  } catch {
    return null
  } finally {
    await file.close()
  }
}

/** The names, without extension, for which both files exist. */
function pairs(names: readonly string[]): string[] {
  return names
    .filter((name) => name.endsWith('.aff'))
    .map((name) => name.slice(0, -'.aff'.length))
    .filter((stem) => names.includes(`${stem}.dic`))
    .sort()
}

/** The exact tag first, then the language alone, then any of its regions if the tag names none. */
function best(language: string, stems: readonly string[]): string | null {
  const wanted = language.toLowerCase()
  const [base = ''] = wanted.split('-')
  const by = (fits: (tag: string) => boolean): string | undefined =>
    stems.find((stem) => fits(stem.toLowerCase().replaceAll('_', '-')))
  return (
    by((tag) => tag === wanted) ??
    by((tag) => tag === base) ??
    (wanted === base ? by((tag) => tag.startsWith(`${base}-`)) : undefined) ??
    null
  )
}

import type { LibrarySort } from '../../../shared/contract/library.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** Where in a sorted list a page ended. */
export interface PageKey {
  readonly key: number | string
  readonly seq: number
  /** How many rows have the same key up to and including this one, if known. */
  readonly equals: number | null
}

export function encodeCursor(sort: LibrarySort, descending: boolean, { key, seq, equals }: PageKey): string {
  return JSON.stringify([sort, descending, key, seq, equals])
}

/** Throws `invalid_input` for a cursor from another list. */
export function decodeCursor(cursor: string, sort: LibrarySort, descending: boolean): PageKey {
  let parts: unknown
  try {
    parts = JSON.parse(cursor)
  } catch {
    parts = null
  }
  if (
    Array.isArray(parts) &&
    parts.length === 5 &&
    parts[0] === sort &&
    parts[1] === descending &&
    Number.isSafeInteger(parts[3])
  ) {
    const key: unknown = parts[2]
    const equals: unknown = parts[4]
    if (sort === 'headline' ? typeof key === 'string' : Number.isSafeInteger(key)) {
      return {
        key: key as number | string,
        seq: parts[3] as number,
        equals: typeof equals === 'number' ? equals : null
      }
    }
  }
  throw new GalleyError('invalid_input', say('store.wrongPlaceInList'))
}

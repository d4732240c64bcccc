import type { LibraryFacets, LibraryPage, SearchPage } from '../../../../shared/contract/library.ts'
import type { WireError } from '../../../../shared/rpc/errors.ts'
import type { Reading } from '../database.ts'
import type { FacetsRequest } from '../library-facets.ts'
import type { PageRequest, readCounts } from '../library-pages.ts'
import type { SearchRequest } from '../search.ts'
import type { MadeFrom } from '../wire-items.ts'
import type { Message } from '../../../../shared/words/message.ts'

/** What can be requested of the reading worker, and what it returns. */
export interface ReaderCalls {
  readonly page: { readonly input: PageRequest; readonly output: LibraryPage }
  readonly search: { readonly input: SearchRequest; readonly output: SearchPage | null }
  /** The stories made from that wire item or page. */
  readonly madeFrom: { readonly input: { readonly itemId: string }; readonly output: readonly MadeFrom[] }
  readonly facets: { readonly input: FacetsRequest; readonly output: LibraryFacets }
  readonly ids: { readonly input: PageRequest; readonly output: readonly string[] }
  /** The pictures that stories mention. */
  readonly picturesOf: { readonly input: readonly string[]; readonly output: readonly string[] }
  /** Those of the pictures that something in the library still uses. */
  readonly picturesInUse: { readonly input: readonly string[]; readonly output: readonly string[] }
  readonly counts: { readonly input: null; readonly output: ReturnType<typeof readCounts> }
  /**
   * Checks whether a file is an intact library. For backups and the doctor; it may be another file than the worker's
   * own.
   */
  readonly verify: { readonly input: VerifyRequest; readonly output: VerifyAnswer | null }
  /**
   * Copies the worker's library into a new self-contained file and verifies the copy. Null when stopped; the file is
   * then useless.
   */
  readonly copy: { readonly input: { readonly target: string }; readonly output: VerifyAnswer | null }
}

export interface VerifyRequest {
  readonly file: string
  /** Checks every page and every checksum, not just the structure. */
  readonly full: boolean
}

export interface VerifyAnswer {
  /** What is wrong; empty if the file is intact. */
  readonly problems: readonly Message[]
  readonly stories: number
  readonly changeSeq: number
  readonly schema: number
  /** Stories, by seq, with a stored row that does not match its checksum. */
  readonly damagedStories: readonly number[]
}

export type ReaderCall = keyof ReaderCalls

export interface ReaderRequest {
  readonly id: number
  readonly call: ReaderCall
  readonly input: unknown
  /** One cell, set to 1 when nobody waits for the reply any more. */
  readonly stop: SharedArrayBuffer
}

export type ReaderReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError }

export interface ReaderData {
  readonly file: string
  readonly reading: Reading
}

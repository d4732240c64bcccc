import type { LibraryFacets, LibraryPage, SearchPage } from '../../../../shared/contract/library.ts'
import type { WireError } from '../../../../shared/rpc/errors.ts'
import type { Reading } from '../database.ts'
import type { FacetsRequest } from '../library-facets.ts'
import type { PageRequest, readCounts } from '../library-pages.ts'
import type { SearchRequest } from '../search.ts'
import type { MadeFrom } from '../wire-items.ts'
import type { Message } from '../../../../shared/words/message.ts'

/** What can be asked of the reading worker, and what it answers. */
export interface ReaderCalls {
  readonly page: { readonly input: PageRequest; readonly output: LibraryPage }
  readonly search: { readonly input: SearchRequest; readonly output: SearchPage | null }
  /** The stories made from that item of an agency, or that page. */
  readonly madeFrom: { readonly input: { readonly itemId: string }; readonly output: readonly MadeFrom[] }
  readonly facets: { readonly input: FacetsRequest; readonly output: LibraryFacets }
  readonly ids: { readonly input: PageRequest; readonly output: readonly string[] }
  /** The pictures that stories name. */
  readonly picturesOf: { readonly input: readonly string[]; readonly output: readonly string[] }
  /** Those of the pictures that something in the library still uses. */
  readonly picturesInUse: { readonly input: readonly string[]; readonly output: readonly string[] }
  readonly counts: { readonly input: null; readonly output: ReturnType<typeof readCounts> }
  /** Is this file a whole library? For backups and the doctor; the file may be another than the worker's own. */
  readonly verify: { readonly input: VerifyRequest; readonly output: VerifyAnswer | null }
  /**
   * Copies the worker's library into a new file, which is alone, and looks the copy over. Null when stopped; the
   * file is then of no use.
   */
  readonly copy: { readonly input: { readonly target: string }; readonly output: VerifyAnswer | null }
}

export interface VerifyRequest {
  readonly file: string
  /** Every page and every checksum, rather than the structure alone. */
  readonly full: boolean
}

export interface VerifyAnswer {
  /** What is wrong; nothing when it is whole. */
  readonly problems: readonly Message[]
  readonly stories: number
  readonly changeSeq: number
  readonly schema: number
  /** Stories, by seq, of which a stored row does not match its checksum. */
  readonly damagedStories: readonly number[]
}

export type ReaderCall = keyof ReaderCalls

export interface ReaderRequest {
  readonly id: number
  readonly call: ReaderCall
  readonly input: unknown
  /** One cell, set to 1 when nobody waits for the answer any more. */
  readonly stop: SharedArrayBuffer
}

export type ReaderReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError }

export interface ReaderData {
  readonly file: string
  readonly reading: Reading
}

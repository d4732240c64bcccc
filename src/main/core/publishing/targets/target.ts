import type { WireError } from '../../../../shared/rpc/errors.ts'

/**
 * What a CMS said, sorted by what it means for a story that must get there exactly once. `message` is plain text for
 * the person, at most 500 characters.
 */
export type Answer =
  /** The story is there. `sha256` is over the canonical JSON of what was read back. Times in milliseconds UTC. */
  | {
      readonly kind: 'found'
      readonly sha256: string
      readonly etag: string
      readonly url: string | null
      readonly serverTime: number | null
      readonly text: string
      readonly contentType: string
    }
  | { readonly kind: 'absent'; readonly serverTime: number | null }
  /** The picture is there. */
  | { readonly kind: 'present' }
  /** Accepted; whether it is really there is asked next. */
  | { readonly kind: 'stored' }
  /** 409, 412: somebody else changed it. */
  | { readonly kind: 'changed'; readonly message: string }
  /** 401, 403. */
  | { readonly kind: 'unauthorised'; readonly message: string }
  /** Any 3xx: never followed, never counted as stored. */
  | { readonly kind: 'redirected'; readonly message: string }
  /** Understood and refused: 400, 413, 422 and other 4xx. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** 429, 503. `waitMs` where it said how long. */
  | { readonly kind: 'later'; readonly waitMs: number | null; readonly message: string }
  /** Other 5xx: it may have been stored all the same. */
  | { readonly kind: 'broken'; readonly message: string }
  /** No connection was made: certainly not sent. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** Cut or timed out on the way: maybe sent. */
  | { readonly kind: 'lost'; readonly message: string }
  /** An answer that is none of this contract: a sign-in page, half a JSON, far too many bytes. */
  | { readonly kind: 'odd'; readonly message: string }
  /** Ours, not the CMS's: a picture of the story cannot be read from the library. */
  | { readonly kind: 'unreadable'; readonly problem: WireError }
  /** The receipt is on disk. */
  | { readonly kind: 'written' }

/** What is sent, and under which name a repeat is known. */
export interface Sending {
  readonly storyId: string
  readonly contentType: string
  readonly payload: string
  readonly idempotencyKey: string
  /** The version it replaces; null for a story that is new there. */
  readonly ifMatch: string | null
}

/** A CMS as the outbox sees it. No method throws for what the other side or the network does. */
export interface CmsClient {
  findMedia(id: string, signal?: AbortSignal): Promise<Answer>
  sendMedia(id: string, type: string, bytes: Uint8Array, signal?: AbortSignal): Promise<Answer>
  sendArticle(sending: Sending, signal?: AbortSignal): Promise<Answer>
  lookUp(storyId: string, expectedBytes: number, signal?: AbortSignal): Promise<Answer>
  /** What the CMS's clock says, in milliseconds UTC; null where it does not say or cannot be asked. */
  time(signal?: AbortSignal): Promise<number | null>
  /** Who is there, asked with the secret; changes nothing. */
  about(signal?: AbortSignal): Promise<{ readonly ok: boolean; readonly message: string }>
}

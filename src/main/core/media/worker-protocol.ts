import type { WireError } from '../../../shared/rpc/errors.ts'
import type { InspectedPicture } from './inspect-picture.ts'
import type { StoredFile } from './stored-file.ts'
import type { PictureWords } from './picture-words.ts'

/** What can be asked of a worker for pictures, and what it returns. */
export interface PictureCalls {
  /** A new file, looked over whole. */
  readonly inspect: {
    readonly input: { readonly file: string; readonly name: string }
    readonly output: Transferred<InspectedPicture>
  }
  /** As it was added. */
  readonly read: { readonly input: StoredFile; readonly output: { readonly bytes: Uint8Array } }
  /** For a window: whole, or scaled down to `width` pixels. */
  readonly show: {
    readonly input: StoredFile & { readonly type: string; readonly width: number | null }
    readonly output: { readonly type: string; readonly bytes: Uint8Array }
  }
  /** What leaves. */
  readonly rendition: {
    readonly input: StoredFile & { readonly words: PictureWords }
    readonly output: {
      readonly id: string
      readonly type: string
      readonly width: number
      readonly height: number
      readonly bytes: Uint8Array
    }
  }
}

/** Buffers arrive from a worker as plain bytes. */
type Transferred<T> = { readonly [K in keyof T]: T[K] extends Buffer | null ? Uint8Array | null : T[K] }

export type PictureCall = keyof PictureCalls

export interface PictureRequest {
  readonly id: number
  readonly call: PictureCall
  readonly input: unknown
}

export type PictureReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WireError }

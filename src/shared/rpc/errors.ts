import { z } from 'zod'

/** Every way a call can fail that a person may have to deal with. Anything else is a bug and becomes `internal`. */
export const errorCodes = [
  'invalid_input', // what was sent does not fit the contract
  'not_found', // no such story, picture, target, …
  'conflict', // somebody else changed it first; nothing was overwritten
  'read_only', // the library is open elsewhere or the folder cannot be written
  'storage_full', // the disk is full; nothing was lost
  'storage_failed', // the disk answered with an error
  'damaged', // stored data does not match its checksum
  'too_large', // over a size limit that is named in the message
  'refused', // the other side understood and said no
  'unreachable', // no answer from the other side
  'cancelled', // the person stopped it
  'unsupported', // this host or this file kind cannot do it
  'busy', // already under way
  'internal' // a bug; details are in the log, not in the message
] as const
export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

export const WireError = z.object({
  code: ErrorCode,
  /** One plain sentence for the person at the desk. */
  message: z.string(),
  /** What the person can do next, as a sentence. */
  next: z.string().optional(),
  /** Facts for the program: never paths, stacks or secrets. */
  detail: z.record(z.string(), z.json()).optional()
})
export type WireError = z.infer<typeof WireError>

/** An expected failure. `message` and `next` are shown to people as they stand. */
export class GalleyError extends Error {
  readonly code: ErrorCode
  readonly next: string | undefined
  readonly detail: WireError['detail']

  constructor(
    code: ErrorCode,
    message: string,
    more: { next?: string; detail?: WireError['detail']; cause?: unknown } = {}
  ) {
    super(message, { cause: more.cause })
    this.name = 'GalleyError'
    this.code = code
    this.next = more.next
    this.detail = more.detail
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.next && { next: this.next }),
      ...(this.detail && { detail: this.detail })
    }
  }

  static fromWire(error: WireError): GalleyError {
    return new GalleyError(error.code, error.message, {
      ...(error.next && { next: error.next }),
      ...(error.detail && { detail: error.detail })
    })
  }
}

/** Turns whatever was thrown into what may leave the core. A bug keeps its message out of the wire. */
export function toWireError(thrown: unknown): WireError {
  if (thrown instanceof GalleyError) return thrown.toWire()
  return {
    code: 'internal',
    message: 'Something went wrong inside Galley. Your text is safe.',
    next: 'Try again; if it comes back, the log in the library folder says what happened.'
  }
}

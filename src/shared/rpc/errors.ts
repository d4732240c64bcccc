import { z } from 'zod'
import { en } from '../words/en/index.ts'
import { nextStep, sentence } from '../words/language.ts'
import { Message, say } from '../words/message.ts'

/** Every way a call can fail that a person may have to deal with. Anything else is a bug and becomes `internal`. */
export const errorCodes = [
  'invalid_input', // what was sent does not fit the contract
  'not_found', // no such story, picture, target, …
  'conflict', // somebody else changed it first; nothing was overwritten
  'read_only', // the library is open elsewhere or the folder cannot be written
  'storage_full', // the disk is full; nothing was lost
  'storage_failed', // the disk reported an error
  'damaged', // stored data does not match its checksum
  'too_large', // over a size limit that is named in the message
  'refused', // the other side understood and said no
  'unreachable', // no reply from the other side
  'cancelled', // the person stopped it
  'unsupported', // this host or this kind of file cannot do it
  'busy', // already under way
  'internal' // a bug; galley.log in the library folder has the details, the message has none
] as const
export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/**
 * A failure as it travels and as it is stored: what kind, and a message that becomes a sentence in the reader's
 * language (`sentence` and `nextStep` in words/language.ts).
 */
export const WireError = Message.extend({
  code: ErrorCode,
  /** Facts for the program: never paths, stacks or secrets. */
  detail: z.record(z.string(), z.json()).optional()
})
export type WireError = z.infer<typeof WireError>

/**
 * An expected failure. Its Error `message` is the English sentence, for logs and stack traces; a window shows `said` in
 * its own language.
 */
export class GalleyError extends Error {
  readonly code: ErrorCode
  readonly said: Message
  readonly detail: WireError['detail']

  constructor(code: ErrorCode, said: Message, more: { detail?: WireError['detail']; cause?: unknown } = {}) {
    super(sentence(en, said), { cause: more.cause })
    this.name = 'GalleyError'
    this.code = code
    this.said = said
    this.detail = more.detail
  }

  /** What the person can do next, in English: for logs. */
  get next(): string | undefined {
    return nextStep(en, this.said) ?? undefined
  }

  toWire(): WireError {
    return { code: this.code, ...this.said, ...(this.detail && { detail: this.detail }) }
  }

  static fromWire({ code, key, params, detail }: WireError): GalleyError {
    return new GalleyError(code, { key, ...(params && { params }) }, detail ? { detail } : {})
  }
}

/** A sentence that an older Galley stored as it was shown. */
function plainMessage(text: string, next?: string): Message {
  return say('legacy.sentence', next === undefined ? { text } : { text, next })
}

/** Turns whatever was thrown into what may leave the core. A bug keeps its message out of the wire. */
export function toWireError(thrown: unknown): WireError {
  return thrown instanceof GalleyError ? thrown.toWire() : { code: 'internal', ...say('galley.bug') }
}

/**
 * A stored failure. Older libraries hold the sentence itself, and what to do next beside it: both are shown as they
 * were written.
 */
export function storedError(stored: unknown): WireError {
  const current = WireError.safeParse(stored)
  if (current.success) return current.data
  const old = OldError.safeParse(stored)
  if (!old.success) return { code: 'internal', ...say('galley.bug') }
  const { code, message, next, detail } = old.data
  return { code, ...plainMessage(message, next), ...(detail && { detail }) }
}

/** A stored message; older libraries hold the sentence itself. */
export function storedMessage(stored: string): Message {
  if (!stored.startsWith('{')) return plainMessage(stored)
  try {
    return Message.parse(JSON.parse(stored))
  } catch {
    return plainMessage(stored)
  }
}

const OldError = WireError.omit({ key: true, params: true }).extend({
  message: z.string(),
  next: z.string().optional()
})

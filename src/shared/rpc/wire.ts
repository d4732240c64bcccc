import { z } from 'zod'
import { WireError } from './errors.ts'

/**
 * What travels over a transport. Electron's IPC clones it as it is; sockets carry it as text through `encode` and
 * `decode`.
 */
export const Request = z.object({ id: z.int().min(0), call: z.string().max(100), input: z.unknown().optional() })
export type Request = z.infer<typeof Request>

export const Cancel = z.object({ cancel: z.int().min(0) })
export type Cancel = z.infer<typeof Cancel>

/**
 * The first message of a connection: the id that identifies its changes (`storyChanged.by`). After a dropped socket it
 * is sent again with the requests still waiting for a reply, so that the host replies to those and stops the others,
 * and with the number of the last event received, so that the host sends the events that were lost.
 */
export const Hello = z.object({
  hello: z.uuid(),
  awaiting: z.array(z.int().min(0)).max(10_000).optional(),
  seen: z.int().min(0).optional()
})
export type Hello = z.infer<typeof Hello>

/** The desk is rendered and receives requests to show something. Until then a host queues them. */
export const Listening = z.object({ listening: z.literal(true) })
export type Listening = z.infer<typeof Listening>

/**
 * The host's answer to a hello: whether it still knew that connection and all its events, and the number of the last
 * event before the ones that follow.
 */
export const Welcome = z.object({ welcome: z.object({ resumed: z.boolean(), events: z.int().min(0) }) })
export type Welcome = z.infer<typeof Welcome>

export const Reply = z.union([
  z.object({ id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: WireError })
])
export type Reply = z.infer<typeof Reply>

export const Push = z.object({ event: z.string(), data: z.unknown() })
export type Push = z.infer<typeof Push>

/** Raw bytes are the one thing the contract carries that JSON cannot; they travel as base64 under this key. */
const BYTES = '$bytes'

export function encode(message: Request | Cancel | Hello | Listening | Welcome | Reply | Push): string {
  return JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? { [BYTES]: toBase64(value) } : value
  )
}

/** Parses one message; throws a SyntaxError on anything that is not JSON. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(BYTES in value)) return value
    const bytes = value[BYTES]
    return typeof bytes === 'string' && Object.keys(value).length === 1 ? fromBase64(bytes) : value
  })
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** How far the clocks of the two sides may be apart, in milliseconds. */
export const CLOCK_TOLERANCE = 5 * 60_000

export const TIME_HEADER = 'galley-time'
export const SIGNATURE_HEADER = 'galley-signature'

export interface Signed {
  readonly time: string
  readonly method: string
  /** Path and query as they stand in the request line. */
  readonly path: string
  readonly body: Uint8Array | string
}

/**
 * `v1=` and the HMAC-SHA256, in hex, of "galley-v1", time, method, path and the body's SHA-256 in hex, one to a line.
 */
export function sign(secret: string, { time, method, path, body }: Signed): string {
  const digest = createHash('sha256').update(body).digest('hex')
  return `v1=${createHmac('sha256', secret).update(['galley-v1', time, method.toUpperCase(), path, digest].join('\n')).digest('hex')}`
}

/** Null when the signature is right and of now; else why it is not. */
export function signatureFault(
  secret: string,
  signed: Omit<Signed, 'time'>,
  time: string | undefined,
  signature: string | undefined,
  now: number
): 'missing' | 'clock' | 'wrong' | null {
  if (!time || !signature) return 'missing'
  const at = Date.parse(time)
  if (Number.isNaN(at) || Math.abs(now - at) > CLOCK_TOLERANCE) return 'clock'
  const expected = Buffer.from(sign(secret, { ...signed, time }))
  const given = Buffer.from(signature)
  return expected.byteLength === given.byteLength && timingSafeEqual(expected, given) ? null : 'wrong'
}

/** RFC 9530. */
export function contentDigest(body: Uint8Array | string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * HTTP message signatures (RFC 9421) with hmac-sha256, over derived components and single-valued fields without
 * parameters: the part of the standard that the open endpoint uses.
 */

/** A secret both sides share, and its name: each desk has its own, and two while it is changing one. */
export interface SigningKey {
  readonly id: string
  /** Text stands for its UTF-8 bytes. */
  readonly secret: string | Uint8Array
}

export interface Message {
  readonly method: string
  /** Path and query as in the request line. */
  readonly target: string
  /** Host and port as in the Host field; only needed by a signature that covers it. */
  readonly authority?: string
  /** The value of a field by its lower-case name. */
  header(name: string): string | undefined
}

/** How far apart the clocks of the two sides may be, in seconds. */
export const CLOCK_TOLERANCE = 300

/** Fields that determine what a request does; those a request has are signed. */
export const SIGNED_FIELDS = ['content-digest', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'] as const

/** What every signature of the open endpoint covers. */
const ALWAYS = ['@method', '@path', '@query'] as const

export interface SignatureFields {
  readonly 'signature-input': string
  readonly signature: string
}

/** `created` in seconds UTC. `components` are the open endpoint's unless given. */
export function signMessage(
  key: SigningKey,
  message: Message,
  created: number,
  components: readonly string[] = [...ALWAYS, ...SIGNED_FIELDS.filter((name) => message.header(name) !== undefined)]
): SignatureFields {
  const params = `(${components.map((name) => `"${name}"`).join(' ')});created=${created};keyid="${key.id}"`
  const mac = macOf(key, signatureBase(message, components, params))
  return { 'signature-input': `sig=${params}`, signature: `sig=:${mac.toString('base64')}:` }
}

export type SignatureFault =
  /** There is no readable signature. */
  | 'missing'
  /** It was made too long ago, or in the future. */
  | 'clock'
  /** Its key is not known here. */
  | 'key'
  /** It does not cover something the request says. */
  | 'uncovered'
  | 'wrong'

/**
 * Null if one of the keys signed everything in the message that matters, now. `now` in milliseconds UTC. A body counts
 * as signed through its digest, which is required.
 */
export function signatureFault(
  keys: readonly SigningKey[],
  message: Message,
  now: number,
  body: Uint8Array | string = ''
): SignatureFault | null {
  const input = parseInput(message.header('signature-input') ?? '')
  const given = input && signatureOf(message.header('signature') ?? '', input.label)
  if (!input || !given) return 'missing'
  const created = /;created=(\d{1,12})(?=;|$)/.exec(input.params)?.[1]
  if (created === undefined || Math.abs(now / 1000 - Number(created)) > CLOCK_TOLERANCE) return 'clock'
  const alg = /;alg="([^"]*)"/.exec(input.params)?.[1]
  if (alg !== undefined && alg !== 'hmac-sha256') return 'key'
  const keyId = /;keyid="([^"\\]*)"/.exec(input.params)?.[1]
  const key = keys.find(({ id }) => id === keyId)
  if (!key) return 'key'
  const needed = [...ALWAYS, ...SIGNED_FIELDS.filter((name) => message.header(name) !== undefined)]
  if (!needed.every((name) => input.components.includes(name))) return 'uncovered'
  if (body.length > 0 && message.header('content-digest') === undefined) return 'uncovered'
  // A signed field that is missing cannot have been sent that way.
  if (input.components.some((name) => valueOf(message, name) === undefined)) return 'wrong'
  const expected = macOf(key, signatureBase(message, input.components, input.list + input.params))
  const isSigned = expected.byteLength === given.byteLength && timingSafeEqual(expected, given)
  return isSigned && (body.length === 0 || message.header('content-digest') === contentDigest(body)) ? null : 'wrong'
}

/** The digest of a body (RFC 9530). */
export function contentDigest(body: Uint8Array | string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

function signatureBase(message: Message, components: readonly string[], params: string): string {
  const lines = components.map((name) => `"${name}": ${valueOf(message, name) ?? ''}`)
  return [...lines, `"@signature-params": ${params}`].join('\n')
}

function valueOf(message: Message, name: string): string | undefined {
  const [path = '', ...query] = message.target.split('?')
  switch (name) {
    case '@method':
      return message.method.toUpperCase()
    case '@path':
      return path === '' ? '/' : path
    case '@query':
      return `?${query.join('?')}`
    case '@authority':
      return message.authority?.toLowerCase()
    default:
      return name.startsWith('@')
        ? undefined
        : message
            .header(name)
            ?.trim()
            .replace(/\s*\r?\n\s+/g, ' ')
  }
}

function macOf({ secret }: SigningKey, base: string): Buffer {
  return createHmac('sha256', secret).update(base).digest()
}

interface SignatureInput {
  readonly label: string
  readonly components: readonly string[]
  /** The list and the parameters exactly as written, because they are signed as they stand. */
  readonly list: string
  readonly params: string
}

/** The first member of the dictionary; components with parameters of their own are not supported. */
function parseInput(text: string): SignatureInput | null {
  const found =
    /^\s*([a-z*][a-z0-9_.*-]*)=(\((?:"[a-z0-9@-]+"(?: "[a-z0-9@-]+")*)?\))((?:;[a-z*][a-z0-9_.*-]*(?:=(?:"[^"\\]*"|-?\d{1,15}|[A-Za-z0-9*][A-Za-z0-9_.*:/-]*))?)*)\s*(?:,|$)/.exec(
      text.slice(0, 4000)
    )
  if (!found) return null
  const [, label = '', list = '', params = ''] = found
  const components = [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  return new Set(components).size === components.length ? { label, components, list, params } : null
}

function signatureOf(text: string, label: string): Buffer | null {
  for (const member of text.slice(0, 4000).split(',')) {
    const [, name, base64] = /^\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*$/.exec(member) ?? []
    if (name === label && base64 !== undefined) return Buffer.from(base64, 'base64')
  }
  return null
}

import { createHmac } from 'node:crypto'

/** The two halves of an Admin API key: `id:secret`, the secret in hex. */
export interface AdminKey {
  readonly id: string
  readonly secret: Buffer
}

/** Null for anything but an Admin API key, such as a Content API key or half a key. */
export function adminKeyOf(text: string): AdminKey | null {
  const [, id, secret] = /^([0-9a-f]{24}):([0-9a-f]{64})$/i.exec(text.trim()) ?? []
  return id === undefined || secret === undefined ? null : { id, secret: Buffer.from(secret, 'hex') }
}

/**
 * A JSON Web Token (RFC 7519, HS256) for Ghost's Admin API, valid for five minutes. A new one is made for each request,
 * because Ghost checks when it was made, whatever expiry it states. `now`: milliseconds UTC.
 */
export function adminToken({ id, secret }: AdminKey, now: number): string {
  const issued = Math.floor(now / 1000)
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = part({ alg: 'HS256', typ: 'JWT', kid: id })
  const signed = `${head}.${part({ iat: issued, exp: issued + 300, aud: '/admin/' })}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

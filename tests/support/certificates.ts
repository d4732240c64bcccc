import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

export interface MadeCertificate {
  /** PEM. */
  readonly cert: string
  /** PEM. */
  readonly key: string
  /** SHA-256 over the DER, hex. */
  readonly fingerprint: string
  readonly holder: Holder
  readonly privateKey: KeyObject
}

interface Holder {
  readonly organisation: string
  readonly name: string
}

interface Wish {
  readonly organisation?: string
  /** Host names and IPv4 addresses. */
  readonly names?: readonly string[]
  readonly from?: Date
  readonly until?: Date
  /** Left out: it signs itself. */
  readonly issuer?: MadeCertificate
}

/** An X.509 certificate on a new P-256 key, made byte by byte: no program and no package is needed for it. */
export function makeCertificate({
  organisation = 'City Desk',
  names = ['127.0.0.1'],
  from = new Date('2020-01-01T00:00:00Z'),
  until = new Date('2120-01-01T00:00:00Z'),
  issuer
}: Wish = {}): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const holder: Holder = { organisation, name: names[0] ?? organisation }
  const isAuthority = names.length === 0
  const extensions = [
    ...(isAuthority ? [extension('2.5.29.19', der(0x30, der(0x01, Buffer.from([0xff]))))] : []),
    ...(names.length > 0 ? [extension('2.5.29.17', der(0x30, ...names.map(generalName)))] : [])
  ]
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    distinguished(issuer?.holder ?? holder),
    der(0x30, time(from), time(until)),
    distinguished(holder),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions))
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const bytes = der(0x30, body, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
    holder,
    privateKey
  }
}

/** An authority that others are signed by. */
export function makeAuthority(organisation: string): MadeCertificate {
  return makeCertificate({ organisation, names: [] })
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f]
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

function extension(id: string, value: Buffer): Buffer {
  return der(0x30, oid(id), der(0x04, value))
}

function distinguished({ organisation, name }: Holder): Buffer {
  const part = (id: string, text: string): Buffer => der(0x31, der(0x30, oid(id), der(0x0c, Buffer.from(text))))
  return der(0x30, part('2.5.4.10', organisation), part('2.5.4.3', name))
}

function generalName(name: string): Buffer {
  return isIP(name) === 4 ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))
}

function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(digits))
}

const ECDSA_SHA256 = der(0x30, oid('1.2.840.10045.4.3.2'))

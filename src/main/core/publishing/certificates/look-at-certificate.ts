import { createHash, type X509Certificate } from 'node:crypto'
import { checkServerIdentity } from 'node:tls'
import type { Certificate, CertificateFault } from '../../../../shared/publishing/certificate.ts'
import { connectTls, hostOf } from './connect-tls.ts'

export interface Look {
  /** The fingerprint a person trusts there; null: none. */
  readonly trusted: string | null
  /** Milliseconds UTC. */
  readonly now: number
  /** How long to wait for it, in milliseconds. */
  readonly patience: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The certificate the server of an https address shows right now, with what is wrong with it; null if none can be
 * obtained. Only the handshake is made: nothing is requested or sent.
 */
export async function lookAtCertificate(address: string, look: Look): Promise<Certificate | null> {
  const url = new URL(address)
  if (url.protocol !== 'https:') return null
  const patience = AbortSignal.timeout(look.patience)
  const signal = look.signal ? AbortSignal.any([look.signal, patience]) : patience
  const socket = await connectTls(url, signal).catch(() => null)
  if (!socket) return null
  try {
    const shown = socket.getPeerX509Certificate()
    // At run time Node gives the reason as a code, although it is typed as an Error.
    const code: unknown = socket.authorizationError
    return shown ? told(shown, hostOf(url), typeof code === 'string' ? code : '', look) : null
  } finally {
    socket.destroy()
  }
}

function told(shown: X509Certificate, host: string, code: string, look: Look): Certificate {
  const legacy = shown.toLegacyObject()
  const fingerprint = createHash('sha256').update(shown.raw).digest('hex')
  const [from, until] = [Date.parse(shown.validFrom), Date.parse(shown.validTo)]
  const faults: CertificateFault[] = []
  if (look.trusted !== null && look.trusted !== fingerprint) faults.push('changed')
  if (isSelfSigned(shown)) faults.push('self-signed')
  else if (/SELF_SIGNED|UNABLE_TO/.test(code)) faults.push('unknown-issuer')
  if (checkServerIdentity(host, legacy) !== undefined) faults.push('wrong-name')
  if (look.now > until) faults.push('expired')
  else if (look.now < from) faults.push('not-yet-valid')
  const common = one(legacy.subject?.CN)
  const names = namesOf(shown.subjectAltName ?? '')
  return {
    fingerprint,
    names: (names.length > 0 ? names : [common]).map(plain).filter(Boolean).slice(0, 20),
    holder: plain(one(legacy.subject?.O) || common),
    issuer: plain([one(legacy.issuer?.O), one(legacy.issuer?.CN)].filter(Boolean).join(', ')),
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    faults: faults.length > 0 ? faults : ['untrusted']
  }
}

function isSelfSigned(shown: X509Certificate): boolean {
  return shown.issuer === shown.subject && shown.checkIssued(shown) && shown.verify(shown.publicKey)
}

/** `DNS:cms.example.org, IP Address:10.0.0.7` */
function namesOf(alternative: string): string[] {
  return [...alternative.matchAll(/(?:^|, )(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(
    ([, name]) => name ?? ''
  )
}

/** A name may occur more than once. */
function one(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

/** The issuer of a certificate can write anything in it: control characters are removed and the length is limited. */
function plain(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').trim().slice(0, 200)
}

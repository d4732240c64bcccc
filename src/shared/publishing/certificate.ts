import { z } from 'zod'

/** SHA-256 over the certificate as it is sent (DER), 64 hex digits in small letters. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
export type Fingerprint = z.infer<typeof Fingerprint>

/** What is wrong with a certificate. More than one may be. */
export const CertificateFault = z.enum([
  /** It is another one than the person trusted for this target. */
  'changed',
  'self-signed',
  'unknown-issuer',
  'wrong-name',
  'expired',
  'not-yet-valid',
  /** This machine does not take it, and does not say why. */
  'untrusted'
])
export type CertificateFault = z.infer<typeof CertificateFault>

/** Who a server says it is, as it showed itself when it was looked at: its own words, proven by nobody. */
export const Certificate = z.object({
  fingerprint: Fingerprint,
  /** The addresses it is for. */
  names: z.array(z.string().max(200)).max(20),
  /** Whom it names; empty where it names nobody. */
  holder: z.string().max(200),
  /** Who issued it; empty where it does not say. */
  issuer: z.string().max(200),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  faults: z.array(CertificateFault)
})
export type Certificate = z.infer<typeof Certificate>

/** A fingerprint as people compare it, and as other programs print it: AB:CD:… */
export function groupedFingerprint(fingerprint: Fingerprint): string {
  return (fingerprint.toUpperCase().match(/../g) ?? []).join(':')
}

/** What somebody copied from wherever it was shown to them; null where it is no SHA-256 fingerprint. */
export function readFingerprint(text: string): Fingerprint | null {
  const digits = text
    .replace(/^\s*sha-?256(?:\s+fingerprint)?\s*[=:]?/i, '')
    .replaceAll(/[\s:-]/g, '')
    .toLowerCase()
  return Fingerprint.safeParse(digits).data ?? null
}

import type { Target } from '../../../shared/contract/publishing.ts'
import type { Fingerprint } from '../../../shared/publishing/certificate.ts'

/** A certificate trusted for one server. */
export interface Trust {
  readonly origin: string
  readonly fingerprint: Fingerprint
}

/** `address`: including the scheme. */
export function trustAt(address: string, fingerprint: Fingerprint): Trust {
  return { origin: originOf(address), fingerprint }
}

/** Trust in one server does not extend to another. */
export function trustedAt(trust: Trust | null, address: string): Fingerprint | null {
  return trust !== null && trust.origin !== '' && trust.origin === originOf(address) ? trust.fingerprint : null
}

/** What to send when saving: nothing if it is unchanged, because another window may have changed it in the meantime. */
export function trustToSave(
  target: Pick<Target, 'url' | 'trusted'> | null,
  address: string,
  trusted: Fingerprint | null
): { readonly trusted?: Fingerprint | null } {
  const isSameServer = target !== null && originOf(target.url) === originOf(address)
  return (isSameServer ? target.trusted : null) === trusted ? {} : { trusted }
}

/** Empty if it is not a complete address yet. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : ''
}

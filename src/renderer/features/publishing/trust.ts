import type { Target } from '../../../shared/contract/publishing.ts'
import type { Fingerprint } from '../../../shared/publishing/certificate.ts'

/** A certificate that is trusted at one server. */
export interface Trust {
  readonly origin: string
  readonly fingerprint: Fingerprint
}

/** `address`: with its scheme. */
export function trustAt(address: string, fingerprint: Fingerprint): Trust {
  return { origin: originOf(address), fingerprint }
}

/** Trust in one server is none in another. */
export function trustedAt(trust: Trust | null, address: string): Fingerprint | null {
  return trust !== null && trust.origin !== '' && trust.origin === originOf(address) ? trust.fingerprint : null
}

/** What is said of it on saving: nothing where it is as it was, for another window may have changed it meanwhile. */
export function trustToSave(
  target: Pick<Target, 'url' | 'trusted'> | null,
  address: string,
  trusted: Fingerprint | null
): { readonly trusted?: Fingerprint | null } {
  const isSameServer = target !== null && originOf(target.url) === originOf(address)
  return (isSameServer ? target.trusted : null) === trusted ? {} : { trusted }
}

/** Empty for what is no address yet. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : ''
}

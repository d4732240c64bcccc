import { z } from 'zod'

/** The part of Trusted Types that is used (w3.org/TR/trusted-types); TypeScript's DOM does not have it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string | null; createScriptURL(address: string): string | null }
  ): unknown
}

// This module comes first: what it says must be known before the first schema is made and the first element is drawn.

// The security policy lets nothing be compiled from text. Zod would try, to see whether it may.
z.config({ jitless: true })

// Text becomes markup nowhere in the window. The component library empties an element by `innerHTML = ''`, which counts
// as markup; everything else that tries throws.
const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', {
  createHTML: (html) => (html === '' ? html : null),
  // Galley's own workers, by the names the build gives them, and nothing else that could be fetched.
  createScriptURL: (address) => (isOwnWorker(address) ? address : null)
})

function isOwnWorker(address: string): boolean {
  const { origin, pathname } = new URL(address, location.href)
  return origin === location.origin && /^\/assets\/[\w-]+-worker-[\w-]+\.js$/.test(pathname)
}

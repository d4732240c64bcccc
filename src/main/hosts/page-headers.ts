/** Content types of what the renderer is built into. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** The scripts of workers that run an engine of WebAssembly, by the names the build gives them. */
const ENGINE = /^\/assets\/(?:harper|hunspell)-worker-[\w-]+\.js$/

/**
 * The headers of everything a window is given, in both hosts. `connect` names what the page may talk to besides its own
 * origin. Inline style attributes need no exception: React and Lexical set them through the CSSOM, which the policy
 * allows. WebAssembly is compiled by the workers of `ENGINE` alone, which go by the policy of their own script's address:
 * the page itself compiles none. No text becomes markup or script but through the one policy of `renderer/trusted-types.ts`, which lets through
 * the empty string.
 */
export function pageHeaders(connect: readonly string[] = [], pathname = '/'): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'self'${ENGINE.test(pathname) ? " 'wasm-unsafe-eval'" : ''}`,
      "worker-src 'self'",
      "frame-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src ${["'self'", ...connect].join(' ')}`,
      "base-uri 'self'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types default'
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()'
  }
}

/** `/media/<sha256>` and `/media/<sha256>?w=<pixels>`; null for anything else. */
export function parseMediaAddress(url: URL): { readonly id: string; readonly width?: number } | null {
  const id = /^\/media\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]
  if (!id) return null
  const asked = url.searchParams.get('w')
  if (asked === null) return { id }
  return /^[1-9]\d{0,3}$/.test(asked) ? { id, width: Number(asked) } : null
}

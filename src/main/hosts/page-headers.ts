/** Content types of the files in the built renderer. */
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

/** The scripts of workers that run a WebAssembly engine, by the names the build gives them. */
const ENGINE = /^\/assets\/(?:harper|hunspell)-worker-[\w-]+\.js$/

/**
 * The headers of everything sent to a window, in both hosts. `connect` lists what the page may connect to besides its
 * own origin. Inline style attributes need no exception: React and Lexical set them through the CSSOM, which the policy
 * allows. Only the workers matched by `ENGINE` may compile WebAssembly, under the policy sent with their own script;
 * the page itself may not. Text becomes markup or script only through the one policy in `renderer/trusted-types.ts`,
 * which lets nothing through but the empty string.
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

/** Parses `/media/<sha256>` and `/media/<sha256>?w=<pixels>`; null for anything else. */
export function parseMediaAddress(url: URL): { readonly id: string; readonly width?: number } | null {
  const id = /^\/media\/([0-9a-f]{64})$/.exec(url.pathname)?.[1]
  if (!id) return null
  const asked = url.searchParams.get('w')
  if (asked === null) return { id }
  return /^[1-9]\d{0,3}$/.test(asked) ? { id, width: Number(asked) } : null
}

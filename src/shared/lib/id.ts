/**
 * Ids are UUIDs of version 7 (RFC 9562): made by the client, unique without asking anybody, sorted by creation time.
 */
let lastMs = 0
let sequence = 0

export function newId(nowMs: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10))
  // Within one millisecond the 12 bits after the version count up, so that ids made in a burst keep their order.
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = ((random[0] ?? 0) << 3) | ((random[1] ?? 0) >> 5)
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const rest = [...random.subarray(2)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = (8 | (parseInt(rest[0] ?? '0', 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${rest.slice(1, 4)}-${rest.slice(4)}`
}

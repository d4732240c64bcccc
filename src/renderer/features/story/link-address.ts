/** Reads `example.org/page` as a web address and `desk@example.org` as a mail address. */
export function withScheme(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return `mailto:${address}`
  return /^[^\s/]+\.[^\s]+$/.test(address) ? `https://${address}` : address
}

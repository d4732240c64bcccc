/** This machine alone. `host` as a URL has it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** With a scheme where it was typed without one; what is no address stays as it is. */
export function withScheme(text: string): string {
  const typed = text.trim()
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(typed) || !URL.canParse(`https://${typed}`)) return typed
  const { hostname, username } = new URL(`https://${typed}`)
  if (username !== '') return typed
  if (isLoopback(hostname)) return `http://${typed}`
  return hostname.includes('.') ? `https://${typed}` : typed
}

/** The pages in which people work on WordPress and Ghost: the address of the site itself is before them. */
const DESK_PAGES = /\/(?:ghost|wp-admin|wp-login\.php)(?:\/.*)?$/

/** The address of a site from what was typed, or copied from a browser while working there. */
export function siteAddress(text: string): string {
  const address = withScheme(text)
  if (!URL.canParse(address)) return address
  const { origin, pathname, username } = new URL(address)
  const at = DESK_PAGES.exec(pathname)?.index
  return at === undefined || username !== '' ? address : `${origin}${pathname.slice(0, at)}`
}

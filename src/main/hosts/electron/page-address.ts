/** The only origin of the app's pages. Not file://, which would give every page access to every file. */
export const SCHEME = 'app'
const HOST = 'galley'
export const PAGE = `${SCHEME}://${HOST}`

/** True for an address of our own pages; `devServer` is the development server's address if one is in use. */
export function isOurs(address: string, devServer?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (devServer && url.origin === new URL(devServer).origin) return true
  return url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
}

/** The desk's address for a `galley://` link: only a story by its id; null for anything else. */
export function deskAddress(link: string): string | null {
  const id = /^galley:\/\/story\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i.exec(link)?.[1]
  return id ? `/story/${id.toLowerCase()}` : null
}

/** The last such link among the arguments of a start; null if there is none. */
export function linkAmong(args: readonly string[]): string | null {
  return args.map(deskAddress).findLast((address) => address !== null) ?? null
}

/** True for an address that may be opened in the person's browser. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

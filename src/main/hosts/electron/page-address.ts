/** The one place the app's pages come from. Not file://, which would give every page the rights of every file. */
export const SCHEME = 'app'
const HOST = 'galley'
export const PAGE = `${SCHEME}://${HOST}`

/** True for an address of our own pages; `devServer` is the address of the development server where one is in use. */
export function isOurs(address: string, devServer?: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (devServer && url.origin === new URL(devServer).origin) return true
  return url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === ''
}

/** The desk's address behind a `galley://` link: only a story by its id; anything else is nothing. */
export function deskAddress(link: string): string | null {
  const id = /^galley:\/\/story\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i.exec(link)?.[1]
  return id ? `/story/${id.toLowerCase()}` : null
}

/** The last such link among the arguments of a start; null where there is none. */
export function linkAmong(args: readonly string[]): string | null {
  return args.map(deskAddress).findLast((address) => address !== null) ?? null
}

/** True for what may be handed to the person's own browser. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}

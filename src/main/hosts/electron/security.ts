import { app, session, shell, type WebContents } from 'electron'
import { isOurs, isWebAddress } from './page-address.ts'

/** The only permission a page gets: putting text it already has on the clipboard. */
const ALLOWED = new Set(['clipboard-sanitized-write'])

/**
 * Restricts every page the app will ever have, whoever creates it: it stays on our own addresses, opens no windows,
 * embeds no guests and gets no permissions. Web links open in the person's own browser. Call before the app is ready.
 */
export function lockPages(devServer: string | undefined): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => lock(contents, devServer))
}

/** Refuses all permissions except those in `ALLOWED`; call once the app is ready. */
export function refusePermissions(devServer: string | undefined): void {
  const mayHave = (permission: string, address: string): boolean =>
    ALLOWED.has(permission) && isOurs(address, devServer)
  session.defaultSession.setPermissionRequestHandler((contents, permission, callback) =>
    callback(mayHave(permission, contents.getURL()))
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => mayHave(permission, origin))
  session.defaultSession.setDevicePermissionHandler(() => false)
}

function lock(contents: WebContents, devServer: string | undefined): void {
  const stay = (event: { preventDefault(): void }, address: string): void => {
    if (isOurs(address, devServer)) return
    event.preventDefault()
    if (isWebAddress(address)) void shell.openExternal(address)
  }
  contents.on('will-navigate', (event) => stay(event, event.url))
  contents.on('will-redirect', (event) => stay(event, event.url))
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !isOurs(event.url, devServer)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isWebAddress(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

import { strict } from './strict.ts'
import type { WebContents } from './windows.ts'

type RequestHandler = (
  contents: WebContents | null,
  permission: string,
  callback: (granted: boolean) => void,
  details: object
) => void
type CheckHandler = (contents: WebContents | null, permission: string, origin: string, details: object) => boolean
type DeviceHandler = (details: object) => boolean

const set: { request?: RequestHandler | null; check?: CheckHandler | null; device?: DeviceHandler | null } = {}

const defaultSession = strict('session.defaultSession', {
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    set.request = handler
  },
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    set.check = handler
  },
  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    set.device = handler
  },
  /** For tests: what the app answers when a page at this address asks. Electron grants whatever has no handler. */
  async standInAsk(
    contents: WebContents,
    permission: string,
    origin: string
  ): Promise<{ request: boolean; check: boolean; device: boolean }> {
    const request = await new Promise<boolean>((resolve) => {
      if (set.request) set.request(contents, permission, resolve, {})
      else resolve(true)
    })
    return {
      request,
      check: set.check ? set.check(contents, permission, origin, {}) : true,
      device: set.device ? set.device({ deviceType: permission, origin }) : false
    }
  }
})

export const session = strict('session', { defaultSession })

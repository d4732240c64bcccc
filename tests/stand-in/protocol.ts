import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()
const privileged = new Set<string>()

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  handle(scheme: string, handler: Handler): void {
    if (!privileged.has(scheme))
      throw new Error(
        `The stand-in serves only schemes registered as privileged before the app is ready; ${scheme} is not`
      )
    handlers.set(scheme, handler)
  }
})

/**
 * Chromium cannot be taught a scheme from outside, so `app://galley/x` goes to it as `http://galley.app.localhost/x`: a
 * secure origin of its own, of which nothing ever leaves the machine because every request of it is answered here.
 */
export function toLocal(address: string): string {
  return address.replace(/^([a-z][a-z0-9]*):\/\/([\w-]+)/, (all, scheme: string, host: string) =>
    privileged.has(scheme) ? `http://${host}.${scheme}.localhost` : all
  )
}

export function fromLocal(address: string): string {
  return address.replace(
    /^http:\/\/([\w-]+)\.([a-z][a-z0-9]*)\.localhost(?=[/?#]|$)/,
    (all, host: string, scheme: string) => (privileged.has(scheme) ? `${scheme}://${host}` : all)
  )
}

/** The app's own answer to an address of one of its schemes; null for an address of no such scheme. */
export function answerFor(address: string): Handler | null {
  return handlers.get(new URL(address).protocol.slice(0, -1)) ?? null
}

import { newId } from '../../shared/lib/id.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import type { Cancel, Hello, Listening, Push, Reply, Request } from '../../shared/rpc/wire.ts'
import type { Line } from './line.ts'
import { say } from '../../shared/words/message.ts'

/** All that the preload exposes. Features are entries of the contract, never functions here. */
export interface Bridge {
  /** Answers a Request with its Reply, the others with nothing. */
  request(message: Request | Cancel | Hello | Listening): Promise<unknown>
  onPush(listener: (push: Push) => void): () => void
}

declare global {
  interface Window {
    /** Put there by the preload where there is one. */
    readonly galley?: Bridge
  }
}

/** A line over the preload's bridge. It cannot drop while the window lives. */
export function bridgeLine(bridge: Bridge): Line {
  const connectionId = newId()
  let next = 0
  void bridge.request({ hello: connectionId })
  return {
    connectionId,
    // The pages of the app's own scheme have an origin to themselves.
    headers: {},
    link: { get: () => 'connected', subscribe: () => () => undefined },
    listening: () => void bridge.request({ listening: true }),
    transport: {
      async request(request, signal) {
        if (signal?.aborted) throw cancelled()
        const id = next++
        const answer = bridge.request({ id, ...request }) as Promise<Reply>
        if (!signal) return answer
        return new Promise((resolve, reject) => {
          const stop = (): void => {
            void bridge.request({ cancel: id })
            reject(cancelled())
          }
          signal.addEventListener('abort', stop, { once: true })
          answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
        })
      },
      onPush: (listener) => bridge.onPush(listener)
    }
  }
}

export function cancelled(): GalleyError {
  return new GalleyError('cancelled', say('galley.stopped'))
}

import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'

/**
 * A TLS connection to the server of an https address, whatever its certificate says: the handshake proves that whoever
 * is there has the key of the certificate it shows, and nothing more. Not a byte has been sent over it, and none may be
 * before the caller has looked at that certificate. Rejects as sockets do, or with the reason of the signal.
 */
export async function connectTls(url: URL, signal?: AbortSignal): Promise<TLSSocket> {
  signal?.throwIfAborted()
  const host = hostOf(url)
  const socket = connect({
    host,
    port: url.port === '' ? 443 : Number(url.port),
    // An address of figures is not sent along.
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false
  })
  return await new Promise<TLSSocket>((resolve, reject) => {
    const stop = (): void => {
      socket.destroy()
      reject(signal?.reason as Error)
    }
    const settle = (): void => {
      signal?.removeEventListener('abort', stop)
      socket.off('error', failed)
      socket.off('close', closed)
    }
    const failed = (error: Error): void => {
      settle()
      // Later errors of a socket nobody has any more are nobody's.
      socket.on('error', () => undefined)
      socket.destroy()
      reject(error)
    }
    const closed = (): void => failed(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    signal?.addEventListener('abort', stop, { once: true })
    socket.on('error', failed)
    socket.on('close', closed)
    socket.once('secureConnect', () => {
      settle()
      resolve(socket)
    })
  })
}

/** Without the brackets that an address of figures has in a URL. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

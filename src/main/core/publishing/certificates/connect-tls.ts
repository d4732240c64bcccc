import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'

/**
 * Opens a TLS connection to the server of an https address, whatever its certificate: the handshake only proves that
 * the other side has the key of the certificate it shows. Nothing has been sent over it, and nothing may be until the
 * caller has checked that certificate. Rejects as sockets do, or with the signal's reason.
 */
export async function connectTls(url: URL, signal?: AbortSignal): Promise<TLSSocket> {
  signal?.throwIfAborted()
  const host = hostOf(url)
  const socket = connect({
    host,
    port: url.port === '' ? 443 : Number(url.port),
    // An IP address must not be sent as the server name.
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
      // Later errors of an abandoned socket concern nobody.
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

/** The host without the brackets around an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

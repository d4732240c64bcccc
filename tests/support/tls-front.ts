import { connect, type AddressInfo, type Socket } from 'node:net'
import { createServer, type Server } from 'node:tls'
import type { MadeCertificate } from './certificates.ts'

/** Speaks TLS in front of a plain server on this machine, with whatever certificate it is told to show. */
export class TlsFront {
  /** How many came, whatever became of them. */
  connections = 0
  /** What came over them, by certificate: everything a server with that one has been told. */
  readonly told = new Map<MadeCertificate, string>()
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #shown: MadeCertificate

  private constructor(server: Server, shown: MadeCertificate) {
    this.#server = server
    this.#shown = shown
  }

  /** `target`: `http://127.0.0.1:PORT`. */
  static async start(target: string, shown: MadeCertificate): Promise<TlsFront> {
    const server = createServer({ cert: shown.cert, key: shown.key })
    const front = new TlsFront(server, shown)
    const { hostname, port } = new URL(target)
    server.on('connection', () => (front.connections += 1))
    server.on('tlsClientError', () => undefined)
    server.on('secureConnection', (outer) => {
      const certificate = front.#shown
      const inner = connect(Number(port), hostname)
      front.#keep(outer, inner)
      outer.on('data', (bytes: Buffer) => {
        front.told.set(certificate, (front.told.get(certificate) ?? '') + bytes.toString('latin1'))
        inner.write(bytes)
      })
      outer.on('end', () => inner.end())
      inner.pipe(outer)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return front
  }

  /** `https://127.0.0.1:PORT` */
  get url(): string {
    return `https://127.0.0.1:${this.port}`
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From the next connection on. */
  show(certificate: MadeCertificate): void {
    this.#shown = certificate
    this.#server.setSecureContext({ cert: certificate.cert, key: certificate.key })
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #keep(...pair: readonly Socket[]): void {
    for (const socket of pair) {
      this.#sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#sockets.delete(socket)
        for (const other of pair) other.destroy()
      })
    }
  }
}

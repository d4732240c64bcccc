import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { startLoopback, type LoopbackHost, type LoopbackOptions } from '../../src/main/hosts/loopback/server.ts'
import { PAGE_KEY_FRAGMENT } from '../../src/shared/rpc/page-key.ts'
import type { Socket } from '../../src/renderer/host/socket.ts'
import { freshCore } from './host-cores.ts'

/** A renderer folder small enough to tell every file of it apart. */
function tinyRenderer(): string {
  const folder = mkdtempSync(join(tmpdir(), 'galley-renderer-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>desk</title>')
  writeFileSync(join(folder, 'renderer', 'assets', 'index-abc123.js'), 'export {}')
  for (const worker of ['harper-worker-abc_1-2.js', 'hunspell-worker-abc.js', 'find-worker-abc.js'])
    writeFileSync(join(folder, 'renderer', 'assets', worker), 'export {}')
  writeFileSync(join(folder, 'secret.js'), 'not yours')
  writeFileSync(join(folder, 'renderer-other.js'), 'not yours')
  return folder
}

export interface TestLoopback extends Awaited<ReturnType<typeof freshCore>> {
  readonly host: LoopbackHost
  /** The cookie of a window that was let in. */
  readonly cookie: string
  /** The page key that window was handed. */
  readonly pageKey: string
  /** Opens a socket as a page of the host would. */
  socket(headers?: Record<string, string>, pageKey?: string | null): WebSocket & Socket
}

/** The real server over a real core, and one window let in. */
export async function testLoopback(options: Partial<LoopbackOptions> = {}): Promise<TestLoopback> {
  const fresh = await freshCore()
  const folder = tinyRenderer()
  const host = await startLoopback({ core: fresh.core, renderer: join(folder, 'renderer'), ...options })
  const entered = await fetch(host.enterAddress(), { redirect: 'manual' })
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const pageKey = (entered.headers.get('location') ?? '').split(PAGE_KEY_FRAGMENT)[1] ?? ''
  return {
    ...fresh,
    host,
    cookie,
    pageKey,
    socket: (headers = {}, key = pageKey) =>
      new WebSocket(
        `${host.origin.replace('http', 'ws')}/ws`,
        key === null ? [] : ['galley', `galley.page-key.${key}`],
        {
          headers: { origin: host.origin, cookie, ...headers }
        }
      ) as WebSocket & Socket,
    async end() {
      await host.close()
      await fresh.end()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

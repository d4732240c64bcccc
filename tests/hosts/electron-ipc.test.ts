import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { serveIpc, type IpcEvent, type IpcSender, type IpcServer } from '../../src/main/hosts/electron/ipc.ts'
import { isOurs } from '../../src/main/hosts/electron/page-address.ts'
import { Sessions } from '../../src/main/hosts/sessions.ts'
import { bridgeLine, type Bridge } from '../../src/renderer/host/bridge.ts'
import type { Push } from '../../src/shared/rpc/wire.ts'
import { freshCore } from '../support/host-cores.ts'
import { contractSuite } from './contract-suite.ts'

/** Electron's two ends of the IPC: whatever crosses is cloned as Electron clones it. */
class FakeIpc implements IpcServer {
  #listener: ((event: IpcEvent, message: unknown) => unknown) | null = null
  #next = 1

  handle(_channel: string, listener: (event: IpcEvent, message: unknown) => unknown): void {
    this.#listener = listener
  }

  removeHandler(): void {
    this.#listener = null
  }

  /** A window at this address, with the bridge its preload would expose. */
  window(url = 'app://galley/story/x', parent: unknown = null): { bridge: Bridge; sender: IpcSender & EventEmitter } {
    const pushes = new EventEmitter()
    const sender = Object.assign(new EventEmitter(), {
      id: this.#next++,
      isDestroyed: () => false,
      send: (_channel: string, push: unknown) => void pushes.emit('push', structuredClone(push))
    }) as IpcSender & EventEmitter
    return {
      sender,
      bridge: {
        request: async (message) =>
          structuredClone(await this.#listener?.({ sender, senderFrame: { url, parent } }, structuredClone(message))),
        onPush(listener: (push: Push) => void) {
          pushes.on('push', listener)
          return () => pushes.off('push', listener)
        }
      }
    }
  }
}

contractSuite('Electron’s IPC', async () => {
  const { core, opened, end } = await freshCore()
  const ipc = new FakeIpc()
  const sessions = new Sessions(core)
  const stop = serveIpc({ ipcMain: ipc, sessions, isOurs })
  return {
    core,
    opened,
    async end() {
      stop()
      sessions.close()
      await end()
    },
    async link() {
      const { bridge, sender } = ipc.window()
      return { transport: bridgeLine(bridge).transport, close: () => void sender.emit('destroyed') }
    }
  }
})

describe('who is heard on the IPC', () => {
  test.each([
    ['a page of another origin', 'https://evil.example/', null],
    ['a file', 'file:///etc/passwd', null],
    ['our scheme under another name', 'app://evil/', null],
    ['our name in the user part', 'app://galley@evil/', null],
    ['a frame inside our page', 'app://galley/', {}]
  ])('%s is refused', async (_what, url, parent) => {
    const { core, end } = await freshCore()
    const ipc = new FakeIpc()
    const sessions = new Sessions(core)
    serveIpc({ ipcMain: ipc, sessions, isOurs })
    await expect(ipc.window(url, parent).bridge.request({ id: 0, call: 'app.info', input: {} })).rejects.toThrow(
      'Not a page of Galley'
    )
    await expect(ipc.window().bridge.request({ id: 0, call: 'app.info', input: {} })).resolves.toMatchObject({
      ok: true
    })
    sessions.close()
    await end()
  })

  test('what is no message is refused', async () => {
    const { core, end } = await freshCore()
    const ipc = new FakeIpc()
    const sessions = new Sessions(core)
    serveIpc({ ipcMain: ipc, sessions, isOurs })
    const bridge = ipc.window().bridge
    for (const message of [
      null,
      'x',
      { id: -1, call: 'app.info' },
      { id: 1, call: 'x'.repeat(200) },
      { cancel: 'all' },
      { hello: 'me' }
    ]) {
      await expect(bridge.request(message as never)).rejects.toThrow('Not a message of Galley')
    }
    sessions.close()
    await end()
  })

  test('a reload begins a new session: its numbers start again and are not taken for repeats', async () => {
    const { core, end } = await freshCore()
    const ipc = new FakeIpc()
    const sessions = new Sessions(core)
    serveIpc({ ipcMain: ipc, sessions, isOurs })
    const { bridge, sender } = ipc.window()
    await bridge.request({ hello: '0190d9a0-0000-7000-8000-000000000001' })
    await bridge.request({ id: 0, call: 'settings.set', input: { deskName: 'One' } })
    sender.emit('did-navigate')
    await bridge.request({ hello: '0190d9a0-0000-7000-8000-000000000002' })
    expect(await bridge.request({ id: 0, call: 'settings.set', input: { deskName: 'Two' } })).toMatchObject({
      ok: true,
      output: { deskName: 'Two' }
    })
    sessions.close()
    await end()
  })
})

import { strictEmitter } from './strict.ts'

type Handler = (event: unknown, ...args: unknown[]) => unknown

class IpcMain extends strictEmitter('ipcMain') {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Used by the windows: runs the handler and words failures as Electron does. */
  async answer(channel: string, event: unknown, args: unknown[]): Promise<{ ok: boolean; value: unknown }> {
    const handler = this.#handlers.get(channel)
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return { ok: true, value: await handler(event, ...args) }
    } catch (error) {
      return { ok: false, value: `Error invoking remote method '${channel}': ${String(error)}` }
    }
  }
}

export const ipcMain = new IpcMain()

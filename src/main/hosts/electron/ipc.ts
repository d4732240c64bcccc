import type { Push, Reply } from '../../../shared/rpc/wire.ts'
import { anonymousId, ClientMessage, type Session, type Sessions } from '../sessions.ts'

/**
 * The parts of Electron's objects that are used, so that tests can run the adapter on a pair that clones messages as
 * Electron does.
 */
export interface IpcSender {
  readonly id: number
  isDestroyed(): boolean
  send(channel: string, push: unknown): void
  once(event: 'destroyed', listener: () => void): unknown
  on(event: 'did-navigate' | 'render-process-gone', listener: () => void): unknown
}
export interface IpcEvent {
  readonly sender: IpcSender
  /** Null once the frame is gone. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}
export interface IpcServer {
  handle(channel: string, listener: (event: IpcEvent, message: unknown) => unknown): void
  removeHandler(channel: string): void
}

export interface IpcOptions {
  readonly ipcMain: IpcServer
  readonly sessions: Sessions
  /** Whether a frame at this address is one of our pages. */
  isOurs(address: string): boolean
  /** This window's desk is now listening for what it is asked to show. */
  onListening?(sender: IpcSender): void
}

/**
 * Handles the preload's one channel. Only the main frame of one of our own pages is accepted; every message is parsed.
 * A window's session ends with its page: a reload starts a new one.
 */
export function serveIpc({ ipcMain, sessions, isOurs, onListening }: IpcOptions): () => void {
  const windows = new Map<number, Window>()

  function windowOf(sender: IpcSender): Window {
    const known = windows.get(sender.id)
    if (known) return known
    const window: Window = {
      session: null,
      send(push) {
        if (!sender.isDestroyed()) sender.send('galley:push', push)
      }
    }
    const leave = (): void => {
      if (window.session) sessions.leave(window.session, window.send, true)
      window.session = null
    }
    windows.set(sender.id, window)
    sender.on('did-navigate', leave)
    sender.on('render-process-gone', leave)
    sender.once('destroyed', () => {
      leave()
      windows.delete(sender.id)
    })
    return window
  }

  ipcMain.handle('galley:request', (event, raw): Promise<Reply> | undefined => {
    if (!event.senderFrame || event.senderFrame.parent !== null || !isOurs(event.senderFrame.url))
      throw new Error('Not a page of Galley.')
    const message = ClientMessage.safeParse(raw)
    if (!message.success) throw new Error('Not a message of Galley.')
    const window = windowOf(event.sender)
    if ('hello' in message.data) {
      if (window.session) sessions.leave(window.session, window.send, true)
      window.session = sessions.join(message.data.hello, window.send).session
      return undefined
    }
    window.session ??= sessions.join(anonymousId(), window.send).session
    if ('listening' in message.data) onListening?.(event.sender)
    else if ('cancel' in message.data) window.session.cancel(message.data.cancel)
    else return window.session.request(message.data)
    return undefined
  })
  return () => ipcMain.removeHandler('galley:request')
}

interface Window {
  session: Session | null
  readonly send: (push: Push) => void
}

import { app, browser } from './app.ts'
import { ipcMain } from './ipc.ts'
import { Menu, MenuItem } from './menu.ts'
import { clipboard, dialog, nativeTheme, Notification, powerMonitor, safeStorage, screen, shell } from './native.ts'
import { net } from './net.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { BrowserWindow, webContents } from './windows.ts'

/*
 * What stands in for the `electron` module of a main process, over Node and an installed Chromium. It holds the app's
 * bundles to their wiring: the preload runs in an isolated world of its own, messages are cloned, the scheme is served
 * by the app. It says nothing about Electron itself: the system's sandbox, native menus and dialogs, fuses, asar and
 * signing need the real thing. An import of a name that is not exported here fails by that name.
 */
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents
}

/** Starts the stand-in; the app's main module is imported next. */
export function begin({ root, args }: { readonly root: string; readonly args: readonly string[] }): void {
  app.prepare(root, args)
  Object.assign(process.versions, { electron: 'stand-in', chrome: 'installed' })
  Object.assign(process, { type: 'browser', resourcesPath: root })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit())
  const ready = (): Promise<void> => browser().then(() => app.becomeReady())
  // Playwright holds the app back until it listens, and lets it go by calling this, as its loader has it in Electron.
  if (args.some((argument) => argument.startsWith('--inspect'))) {
    Object.assign(globalThis, { __playwright_run: ready })
    void browser()
  } else void ready()
}

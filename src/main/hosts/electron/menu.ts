import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { language } from '../language.ts'
import type { Windows } from './windows.ts'

/**
 * The app's menu: the roles every app has, and the desk's commands. A command goes to the window as the address
 * `/command/<id>`, with the id the palette knows it by, so that a menu never does anything the window could not.
 */
export function setMenu(windows: Windows, isMac = process.platform === 'darwin'): void {
  const words = language.menu
  const go = (id: string, label: string, address: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => void windows.show(address),
    ...(accelerator && { accelerator, registerAccelerator: false })
  })
  const settings = go('settings', words.settings, '/settings', 'CmdOrCtrl+,')
  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [
          {
            role: 'appMenu' as const,
            label: app.name,
            submenu: [
              { role: 'about' as const },
              { type: 'separator' as const },
              settings,
              { type: 'separator' as const },
              { role: 'services' as const },
              { type: 'separator' as const },
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              { type: 'separator' as const },
              { role: 'quit' as const }
            ]
          }
        ]
      : []),
    {
      label: words.file,
      submenu: [
        go('new-story', words.newStory, '/command/library.new', 'CmdOrCtrl+Alt+N'),
        go('open-file', words.openFile, '/command/file.open', 'CmdOrCtrl+O'),
        {
          id: 'new-window',
          label: words.newWindow,
          accelerator: 'CmdOrCtrl+Shift+N',
          click: () => void windows.open()
        },
        { type: 'separator' },
        ...(isMac ? [] : [settings, { type: 'separator' as const }]),
        { role: 'close' },
        ...(isMac ? [] : [{ role: 'quit' as const }])
      ]
    },
    { role: 'editMenu' },
    {
      label: words.story,
      submenu: [
        go('save', words.save, '/command/story.save', 'CmdOrCtrl+S'),
        go('export', words.export, '/command/story.export', 'CmdOrCtrl+Shift+E'),
        go('publish', words.publish, '/command/story.publish', 'CmdOrCtrl+Shift+Enter')
      ]
    },
    {
      label: words.go,
      submenu: [
        go('library', words.library, '/'),
        go('search', words.search, '/command/library.search', 'CmdOrCtrl+Shift+F'),
        go('outbox', words.outbox, '/command/outbox.open'),
        { type: 'separator' },
        go('palette', words.palette, '/command/palette.open', 'CmdOrCtrl+K')
      ]
    },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [{ type: 'separator' as const }, { role: 'reload' as const }, { role: 'toggleDevTools' as const }])
      ]
    },
    { role: 'windowMenu' }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

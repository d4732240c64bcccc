import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../../shared/words/language.ts'

/** What the menu can do. */
export interface MenuDeeds {
  /** Opens an address of the desk, or runs one of its commands, in the frontmost window or a new one. */
  show(address: string): void
  newWindow(): void
  showLogs(): void
  /** Shows which version this is and where to find newer ones. */
  tellVersion(): void
}

export interface MenuOptions {
  readonly words: Language['menu']
  readonly name: string
  readonly isMac: boolean
  /** In a checkout, pages can be reloaded and inspected. */
  readonly isPackaged: boolean
  /** The most recently changed stories, newest first. */
  readonly recent: readonly { readonly id: string; readonly headline: string }[]
  readonly deeds: MenuDeeds
}

const LONGEST_HEADLINE = 60

/**
 * The app's menu: the standard roles and the desk's commands. A command is sent to the window as the address
 * `/command/<id>`, with the palette's id and keys, so that a menu can do nothing the window could not. Keys are only
 * displayed; the window itself listens for them.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { words, isMac, deeds } = options
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const onMac = (...items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => (isMac ? items : [])
  const elsewhere = (...items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => (isMac ? [] : items)
  const go = (id: string, label: string, address: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => deeds.show(address),
    ...(accelerator && { accelerator, registerAccelerator: false })
  })
  const settings = go('settings', words.settings, '/command/go.settings', 'CmdOrCtrl+,')
  const quit: MenuItemConstructorOptions = { role: 'quit' }
  return [
    ...onMac({
      label: options.name,
      submenu: [
        { role: 'about' },
        line,
        settings,
        line,
        { role: 'services' },
        line,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        line,
        quit
      ]
    }),
    {
      label: words.file,
      submenu: [
        go('new-story', words.newStory, '/command/library.new', 'CmdOrCtrl+Alt+N'),
        go('open-file', words.openFile, '/command/file.open', 'CmdOrCtrl+O'),
        {
          id: 'new-window',
          label: words.newWindow,
          accelerator: 'CmdOrCtrl+Shift+N',
          click: () => deeds.newWindow()
        },
        line,
        ...elsewhere(settings, line),
        { role: 'close' },
        ...elsewhere(quit)
      ]
    },
    {
      label: words.edit,
      submenu: [
        go('undo', words.undo, '/edit/undo', 'CmdOrCtrl+Z'),
        go('redo', words.redo, '/edit/redo', 'CmdOrCtrl+Shift+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'delete' },
        line,
        { role: 'selectAll' },
        line,
        go('find', words.find, '/command/find.open', 'CmdOrCtrl+F'),
        go('replace', words.replace, '/command/find.replace', options.isMac ? 'CmdOrCtrl+Alt+F' : 'CmdOrCtrl+H'),
        ...onMac(line, {
          label: words.speech,
          submenu: [{ role: 'startSpeaking' }, { role: 'stopSpeaking' }]
        })
      ]
    },
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
        go('library', words.library, '/command/go.library'),
        go('search', words.search, '/command/library.search', 'CmdOrCtrl+Shift+F'),
        go('outbox', words.outbox, '/command/outbox.open'),
        {
          id: 'recent',
          label: words.recent,
          enabled: options.recent.length > 0,
          submenu: options.recent.map(({ id, headline }) =>
            go(`recent-${id}`, label(headline) || words.untitled, `/story/${id}`)
          )
        },
        line,
        go('palette', words.palette, '/command/palette.open', 'CmdOrCtrl+K')
      ]
    },
    {
      label: words.view,
      submenu: [
        go('toggle-library', words.toggleLibrary, '/command/view.library', 'CmdOrCtrl+\\'),
        go('toggle-inspector', words.toggleInspector, '/command/view.inspector', 'CmdOrCtrl+Alt+I'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        ...(options.isPackaged ? [] : [line, { role: 'reload' as const }, { role: 'toggleDevTools' as const }])
      ]
    },
    {
      role: 'window',
      label: words.window,
      submenu: [
        { role: 'minimize' },
        ...onMac({ role: 'zoom' }, line, { role: 'front' }),
        ...elsewhere({ role: 'close' })
      ]
    },
    {
      role: 'help',
      label: words.help,
      submenu: [
        go('shortcuts', words.shortcuts, '/command/shortcuts.open', 'CmdOrCtrl+/'),
        go('sample', words.sample, '/command/sample'),
        line,
        { id: 'logs', label: words.showLogs, click: () => deeds.showLogs() },
        { id: 'version', label: words.newer, click: () => deeds.tellVersion() },
        ...elsewhere(line, { role: 'about' })
      ]
    }
  ]
}

/** A headline as a menu label: no letter becomes a mnemonic, and long headlines are cut. */
function label(headline: string): string {
  const cut = headline.length > LONGEST_HEADLINE ? `${headline.slice(0, LONGEST_HEADLINE - 1).trimEnd()}…` : headline
  return cut.replaceAll('&', '&&')
}

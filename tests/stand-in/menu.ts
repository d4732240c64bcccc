import { strictEmitter } from './strict.ts'
import { BrowserWindow } from './windows.ts'

interface ItemOptions {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly accelerator?: string
  readonly enabled?: boolean
  readonly submenu?: readonly ItemOptions[]
  readonly click?: (item: MenuItem, window: BrowserWindow | null, event: object) => void
}

export class MenuItem extends strictEmitter('MenuItem') {
  readonly id: string | undefined
  readonly label: string
  readonly role: string | undefined
  readonly accelerator: string | undefined
  readonly type: string
  readonly enabled: boolean
  readonly submenu: Menu | null
  readonly #click: ItemOptions['click']

  constructor(options: ItemOptions) {
    super()
    if (!options.label && !options.role && options.type !== 'separator')
      throw new Error('A menu item needs a label, a role or to be a separator')
    this.id = options.id
    this.label = options.label ?? options.role ?? ''
    this.role = options.role
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.accelerator = options.accelerator
    this.submenu = options.submenu ? Menu.buildFromTemplate(options.submenu) : null
    this.#click = options.click
  }

  /** As if the person had chosen it. */
  click(): void {
    this.#click?.(this, BrowserWindow.getFocusedWindow(), {})
  }
}

let applicationMenu: Menu | null = null

export class Menu extends strictEmitter('Menu') {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly ItemOptions[]): Menu {
    const menu = new Menu()
    menu.items.push(...template.map((options) => new MenuItem(options)))
    return menu
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  /** The menus that popped up under the pointer, newest last. */
  static readonly standInPopped: Menu[] = []

  popup(): void {
    Menu.standInPopped.push(this)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found) return found
    }
    return null
  }
}

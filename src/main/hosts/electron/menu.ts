import { app, dialog, Menu, shell } from 'electron'
import type { Core } from '../../core/core.ts'
import { language } from '../language.ts'
import { LOG_NAME } from '../log-file.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { menuTemplate } from './menu-template.ts'
import { recentStories } from './recent-stories.ts'
import type { Windows } from './windows.ts'

export interface SetMenuOptions {
  readonly core: Core
  readonly windows: Windows
  readonly library: string
  readonly version: string
}

/** Sets the app's menu and keeps its recent stories current. Returns a function that stops that. */
export function setMenu({ core, windows, library, version }: SetMenuOptions): () => void {
  const deeds = {
    show: (address: string) => void windows.show(address),
    newWindow: () => void windows.open(),
    showLogs() {
      const log = join(library, LOG_NAME)
      if (existsSync(log)) shell.showItemInFolder(log)
      else void shell.openPath(library)
    },
    tellVersion: () =>
      void dialog.showMessageBox({
        type: 'info',
        message: language.menu.thisIs(version),
        detail: language.menu.newerDetail,
        buttons: [language.menu.ok]
      })
  }
  app.setAboutPanelOptions({
    applicationName: app.name,
    applicationVersion: version,
    version: '',
    copyright: language.menu.made
  })
  return recentStories(core, (recent) =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          words: language.menu,
          name: app.name,
          isMac: process.platform === 'darwin',
          isPackaged: app.isPackaged,
          recent,
          deeds
        })
      )
    )
  )
}

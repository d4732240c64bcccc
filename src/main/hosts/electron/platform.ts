import { join } from 'node:path'
import { app, net, Notification, safeStorage, shell } from 'electron'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Platform } from '../../core/ports.ts'
import { defaultExports } from '../folders.ts'
import { resourcesFolder } from '../resources.ts'
import { askForFiles, askForFolder } from './dialogs.ts'
import { netFetch } from './net-fetch.ts'
import type { OpenedFiles } from './opened-files.ts'
import { isWebAddress } from './page-address.ts'
import { keychainSecrets } from './secrets.ts'
import { say } from '../../../shared/words/message.ts'

/** What Electron provides to the core. Call it once the app is ready, because the keychain is not available earlier. */
export async function electronPlatform(library: string, opened: OpenedFiles): Promise<Platform> {
  const secrets = await keychainSecrets(safeStorage, join(app.getPath('userData'), 'secrets.json'))
  return {
    capabilities: {
      folderDialog: true,
      revealFolder: true,
      keychain: secrets.persistent,
      notifications: Notification.isSupported()
    },
    secrets,
    fetch: netFetch(net),
    resources: resourcesFolder(process.resourcesPath),
    exportFolder: defaultExports(library),
    chooseFolder: askForFolder,
    chooseFiles: askForFiles,
    openedFile: (ticket) => opened.take(ticket),
    async reveal(folder) {
      const problem = await shell.openPath(folder)
      if (problem) throw new GalleyError('unsupported', say('hosts.cannotShowFolder', { folder }))
    },
    async openLink(url) {
      if (!isWebAddress(url)) throw new GalleyError('refused', say('app.onlyWebAddresses'))
      await shell.openExternal(url)
    }
  }
}

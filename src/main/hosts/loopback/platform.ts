import { spawn } from 'node:child_process'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { memorySecrets, type Platform } from '../../core/ports.ts'
import { resourcesFolder } from '../resources.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/**
 * What a plain process on this machine can provide to the core: no dialogs and no keychain; opening links and folders
 * if there is a desktop.
 */
export function loopbackPlatform(exportFolder: string, env: NodeJS.ProcessEnv = process.env): Platform {
  const hasDesktop = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  return {
    capabilities: { folderDialog: false, revealFolder: hasDesktop, keychain: false, notifications: false },
    secrets: memorySecrets(),
    // The global fetch is looked up at each call, because somebody may replace it.
    fetch: (input, init) => globalThis.fetch(input, init),
    resources: resourcesFolder(),
    exportFolder,
    async chooseFolder() {
      throw new GalleyError('unsupported', say('hosts.noFolderDialog'))
    },
    reveal: (folder) => openOutside(folder, say('hosts.cannotShowFolder', { folder })),
    openLink: (url) => openOutside(url, say('hosts.cannotOpenLink', { url }))
  }
}

/** Opens a folder or a link in the desktop. The argument is never interpreted by a shell. */
function openOutside(what: string, problem: Message): Promise<void> {
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [what]]
      : process.platform === 'win32'
        ? /^https?:/.test(what)
          ? ['rundll32', ['url.dll,FileProtocolHandler', what]]
          : ['explorer', [what]]
        : ['xdg-open', [what]]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true })
    const fail = (): void => reject(new GalleyError('unsupported', problem))
    child.once('error', fail)
    // Without a desktop or a browser, xdg-open exits with an error; explorer does so in any case.
    child.once('exit', (code) => {
      if (code === 0 || process.platform === 'win32') resolve()
      else fail()
    })
    child.once('spawn', () => {
      child.unref()
      setTimeout(resolve, 1500).unref()
    })
  })
}

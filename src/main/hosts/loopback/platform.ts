import { spawn } from 'node:child_process'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { memorySecrets, type Platform } from '../../core/ports.ts'
import { resourcesFolder } from '../resources.ts'
import { say, type Message } from '../../../shared/words/message.ts'

/**
 * What a plain process on this machine can lend the core: no dialogs, no keychain; links and folders where there is a
 * desktop.
 */
export function loopbackPlatform(exportFolder: string, env: NodeJS.ProcessEnv = process.env): Platform {
  const hasDesktop = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  return {
    capabilities: { folderDialog: false, revealFolder: hasDesktop, keychain: false, notifications: false },
    secrets: memorySecrets(),
    // The global one is looked up at every call, as whoever replaces it expects.
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

/** Hands a folder or a link to the desktop. The argument is never read by a shell. */
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
    // Without a desktop or a browser xdg-open ends with an error; explorer ends with one whatever it did.
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

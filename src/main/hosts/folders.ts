import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Galley keeps a person's things: the system's folder for application data. */
export function dataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir()
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Galley')
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Galley')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'Galley')
}

/** The library that is used if none is named. */
export function defaultLibrary(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string): string {
  return join(dataFolder(env, platform, home), 'Library')
}

/**
 * Where exports go if the desk has chosen no folder: in the person's documents for the standard library, else in the
 * library.
 */
export function defaultExports(library: string, home: string = homedir()): string {
  const documents = join(home, 'Documents')
  return library === defaultLibrary() && existsSync(documents) ? join(documents, 'Galley') : join(library, 'Exports')
}

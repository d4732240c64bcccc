import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder, makeFolder } from './files.ts'

/** Where damaged files are moved; Galley never deletes anything in it. */
export function quarantineFolder(folder: string): string {
  return join(folder, 'quarantine')
}

/** Moves or copies a file of the library into quarantine. Returns its name there; null if there was no such file. */
export function setAside(folder: string, name: string, stamp: string, how: 'move' | 'copy' = 'move'): string | null {
  const file = join(folder, name)
  if (!existsSync(file)) return null
  makeFolder(quarantineFolder(folder))
  const kept = `${stamp}-${name}`
  if (how === 'move') renameSync(file, join(quarantineFolder(folder), kept))
  else copyFileSync(file, join(quarantineFolder(folder), kept))
  syncFolder(quarantineFolder(folder))
  return kept
}

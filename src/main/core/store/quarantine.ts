import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder, makeFolder } from './files.ts'

/** Where damaged files go; nothing in it is ever deleted by Galley. */
export function quarantineFolder(folder: string): string {
  return join(folder, 'quarantine')
}

/** Moves a file of the library aside, or copies it. Returns its name there; null where there was none. */
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

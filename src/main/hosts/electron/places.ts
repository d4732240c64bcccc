import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dataFolder, defaultLibrary } from '../folders.ts'

export interface Places {
  readonly library: string
  /** Where Electron keeps its own data: the pages' storage, keys, the lock. Null: where the command line says. */
  readonly profile: string | null
}

export interface Asked {
  readonly library: string | undefined
  /** Given on the command line, which Electron has already applied. */
  readonly profile: string | undefined
  /** The checkout's folder if the pages come from its development server. */
  readonly checkout: string | null
}

/**
 * The library, and a profile beside it that belongs to it alone. The single-instance lock is kept in the profile, so
 * two libraries can be open at once and one cannot be opened twice. In development both are separate.
 */
export function placesOf(asked: Asked, data: string = dataFolder(), standard: string = defaultLibrary()): Places {
  const own = asked.checkout === null ? standard : join(asked.checkout, '.cache', 'dev-library')
  const library = resolve(asked.library ?? own)
  if (asked.profile !== undefined) return { library, profile: null }
  if (asked.checkout !== null && library === own)
    return { library, profile: join(asked.checkout, '.cache', 'dev-profile') }
  const name = createHash('sha256').update(library).digest('hex').slice(0, 16)
  return { library, profile: library === standard ? join(data, 'Profile') : join(data, 'Profiles', name) }
}

/** What a person would miss from an earlier profile: secrets, the key that encrypts them, and the window's position. */
const KEPT = ['Local State', 'secrets.json', 'window.json']

/** Points Electron at the profile before any of it is used. The content of the old one also stays there. */
export function moveIn(
  app: { getPath(name: 'userData'): string; setPath(name: 'userData', path: string): void },
  { profile }: Places
): void {
  if (profile === null) return
  if (!existsSync(profile)) {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
    const before = app.getPath('userData')
    for (const name of KEPT) if (existsSync(join(before, name))) copyFileSync(join(before, name), join(profile, name))
  }
  app.setPath('userData', profile)
}

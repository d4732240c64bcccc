import { createHash, randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** What the instance with a library open leaves in its folder for others to find. Readable by its owner alone. */
export const Instance = z.object({ socket: z.string().max(300), key: z.string().min(20).max(100), pid: z.int() })
export type Instance = z.infer<typeof Instance>

const NAME = '.instance.json'

/**
 * A new address to listen at, for the instance with the library open for writing. It is short, because socket paths are
 * limited to about 100 bytes, and in a folder only its owner can enter.
 */
export function newInstance(library: string): Instance {
  const name = createHash('sha256').update(realpathSync(library)).digest('hex').slice(0, 16)
  const key = randomBytes(24).toString('base64url')
  if (process.platform === 'win32')
    return { socket: `\\\\.\\pipe\\galley-${name}-${process.pid}`, key, pid: process.pid }
  const folder = join(tmpdir(), `galley-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const there = lstatSync(folder)
  if (!there.isDirectory() || there.uid !== userInfo().uid) throw new Error(`${folder} belongs to somebody else`)
  chmodSync(folder, 0o700)
  // This instance holds the library's lock, so sockets with the library's name were left by instances that were killed.
  for (const left of readdirSync(folder)) if (left.startsWith(`${name}-`)) rmSync(join(folder, left), { force: true })
  return { socket: join(folder, `${name}-${process.pid}`), key, pid: process.pid }
}

export function announce(library: string, instance: Instance): void {
  writeFileSync(join(library, NAME), JSON.stringify(instance), { mode: 0o600 })
  chmodSync(join(library, NAME), 0o600)
}

export async function findInstance(library: string): Promise<Instance | null> {
  try {
    return Instance.parse(JSON.parse(await readFile(join(library, NAME), 'utf8')))
  } catch {
    return null
  }
}

/** Removes the announcement, unless another instance has replaced it. */
export async function withdraw(library: string, instance: Instance): Promise<void> {
  if ((await findInstance(library))?.key === instance.key) await rm(join(library, NAME), { force: true })
}

import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { memorySecrets, type SecretStore } from '../../core/ports.ts'

/** The part of Electron's safeStorage that is used. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>
  getSelectedStorageBackend(): string
}

const File = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) })

/**
 * Stores secrets encrypted in one file, under a key in the system's keychain. Without a keychain (on Linux this shows
 * as the backend `basic_text`, whose key anybody can read) they are kept for this run only, and `persistent` is false.
 */
export async function keychainSecrets(
  safeStorage: SafeStorage,
  file: string,
  platform: NodeJS.Platform = process.platform
): Promise<SecretStore> {
  if (!(await isTrustworthy(safeStorage, platform))) return memorySecrets()
  // Read at the start, so that a problem with the file is reported then. An unreadable file is left where it is, and
  // reported by whatever needs a secret.
  const keptAside = await readSecrets(file).then(
    ({ kept }) => kept,
    () => null
  )
  let last: Promise<unknown> = Promise.resolve()

  async function change(key: string, secret: string | null): Promise<void> {
    const secrets = new Map(Object.entries((await readSecrets(file)).secrets))
    if (secret === null) secrets.delete(key)
    else secrets.set(key, (await safeStorage.encryptStringAsync(secret)).toString('base64'))
    try {
      await replaceFile(file, JSON.stringify({ version: 1, secrets: Object.fromEntries(secrets) }))
    } catch (error) {
      throw new GalleyError('storage_failed', say('hosts.secretsNotKept'), { cause: error })
    }
  }

  /** Changes run one after another, so that each reads what the previous one wrote. */
  function set(key: string, secret: string | null): Promise<void> {
    const mine = last.then(() => change(key, secret))
    last = mine.catch(() => undefined)
    return mine
  }

  return {
    persistent: true,
    keptAside,
    async get(key) {
      await last
      const { secrets } = await readSecrets(file)
      const stored = Object.hasOwn(secrets, key) ? secrets[key] : undefined
      if (stored === undefined) return null
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(stored, 'base64'))
        if (shouldReEncrypt) await set(key, result)
        return result
      } catch {
        // The file is from another machine, or the keychain was reset: the secret has to be entered again.
        return null
      }
    },
    set
  }
}

async function isTrustworthy(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
    return platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  } catch {
    return false
  }
}

/** A file that does not contain secrets is renamed, so that the next secret does not overwrite it. */
async function readSecrets(file: string): Promise<{ secrets: Readonly<Record<string, string>>; kept: string | null }> {
  let text: string | null
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return { secrets: {}, kept: null }
    // A folder in its place contains no secrets and cannot store any either.
    if (code !== 'EISDIR') throw new GalleyError('storage_failed', say('hosts.secretsUnreadable'), { cause: error })
    text = null
  }
  try {
    return { secrets: File.parse(JSON.parse(text ?? '')).secrets, kept: null }
  } catch {
    const kept = `${file}.unreadable-${randomUUID().slice(0, 8)}`
    await rename(file, kept)
    process.stderr.write(`${kept}: the stored secrets could not be read and are kept aside\n`)
    return { secrets: {}, kept }
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const made = `${file}.${randomUUID()}.tmp`
  try {
    const handle = await open(made, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(made, file)
  } catch (error) {
    await rm(made, { force: true })
    throw error
  }
}

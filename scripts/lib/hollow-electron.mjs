import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What Electron's fuses are found by in its program; then come their version, how many there are, and each of them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * An Electron of the right shape with nothing in it, so that all but Electron itself can be packed and looked at where its
 * program cannot be had. Its fuses stand as Electron delivers them.
 */
export function hollowElectron(folder, version, platform) {
  if (platform !== 'linux') throw new Error('The hollow Electron is for Linux; elsewhere the real one can be had.')
  mkdirSync(join(folder, 'resources'), { recursive: true })
  writeFileSync(join(folder, 'version'), version)
  const fuses = '101001011'
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([
      Buffer.from(`hollow\0${SENTINEL}`),
      Buffer.from([1, fuses.length]),
      Buffer.from(fuses),
      Buffer.alloc(64)
    ])
  )
  chmodSync(join(folder, 'electron'), 0o755)
  return folder
}

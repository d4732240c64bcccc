import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The file of a worker: in `folder` as a source, in it or above it where everything is bundled. Throws where this build
 * has none.
 */
export function workerFile(folder: string, name: string): string {
  const candidates = [join(folder, `${name}.ts`), join(folder, `${name}.js`), join(folder, '..', `${name}.js`)]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (!found) throw new Error(`The worker ${name} is missing from this build`)
  return found
}

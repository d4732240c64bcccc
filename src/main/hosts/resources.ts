import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder of files shipped beside the code. It is above both the built output and the sources, so searching upwards
 * finds it from either; a packaged app also passes the place it was unpacked to.
 */
export function resourcesFolder(...more: readonly string[]): string {
  for (const start of [import.meta.dirname, ...more]) {
    for (let folder = start; ; folder = dirname(folder)) {
      const candidate = join(folder, 'resources', 'samples')
      if (existsSync(candidate)) return dirname(candidate)
      if (dirname(folder) === folder) break
    }
  }
  throw new Error('The resources folder is missing')
}

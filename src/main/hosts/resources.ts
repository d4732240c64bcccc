import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder of files the product ships beside its code. It lies next to the built output as next to the sources, so
 * looking upwards finds it from both; a packaged app names the place it was unpacked to as well.
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

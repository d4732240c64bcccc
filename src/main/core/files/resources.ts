import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder of files the product ships beside its code. It lies next to the built output as next to the sources, so
 * looking upwards finds it from both; a packaged app has it where Electron says.
 */
export function resourcesFolder(): string {
  const packaged: unknown = Reflect.get(process, 'resourcesPath')
  const starts = [import.meta.dirname, ...(typeof packaged === 'string' ? [packaged] : [])]
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      const candidate = join(folder, 'resources', 'samples')
      if (existsSync(candidate)) return dirname(candidate)
      if (dirname(folder) === folder) break
    }
  }
  throw new Error('The resources folder is missing')
}

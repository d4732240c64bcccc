import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

/**
 * The product's version, from the package.json beside the built files (found from `out/main` both in a checkout and in
 * a package).
 */
export function productVersion(builtMain: string): string {
  try {
    return z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(resolve(builtMain, '../../package.json'), 'utf8'))).version
  } catch {
    return '0.0.0'
  }
}

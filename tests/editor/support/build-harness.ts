import { resolve } from 'node:path'
import { build } from 'vite'

export const harnessOut =
  process.env['EDITOR_HARNESS_OUT'] ?? resolve(import.meta.dirname, '../../../node_modules/.cache/editor-harness')

/** Builds the harness page once for all the editor's browser tests. */
export default async function buildHarness(): Promise<void> {
  await build({ configFile: resolve(import.meta.dirname, '../harness/vite.config.ts'), logLevel: 'warn' })
}

import { join, resolve } from 'node:path'

export const BENCH = resolve(import.meta.dirname, '..')
export const ROOT = resolve(BENCH, '..')
export const OUT = process.env['GALLEY_OUT'] ? resolve(process.env['GALLEY_OUT']) : join(ROOT, 'out')
/** Generated and safe to delete: bundled peers, big libraries. */
export const CACHE = join(BENCH, '.cache')
export const RESULTS = join(BENCH, 'results')
export const DOCS = join(ROOT, 'docs', 'performance.md')

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE, OUT, ROOT } from './paths.ts'

/** The big library, made by the product's own generator; kept under bench/.cache until that is deleted. */
export function bigLibrary(stories: number, seed: number): string {
  const folder = libraryFolder(stories, seed)
  const mark = join(folder, 'complete')
  if (existsSync(mark)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  console.log(`Making a library of ${stories.toLocaleString('en')} stories (once; it stays in bench/.cache) …`)
  const args = ['sample-library', '--stories', String(stories), '--seed', String(seed), '--library', folder]
  const cli = join(OUT, 'main', 'cli.js')
  const { status, error } = spawnSync(process.execPath, [cli, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit']
  })
  if (error || status !== 0) throw new Error(`galley sample-library ended with ${error?.message ?? String(status)}`)
  writeFileSync(mark, new Date().toISOString())
  return folder
}

export function libraryFolder(stories: number, seed: number): string {
  return join(CACHE, `library-${stories}-${seed}`)
}

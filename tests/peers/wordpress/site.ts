import { spawn, execFile, type ChildProcess } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '../free-port.ts'
import { php, wordpressTree } from './obtain.ts'

const run = promisify(execFile)

export type Role = 'admin' | 'editor' | 'author'

/** Real WordPress on loopback, under PHP's own server, with its data in SQLite; a folder of its own for each. */
export class RealWordpress {
  readonly version: string
  readonly url: string
  readonly folder: string
  readonly #passwords: Readonly<Record<Role, string>>
  readonly #server: ChildProcess

  private constructor(parts: {
    version: string
    url: string
    folder: string
    passwords: Readonly<Record<Role, string>>
    server: ChildProcess
  }) {
    this.version = parts.version
    this.url = parts.url
    this.folder = parts.folder
    this.#passwords = parts.passwords
    this.#server = parts.server
  }

  /**
   * `home`: the address it is to know itself by, of whatever is before it, from its own. Throws `Unavailable`.
   */
  static async start(home: (url: string) => Promise<string> = async (url) => url): Promise<RealWordpress> {
    const [program, tree] = await Promise.all([php(), wordpressTree()])
    const folder = await mkdtemp(join(tmpdir(), 'galley-wordpress-'))
    const www = join(folder, 'www')
    await mkdir(www)
    for (const { name } of await readdir(tree, { withFileTypes: true })) {
      if (name === 'wp-admin' || name === 'wp-includes') await symlink(join(tree, name), join(www, name))
      else await cp(join(tree, name), join(www, name), { recursive: true })
    }
    for (const name of ['wp-config.php', 'router.php', 'setup.php'])
      await cp(join(import.meta.dirname, name), join(www, name))
    await cp(join(import.meta.dirname, 'theme'), join(www, 'wp-content/themes/plain'), { recursive: true })
    await mkdir(join(www, 'wp-content/uploads'), { recursive: true })
    await mkdir(join(www, 'wp-content/mu-plugins'), { recursive: true })
    await mkdir(join(folder, 'data'))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = {
      ...process.env,
      GALLEY_HOME: await home(url),
      GALLEY_DATA: join(folder, 'data'),
      GALLEY_WWW: www,
      PHP_CLI_SERVER_WORKERS: '3'
    }
    const { stdout } = await run(program, [...QUIET, join(www, 'setup.php')], { env })
    const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      version: string
      passwords: Readonly<Record<Role, string>>
    }
    const server = spawn(
      program,
      [
        ...QUIET,
        ...[
          'opcache.enable_cli=1',
          'opcache.validate_timestamps=1',
          'post_max_size=64M',
          'upload_max_filesize=64M'
        ].flatMap((setting) => ['-d', setting]),
        '-S',
        `127.0.0.1:${port}`,
        '-t',
        www,
        join(www, 'router.php')
      ],
      // A group of its own, for the server leaves its workers behind.
      { env, stdio: 'ignore', detached: true }
    )
    const site = new RealWordpress({ ...said, url, folder, server })
    await site.#isUp()
    return site
  }

  password(role: Role): string {
    return this.#passwords[role]
  }

  /** Asks the API as the administrator, past whatever is before it. */
  async rest(path: string, init: { method?: string; json?: unknown; role?: Role } = {}): Promise<unknown> {
    const { method = 'GET', json, role = 'admin' } = init
    const response = await fetch(`${this.url}/wp-json/wp/v2${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${role}:${this.password(role)}`).toString('base64')}`,
        ...(json !== undefined && { 'content-type': 'application/json' })
      },
      ...(json !== undefined && { body: JSON.stringify(json) })
    })
    const value = (await response.json()) as unknown
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(value).slice(0, 300)}`)
    return value
  }

  /** Something that WordPress loads with every request. */
  get plugins(): string {
    return join(this.folder, 'www/wp-content/mu-plugins')
  }

  get www(): string {
    return join(this.folder, 'www')
  }

  async stop(): Promise<void> {
    const { pid } = this.#server
    if (pid !== undefined && this.#server.exitCode === null) {
      const gone = new Promise((resolve) => this.#server.once('exit', resolve))
      process.kill(-pid, 'SIGKILL')
      await gone
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async #isUp(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      const response = await fetch(`${this.url}/wp-json/`).catch(() => null)
      if (response?.ok) return
      if (this.#server.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await this.stop()
    throw new Error('WordPress did not come up')
  }
}

const QUIET = ['-d', 'error_reporting=E_ALL&~E_DEPRECATED', '-d', 'display_errors=0', '-d', 'memory_limit=256M']

import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '../free-port.ts'
import { ghostTree, type GhostMajor } from './obtain.ts'

const OWNER = { name: 'Desk Owner', email: 'owner@example.com', password: 'kestrel-Orbit-42-zulu', blogTitle: 'News' }

/** Real Ghost on loopback, with its data in SQLite; a folder of its own for each. */
export class RealGhost {
  readonly version: string
  readonly url: string
  readonly folder: string
  /** Admin API key of a custom integration. */
  readonly key: string
  readonly #server: ChildProcess

  private constructor(parts: { version: string; url: string; folder: string; key: string; server: ChildProcess }) {
    this.version = parts.version
    this.url = parts.url
    this.folder = parts.folder
    this.key = parts.key
    this.#server = parts.server
  }

  /** `home`: the address it is to know itself by, of whatever is before it, from its own. Throws `Unavailable`. */
  static async start(
    home: (url: string) => Promise<string> = async (url) => url,
    major: GhostMajor = 6
  ): Promise<RealGhost> {
    const { folder: tree, node } = await ghostTree(major)
    const folder = await mkdtemp(join(tmpdir(), 'galley-ghost-'))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const front = await home(url)
    await cp(join(tree, 'content'), join(folder, 'content'), { recursive: true })
    await mkdir(join(folder, 'data'))
    // It reads its settings where it is started, and takes its own parts from there too.
    for (const name of await readdir(tree))
      if (name !== 'content' && !name.startsWith('config.')) await symlink(join(tree, name), join(folder, name))
    await writeFile(
      join(folder, 'config.development.json'),
      JSON.stringify({
        url: front,
        server: { host: '127.0.0.1', port },
        database: {
          client: major === 5 ? 'sqlite3' : 'better-sqlite3',
          connection: { filename: join(folder, 'data/ghost.db') },
          useNullAsDefault: true
        },
        mail: { transport: 'stub', from: 'test@example.com' },
        logging: { level: 'error', transports: ['stdout'] },
        privacy: { useUpdateCheck: false, useGravatar: false, useRpcPing: false },
        security: { staffDeviceVerification: false },
        paths: { contentPath: join(folder, 'content') }
      })
    )
    const env = { ...process.env, NODE_ENV: 'development' }
    const server = spawn(node, [join(tree, 'index.js')], { cwd: folder, env, stdio: 'ignore' })
    try {
      await isUp(url, server)
      return new RealGhost({ url, folder, server, ...(await setUp(url, front)) })
    } catch (error) {
      server.kill('SIGKILL')
      throw error
    }
  }

  async stop(): Promise<void> {
    if (this.#server.exitCode === null) {
      const gone = new Promise((resolve) => this.#server.once('exit', resolve))
      this.#server.kill('SIGKILL')
      await gone
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function isUp(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 480; tries += 1) {
    const response = await fetch(`${url}/ghost/api/admin/site/`, { redirect: 'manual' }).catch(() => null)
    if (response?.ok) return
    if (server.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('Ghost did not come up')
}

const Integrations = z.object({
  integrations: z.array(z.object({ api_keys: z.array(z.object({ type: z.string(), secret: z.string() })) }))
})

/** The owner and an integration, once, as a person would in Ghost's own pages. */
async function setUp(url: string, origin: string): Promise<{ version: string; key: string }> {
  const api = `${url}/ghost/api/admin`
  const headers = { 'content-type': 'application/json', origin, 'accept-version': 'v6.0' }
  const ask = async (path: string, json?: unknown, more: Record<string, string> = {}): Promise<Response> => {
    const response = await fetch(`${api}${path}`, {
      method: json === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...more },
      ...(json !== undefined && { body: JSON.stringify(json) })
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
    return response
  }
  await (await ask('/authentication/setup/', { setup: [OWNER] })).text()
  const session = await ask('/session/', { username: OWNER.email, password: OWNER.password })
  // The session is stored when its answer ends.
  await session.text()
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const made = await ask('/integrations/?include=api_keys', { integrations: [{ name: 'Galley' }] }, { cookie })
  const [integration] = Integrations.parse(await made.json()).integrations
  const key = integration?.api_keys.find(({ type }) => type === 'admin')?.secret
  if (key === undefined) throw new Error('Ghost gave no key')
  const { site } = z.object({ site: z.object({ version: z.string() }) }).parse(await (await ask('/site/')).json())
  return { version: site.version, key }
}

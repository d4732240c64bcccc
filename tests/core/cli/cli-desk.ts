import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { runCommandLine } from '../../../src/main/cli/run.ts'

/** As the program itself says it: the folder of `cli.ts`. */
const MAIN = join(import.meta.dirname, '../../../src/main')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly error: string
  /** What was said in JSON, with `--json`. */
  readonly lines: any[]
}

/** A folder with a library that is made for each test, and the command line on it. */
export interface CliDesk {
  folder(): string
  library(): string
  /** A file in the folder; returns its path. */
  file(name: string, text: string | Uint8Array): Promise<string>
  /** A process of its own; one that is left is ended after the test. */
  start(args: readonly string[]): ChildProcess
  adopt(child: ChildProcess): void
  /** In a process of its own, which costs a second on a busy machine: for what only one shows, and what it reads. */
  galley(args: readonly string[], input?: string): Promise<Ran>
  /** In this process. */
  here(...args: string[]): Promise<Ran>
  /** The same on the library, in JSON. */
  run(command: string, ...args: string[]): Promise<Ran>
  /** The same on the library, in words. */
  said(command: string, ...args: string[]): Promise<Ran>
  /** Stories that are taken in from files; returns their ids. */
  imported(...headlines: string[]): Promise<string[]>
}

export function cliDesk(): CliDesk {
  let folder = ''
  const children: ChildProcess[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'galley-cli-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  const desk: CliDesk = {
    folder: () => folder,
    library: () => join(folder, 'library'),
    async file(name, text) {
      await writeFile(join(folder, name), text)
      return join(folder, name)
    },
    start(args) {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(MAIN, 'cli.ts'), ...args], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, HOME: folder, XDG_DATA_HOME: join(folder, 'data') }
      })
      children.push(child)
      return child
    },
    adopt: (child) => void children.push(child),
    galley(args, input) {
      const child = desk.start(args)
      const said = { out: '', error: '' }
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (said.out += chunk))
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (said.error += chunk))
      child.stdin?.on('error', () => undefined).end(input)
      return new Promise((resolve) => child.on('close', (code) => resolve(ran(code, said, args))))
    },
    async here(...args) {
      const said = { out: '', error: '' }
      const code = await runCommandLine(
        args,
        { builtMain: MAIN },
        { out: { write: (text) => (said.out += text) }, error: { write: (text) => (said.error += text) } }
      )
      return ran(code, said, args)
    },
    run: (command, ...args) => desk.here(command, ...args, '--library', desk.library(), '--json'),
    said: (command, ...args) => desk.here(command, ...args, '--library', desk.library()),
    async imported(...headlines) {
      const ids: string[] = []
      for (const [at, headline] of headlines.entries()) {
        const { lines, code, error } = await desk.run('import', await desk.file(`import-${at}.json`, ninjs(headline)))
        expect([code, error]).toEqual([0, expect.any(String)])
        ids.push(lines[0].id as string)
      }
      return ids
    }
  }
  return desk
}

function ran(code: number | null, { out, error }: Pick<Ran, 'out' | 'error'>, args: readonly string[]): Ran {
  const lines = args.includes('--json') ? out.split('\n').filter(Boolean) : []
  return { code, out, error, lines: lines.map((line) => JSON.parse(line) as unknown) }
}

/** A story of one paragraph as an agency sends it. */
export function ninjs(headline: string): string {
  return JSON.stringify({
    uri: `urn:test:${headline}`,
    type: 'text',
    standard: { name: 'ninjs', version: '3.1' },
    language: 'en',
    headlines: [{ role: 'main', value: headline }],
    bodies: [{ role: 'main', contentType: 'text/html', value: `<p>The body of ${headline}.</p>` }]
  })
}

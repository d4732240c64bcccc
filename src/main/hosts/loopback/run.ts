import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { createCore } from '../../core/create-core.ts'
import { Receiver } from '../../practice-cms/receiver.ts'
import { defaultExports, defaultLibrary } from '../folders.ts'
import { inLines, language } from '../language.ts'
import { logTo } from '../log-file.ts'
import { showRunning } from '../local/client.ts'
import { tryLocalServer } from '../local/server.ts'
import { loopbackPlatform } from './platform.ts'
import { startLoopback } from './server.ts'
import { say } from '../../../shared/words/message.ts'

export interface RunOptions {
  readonly library: string
  readonly exports: string
  readonly port: number
  /** Stop when the parent process is gone, which closes its end of our standard input. */
  readonly endWithParent: boolean
  /** Folder of the built renderer. */
  readonly renderer: string
  readonly version: string
  readonly log?: (line: string) => void
}

export function parseRunArguments(
  args: readonly string[]
): Pick<RunOptions, 'library' | 'exports' | 'port' | 'endWithParent'> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      library: { type: 'string' },
      exports: { type: 'string' },
      port: { type: 'string', default: '0' },
      'end-with-parent': { type: 'boolean', default: false }
    }
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new GalleyError('invalid_input', say('commandLine.badPort'))
  const library = resolve(values.library ?? defaultLibrary())
  return {
    library,
    exports: resolve(values.exports ?? defaultExports(library)),
    port,
    endWithParent: values['end-with-parent']
  }
}

/**
 * Runs Galley without Electron until it is told to stop. Prints one line with the address to open, in wording that
 * programs look for. If another instance already has the library open, prints an address of that one and exits with 0.
 */
export async function run({
  library,
  exports,
  port,
  endWithParent,
  renderer,
  version,
  log = logTo(library)
}: RunOptions): Promise<void> {
  const running = await showRunning(library, null)
  if (running !== null) {
    process.stdout.write(`${running === true ? language.cli.openAlready : `Galley is at ${running}`}\n`)
    return
  }
  const core = await createCore({
    library,
    platform: loopbackPlatform(exports),
    startPractice: Receiver.start,
    version,
    log
  })
  const host = await startLoopback({ core, renderer, port, key: process.env['GALLEY_WINDOW_KEY'] }).catch(
    async (error: unknown) => {
      // Galley cannot run without a port: close the library before reporting it.
      await core.close()
      throw inUse(error) ? new GalleyError('busy', say('hosts.portInUse', { port })) : error
    }
  )
  const local = await tryLocalServer(
    { library, sessions: host.sessions, onSecondStart: () => host.enterAddress() },
    core,
    log
  )

  let ending: Promise<void> | null = null
  const end = (): void => {
    ending ??= (async () => {
      await host.sessions.lastWords()
      await local?.close()
      await host.close()
      await core.close()
    })().then(
      () => process.exit(0),
      (error: unknown) => {
        log(`ending failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        process.exit(1)
      }
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  if (endWithParent) process.stdin.on('end', end).on('error', end).resume()
  process.stdout.write(`Galley is at ${host.enterAddress()}\n`)
}

function inUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

/** Reports an expected failure in plain words and anything else as a bug; sets the exit code. */
export function reportFailure(error: unknown): void {
  const words =
    error instanceof GalleyError
      ? inLines(error.said)
      : [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  process.stderr.write(`${words.filter(Boolean).join('\n')}\n`)
  process.exitCode = 1
}

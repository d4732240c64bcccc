import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { defaultLibrary } from '../hosts/folders.ts'
import { inLines, language } from '../hosts/language.ts'
import { productVersion } from '../hosts/version.ts'
import type { Command, CommandContext } from './command.ts'
import { commands } from './commands/index.ts'
import { connect, type OpenConnection } from './connect.ts'
import { EXIT, exitCodeOf, usageError, type ExitCode } from './exit-codes.ts'
import { commandHelp, commonOptions, generalHelp, operandsOf } from './help.ts'
import { createOutput, type Streams } from './output.ts'
import { say } from '../../shared/words/message.ts'

/** Runs one command and returns the process's exit code. Never throws. */
export async function runCommandLine(
  args: readonly string[],
  { builtMain }: { readonly builtMain: string },
  streams: Streams = { out: process.stdout, error: process.stderr }
): Promise<ExitCode> {
  // Whoever reads our output may stop reading: `galley list | head`.
  if (streams.out === process.stdout) process.stdout.on('error', () => process.exit(EXIT.ok))
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const asked = commands.find((command) => command.name === rest[0])
    ;(name === undefined ? streams.error : streams.out).write(asked ? commandHelp(asked) : generalHelp())
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  if (name === '--version') {
    streams.out.write(`${productVersion(builtMain)}\n`)
    return EXIT.ok
  }
  const command = commands.find((one) => one.name === name)
  if (!command) {
    streams.error.write(`${language.cli.help.noSuchCommand(name)}\n\n${generalHelp()}`)
    return EXIT.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    streams.out.write(commandHelp(command))
    return EXIT.ok
  }
  return runCommand(command, rest, builtMain, streams)
}

async function runCommand(
  command: Command,
  args: readonly string[],
  builtMain: string,
  streams: Streams
): Promise<ExitCode> {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  let opened: Promise<OpenConnection> | null = null
  const tell = (line: string): void => {
    streams.error.write(`${line}\n`)
  }
  try {
    const given = parse(command, args)
    const library = resolve(given.text('library') ?? defaultLibrary())
    const output = createOutput(given.flag('json'), streams)
    const context: CommandContext = {
      ...given,
      library,
      output,
      builtMain,
      signal: abort.signal,
      async connect() {
        opened ??= connect({ library, builtMain, make: command.makesLibrary ?? false, log: output.say })
        return (await opened).connection
      }
    }
    return await command.run(context)
  } catch (error) {
    if (error instanceof GalleyError) tell(inLines(error.said).join('\n'))
    else tell(error instanceof Error ? (error.stack ?? error.message) : String(error))
    if (error instanceof GalleyError && error.code === 'invalid_input') tell(language.cli.help.seeHelp(command.name))
    return exitCodeOf(error)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await close(opened, tell)
  }
}

async function close(opened: Promise<OpenConnection> | null, tell: (line: string) => void): Promise<void> {
  try {
    await (await opened)?.close()
  } catch (error) {
    // A connection that never opened has already been reported.
    if (!(error instanceof GalleyError)) tell(error instanceof Error ? error.message : String(error))
  }
}

type Given = Pick<CommandContext, 'operands' | 'text' | 'texts' | 'flag' | 'number'>

function parse(command: Command, args: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries({ ...commonOptions, ...command.options }).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple ?? false }
    ])
  )
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('. To specify')[0] ?? error.message) : String(error)
    throw usageError(say('commandLine.unknownOption', { why }))
  }
  const { values, positionals } = parsed
  if (positionals.length < command.min)
    throw usageError(say('commandLine.needsOperands', { command: command.name, operands: operandsOf(command) }))
  if (positionals.length > command.max)
    throw usageError(
      command.max === 0
        ? say('commandLine.takesNothing', { command: command.name, operand: positionals[0] ?? '' })
        : say('commandLine.takesNoMore', { command: command.name, operands: operandsOf(command) })
    )
  const texts = (name: string): string[] => [values[name] ?? []].flat().map(String)
  return {
    operands: positionals,
    texts,
    text: (name) => texts(name).at(-1),
    flag: (name) => values[name] === true,
    number(name, fallback) {
      const text = texts(name).at(-1)
      if (text === undefined) return fallback
      if (!/^\d{1,9}$/.test(text)) throw usageError(say('commandLine.notANumber', { option: name, text }))
      return Number(text)
    }
  }
}

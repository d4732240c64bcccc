import { defaultLibrary } from '../hosts/folders.ts'
import type { Command, CommandOption } from './command.ts'
import { commands } from './commands/index.ts'

export const commonOptions: Readonly<Record<string, CommandOption>> = {
  library: { type: 'string', value: 'DIR', help: `the library's folder (default: ${defaultLibrary()})` },
  json: { type: 'boolean', help: 'results as lines of JSON' },
  help: { type: 'boolean', help: 'this text' }
}

export function generalHelp(): string {
  const width = Math.max(...commands.map(({ name, operands }) => `${name} ${operands}`.length))
  return `galley <command> [options]

${commands.map(({ name, operands, summary }) => `  ${`${name} ${operands}`.padEnd(width)}  ${summary}`).join('\n')}

Every command takes --library DIR and --json. A library that is open in Galley is worked on through it.
ID is a story's id, the beginning of one, its slugline or its slug.

galley help <command> says more. Ends with 0 when all went well, 1 failed, 2 wrong use, 3 not found,
4 refused or in conflict, 5 not reachable or not done in time, 6 the library is busy or read-only.
`
}

export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions }).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const
  )
  const width = Math.max(...options.map(([left]) => left.length))
  return `galley ${[command.name, command.operands, '[options]'].filter(Boolean).join(' ')}

${command.summary}${command.about ? `\n${command.about}` : ''}

${options.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}
`
}

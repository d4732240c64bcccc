import { defaultLibrary } from '../hosts/folders.ts'
import { language } from '../hosts/language.ts'
import type { Command, CommandOption } from './command.ts'
import { commands } from './commands/index.ts'

const words = language.cli

export const commonOptions: Readonly<Record<keyof typeof words.commonOptions, CommandOption>> = {
  library: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' }
}

export function generalHelp(): string {
  const width = Math.max(...commands.map((command) => usage(command).length))
  return `${words.help.usage}

${commands.map((command) => `  ${usage(command).padEnd(width)}  ${words.commands[command.name].summary}`).join('\n')}

${words.help.about}
`
}

export function commandHelp(command: Command): string {
  const { summary, about } = words.commands[command.name]
  const options: (readonly [string, string])[] = [
    ...Object.entries<CommandOption>(command.options).map(([name, { values = [] }]) =>
      line(name, optionWords(command, name), values)
    ),
    ...Object.entries(words.commonOptions).map(([name, option]) => line(name, option, [defaultLibrary()]))
  ]
  const width = Math.max(...options.map(([left]) => left.length))
  return `${words.help.usageOf(usage(command))}

${summary}${about === '' ? '' : `\n${about}`}

${options.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}
`
}

/** The operands after the command's name, as shown in its help. */
export function operandsOf({ name }: Command): string {
  return words.commands[name].operands
}

interface OptionWords {
  readonly value: string
  readonly help: string | ((values: string) => string)
}

function optionWords({ name }: Command, option: string): OptionWords {
  const options: Readonly<Record<string, OptionWords>> = words.commands[name].options
  return options[option] ?? { value: '', help: '' }
}

function line(name: string, { value, help }: OptionWords, values: readonly string[]): readonly [string, string] {
  return [`--${name}${value === '' ? '' : ` ${value}`}`, typeof help === 'string' ? help : help(values.join(', '))]
}

function usage(command: Command): string {
  return [command.name, operandsOf(command)].filter(Boolean).join(' ')
}

import type { Contract } from '../../shared/contract/contract.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import type { Language } from '../../shared/words/language.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'

type Words = Language['cli']['commands']
export type CommandName = keyof Words

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** The accepted values if there are only a few; listed in the help. */
  readonly values?: readonly string[]
}

/** A command. Its help text is in the words, under its name and the names of its options. */
export interface Command<Name extends CommandName = CommandName> {
  readonly name: Name
  readonly options: Readonly<Record<keyof Words[Name]['options'] & string, CommandOption>>
  /** How many operands it takes. */
  readonly min: number
  readonly max: number
  /** Creates the library if there is none. */
  readonly makesLibrary?: boolean
  run(context: CommandContext): Promise<ExitCode>
}

export interface CommandContext {
  readonly operands: readonly string[]
  /** An option's text; the last one if it was given more than once. */
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** A whole number from an option. Throws a usage error for anything else. */
  number(name: string, fallback: number): number
  /** Absolute path of the library's folder. */
  readonly library: string
  readonly output: Output
  /** Folder of the built main process, from which the renderer and the version are found. */
  readonly builtMain: string
  /** The library: through the Galley that has it open, or else opened here. Always returns the same connection. */
  connect(): Promise<Connection<Contract>>
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

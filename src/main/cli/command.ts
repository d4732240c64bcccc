import type { Contract } from '../../shared/contract/contract.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** What stands for the value in the help: NAME, DIR, N. */
  readonly value?: string
  readonly help: string
}

export interface Command {
  readonly name: string
  /** What follows the name: FILE…, ID, nothing. */
  readonly operands: string
  readonly summary: string
  /** More for the command's own help. */
  readonly about?: string
  readonly options: Readonly<Record<string, CommandOption>>
  /** How many operands it takes. */
  readonly min: number
  readonly max: number
  /** It makes the library where there is none. */
  readonly makesLibrary?: boolean
  run(context: CommandContext): Promise<ExitCode>
}

export interface CommandContext {
  readonly operands: readonly string[]
  /** A given option's text; the last where it was given more than once. */
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** A whole number from an option. Throws a usage error for anything else. */
  number(name: string, fallback: number): number
  /** Absolute path of the library's folder. */
  readonly library: string
  readonly output: Output
  /** Folder of the built main process; where the renderer and the version are found from. */
  readonly builtMain: string
  /** The library: of the Galley that has it open, else opened here. The same connection every time. */
  connect(): Promise<Connection<Contract>>
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

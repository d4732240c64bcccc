import { GalleyError, type ErrorCode } from '../../shared/rpc/errors.ts'
import type { Message } from '../../shared/words/message.ts'

/** The exit codes of the command line, as documented in docs/command-line.md. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, refused: 4, unreachable: 5, busy: 6 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const byError: Readonly<Partial<Record<ErrorCode, ExitCode>>> = {
  invalid_input: EXIT.usage,
  not_found: EXIT.notFound,
  conflict: EXIT.refused,
  refused: EXIT.refused,
  unreachable: EXIT.unreachable,
  busy: EXIT.busy,
  read_only: EXIT.busy
}

export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof GalleyError ? (byError[error.code] ?? EXIT.failed) : EXIT.failed
}

/** A mistake in how the command was given. */
export function usageError(said: Message): GalleyError {
  return new GalleyError('invalid_input', said)
}

import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { CommandContext } from '../command.ts'
import { inWords } from '../../hosts/language.ts'
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * Does the same for each operand; a failure is reported and does not stop the others. Returns the exit code of the
 * first failure.
 */
export async function forEachOperand(
  { operands, output, signal }: CommandContext,
  work: (operand: string) => Promise<void>
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok
  for (const operand of operands) {
    if (signal.aborted) throw new GalleyError('cancelled', say('galley.stopped'))
    try {
      await work(operand)
    } catch (error) {
      if (!(error instanceof GalleyError)) throw error
      output.say(`${operand}: ${inWords(error.said)}`)
      if (code === EXIT.ok) code = exitCodeOf(error)
    }
  }
  return code
}

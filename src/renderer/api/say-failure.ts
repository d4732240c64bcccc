import { toWireError } from '../../shared/rpc/errors.ts'
import { inWords } from '../strings/strings.ts'
import { refuse } from '../ui/Refusals.tsx'

/** Says a failure, with what to do next, where it was asked for. */
export function sayFailure(thrown: unknown): void {
  refuse(inWords(toWireError(thrown)))
}

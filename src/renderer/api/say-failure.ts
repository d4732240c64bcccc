import { toWireError } from '../../shared/rpc/errors.ts'
import { inWords } from '../strings/strings.ts'
import { refuseInPlace } from '../ui/Refusals.tsx'
import { toast } from '../ui/Toast.tsx'

/** Says a failure, with what to do next: in the dialog or panel it was asked for in, else at the foot of the desk. */
export function sayFailure(thrown: unknown): void {
  const text = inWords(toWireError(thrown))
  if (!refuseInPlace(text)) toast({ tone: 'danger', text })
}

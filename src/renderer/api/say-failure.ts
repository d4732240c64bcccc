import { toWireError } from '../../shared/rpc/errors.ts'
import { inWords } from '../strings/strings.ts'
import { toast } from '../ui/Toast.tsx'

/** Says a failure at the foot of the desk, with what to do next. */
export function sayFailure(thrown: unknown): void {
  toast({ tone: 'danger', text: inWords(toWireError(thrown)) })
}

import { refuse } from './Refusals.tsx'
import { toast } from './Toast.tsx'

/** Puts a text on the clipboard and says so, or says where somebody looks that the clipboard did not take it. */
export function copy(text: string, { copied, failed }: { readonly copied: string; readonly failed: string }): void {
  navigator.clipboard.writeText(text).then(
    () => toast({ tone: 'ok', text: copied }),
    () => refuse(failed)
  )
}

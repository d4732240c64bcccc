import type { WordChange } from '../../../shared/document/diff/words.ts'

/** A text with what is gone of it and what is new in it. */
export function Words({ of }: { readonly of: readonly WordChange[] }) {
  return of.map(({ kind, text }, at) =>
    kind === 'same' ? (
      <span key={at}>{text}</span>
    ) : kind === 'gone' ? (
      <del key={at}>{text}</del>
    ) : (
      <ins key={at}>{text}</ins>
    )
  )
}

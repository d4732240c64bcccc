import type { Option } from './Select.tsx'

const MOST_SHOWN = 100

/** The options that words leave in the list. */
export function optionsFor(options: readonly Option[], words: string): readonly Option[] {
  return (words.trim() === '' ? options : matching(options, lower(words.trim()))).slice(0, MOST_SHOWN)
}

/**
 * What words mean: the option whose name or code they are, or the one whose name they begin: "Dubai" is Asia/Dubai.
 * Without Enter only whole words do, unless they would be taken as they stand: "India" is not Indianapolis, and "jap" is
 * no code. With Enter also the first of several that they begin, or the first they leave. Undefined: they are left alone.
 * `isTaken`: words that are no option are taken as they stand.
 */
export function meantBy(
  words: string,
  options: readonly Option[],
  { isEnter, isTaken }: { readonly isEnter: boolean; readonly isTaken: (words: string) => boolean }
): string | undefined {
  const needle = lower(words)
  const named = options.find(({ id, label }) => lower(id) === needle || lower(label) === needle)
  if (named) return named.id
  const left = matching(options, needle)
  // Two letters are rather a code that is not offered than the beginning of a name.
  const begun = needle.length > 2 ? left.filter(({ label }) => lower(label).startsWith(needle)) : []
  const [option] = begun
  if (option && (isEnter || (begun.length === 1 && (isTaken(words) || endsAWord(needle, option.label)))))
    return option.id
  if (isTaken(words)) return words
  return isEnter ? left[0]?.id : undefined
}

function endsAWord(needle: string, label: string): boolean {
  return !/^[\p{L}\p{N}]/u.test(lower(label).slice(needle.length))
}

function matching(options: readonly Option[], needle: string): readonly Option[] {
  return options.filter(({ id, label, detail }) => lower(`${label} ${detail ?? ''} ${id}`).includes(needle))
}

function lower(text: string): string {
  return text.toLocaleLowerCase()
}

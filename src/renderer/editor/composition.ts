/**
 * Tells when an input method, or a dead key, begins to compose somewhere within `target`, and when all it wrote has come
 * in, with what it wrote. On its way down: before any editor in there hears of it.
 */
export function onComposition(
  target: HTMLElement | Document,
  { begin, end }: { begin(): void; end(written: string): void }
): () => void {
  let written: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = (): void => {
    if (written === null) return
    clearTimeout(timer)
    const text = written
    written = null
    end(text)
  }
  const begun = (): void => {
    over()
    begin()
  }
  const ended = (event: Event): void => {
    written = (event as CompositionEvent).data
    // Firefox writes the word when it has said that it is done.
    timer = setTimeout(over)
  }
  target.addEventListener('compositionstart', begun, true)
  target.addEventListener('compositionend', ended, true)
  return () => {
    target.removeEventListener('compositionstart', begun, true)
    target.removeEventListener('compositionend', ended, true)
    over()
  }
}

/** A single character is typed like any other; a word that was composed is undone by itself. */
export function isTyped(written: string): boolean {
  return [...written].length === 1
}

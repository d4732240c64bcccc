/**
 * Tells when an input method, or a dead key, begins to compose somewhere within `target`, and when all it wrote has come
 * in, with what it wrote. On its way down: before any editor in there hears of it. Where what it composed in is taken off
 * the page the browser says of no end: the next key that is none of the input method's is one.
 */
export function onComposition(
  target: HTMLElement | Document,
  { begin, end }: { begin(): void; end(written: string): void }
): () => void {
  let isAtWork = false
  let written = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = (): void => {
    clearTimeout(timer)
    if (!isAtWork) return
    isAtWork = false
    end(written)
  }
  const begun = (): void => {
    over()
    isAtWork = true
    written = ''
    begin()
  }
  const ended = (event: Event): void => {
    written = (event as CompositionEvent).data
    // Firefox writes the word when it has said that it is done.
    timer = setTimeout(over)
  }
  const pressed = (event: Event): void => {
    const { isComposing, keyCode } = event as KeyboardEvent
    if (!isComposing && keyCode !== OF_INPUT_METHOD) over()
  }
  target.addEventListener('compositionstart', begun, true)
  target.addEventListener('compositionend', ended, true)
  target.addEventListener('keydown', pressed, true)
  return () => {
    target.removeEventListener('compositionstart', begun, true)
    target.removeEventListener('compositionend', ended, true)
    target.removeEventListener('keydown', pressed, true)
    over()
  }
}

/** The code of a key that an input method takes, also where the browser does not say so otherwise. */
const OF_INPUT_METHOD = 229

/** A single character is typed like any other; a word that was composed is undone by itself. */
export function isTyped(written: string): boolean {
  return [...written].length === 1
}

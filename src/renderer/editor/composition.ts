/**
 * Reports when an input method or a dead key starts composing within `target`, and, once everything it wrote has
 * arrived, that it ended and what it wrote. In the capture phase: before any editor inside receives the event. If the
 * composed element is removed from the page, the browser reports no end; the next key that is not the input method's
 * then counts as one.
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
    // Firefox inserts the word only after announcing the end.
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

/** The key code of a key taken by an input method, even if the browser does not mark it otherwise. */
const OF_INPUT_METHOD = 229

/** A single character counts as ordinary typing; a composed word is undone by itself. */
export function isTyped(written: string): boolean {
  return [...written].length === 1
}

/**
 * Palette and link dialog are loaded when they are first asked for. What is typed until they are there is meant for
 * them, and must not go into the story.
 */
let waiting: { text: string; readonly stop: () => void } | null = null

/**
 * Keeps what is typed from now on for the dialog that comes up. Escape calls `onCancel`. After five seconds without one
 * the keys are the story's again.
 */
export function catchTyping(onCancel: () => void): void {
  waiting?.stop()
  const caught = { text: '', stop }
  const timer = setTimeout(stop, 5000)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing || ((event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph'))) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key.length === 1) caught.text += event.key
    else if (event.key === 'Backspace') caught.text = caught.text.slice(0, -1)
    else if (event.key === 'Escape') {
      stop()
      onCancel()
    }
  }
  function stop(): void {
    clearTimeout(timer)
    removeEventListener('keydown', onKeyDown, { capture: true })
    waiting = null
  }
  addEventListener('keydown', onKeyDown, { capture: true })
  waiting = caught
}

/** What was typed before the dialog was there. From here on its own field has the keys. */
export function takeTyped(): string {
  const text = waiting?.text ?? ''
  waiting?.stop()
  return text
}

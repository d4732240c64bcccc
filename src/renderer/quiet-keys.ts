/** What a character that is typed brings with it. */
const WRITING: ReadonlySet<string> = new Set(['keydown', 'keypress', 'keyup', 'textInput', 'input'])

/**
 * React hears every event twice, on its way down and up, at each element it draws into, and walks its tree each time. A character typed into a text of ours
 * is ten such walks that find nothing: those texts are Lexical's. So React is not told of it. It hears of every other key there (Escape, Tab, Enter, those
 * with Ctrl), and of all that goes on in fields and buttons, which are their own targets. Call before React draws into the element.
 */
export function withoutWriting(container: HTMLElement): HTMLElement {
  const listen = container.addEventListener.bind(container)
  container.addEventListener = (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void => {
    if (!WRITING.has(type) || typeof listener !== 'function') listen(type, listener, options)
    else listen(type, (event) => { if (!isWriting(event)) listener.call(container, event) }, options)
  }
  return container
}

function isWriting(event: Event): boolean {
  if (!(event.target instanceof HTMLElement) || !event.target.hasAttribute('data-lexical-editor')) return false
  return !(event instanceof KeyboardEvent) || (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
}

/** What a character that is typed brings with it. */
const WRITING: ReadonlySet<string> = new Set(['keydown', 'keypress', 'keyup', 'textInput', 'input'])

/**
 * React hears every event twice, on its way down and up, at each element it draws into, and walks its tree each time;
 * the component library listens to every key, to know whether a person uses the keyboard or the mouse. A character
 * typed into the story's text causes a dozen such walks that find nothing, because that text belongs to Lexical. So
 * both are kept from hearing it. They hear of every other key there (Escape, Tab, Enter, those with Ctrl), and of all
 * that goes on in fields and buttons, which are their own targets. Call for each element React draws into before it
 * does, and for the document before the library is loaded.
 */
export function withoutWriting<T extends EventTarget>(target: T): T {
  const listen = target.addEventListener.bind(target)
  const unlisten = target.removeEventListener.bind(target)
  const quiet = new WeakMap<EventListener, EventListener>()
  const quietOf = (
    type: string,
    listener: EventListenerOrEventListenerObject | null
  ): EventListenerOrEventListenerObject | null => {
    if (!WRITING.has(type) || typeof listener !== 'function') return listener
    const known = quiet.get(listener)
    if (known) return known
    const told = (event: Event): void => {
      if (!isWriting(event)) listener.call(target, event)
    }
    quiet.set(listener, told)
    return told
  }
  target.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions
  ) => listen(type, quietOf(type, listener), options)
  target.removeEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions
  ) => unlisten(type, quietOf(type, listener), options)
  return target
}

/** Listeners that `during` adds to `target` do not receive `type`. */
export function without<T>(type: string, target: EventTarget, during: () => T): T {
  const before = Object.getOwnPropertyDescriptor(target, 'addEventListener')
  const listen = target.addEventListener.bind(target)
  target.addEventListener = (
    other: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions
  ): void => {
    if (other !== type) listen(other, listener, options)
  }
  try {
    return during()
  } finally {
    if (before) Object.defineProperty(target, 'addEventListener', before)
    else Reflect.deleteProperty(target, 'addEventListener')
  }
}

function isWriting(event: Event): boolean {
  if (!(event.target instanceof HTMLElement) || !event.target.hasAttribute('data-lexical-editor')) return false
  return (
    !(event instanceof KeyboardEvent) || (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
  )
}

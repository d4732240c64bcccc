import { rangeOfText } from '../../../editor/dom-range.ts'

/** Ends the mirror's text, so that a line break at the end has a line after it, as in the control. */
const END = '\u200B'

export type Control = HTMLInputElement | HTMLTextAreaElement

interface Mirror {
  readonly element: HTMLElement
  readonly text: Text
  readonly stops: AbortController
}

/**
 * CSS highlights cannot reach the text inside an input or textarea. A field with findings therefore gets a mirror: an
 * invisible copy of its text laid exactly over it, in which the marks are drawn. Ranges in the mirror move with edits, as
 * they do on the page.
 */
export class FieldMirrors {
  readonly #mirrors = new Map<Control, Mirror>()

  rangeOf(control: Control, start: number, end: number): Range | null {
    const mirror = this.#mirror(control)
    return mirror ? rangeOfText(mirror.element, start, end) : null
  }

  /** Returns the point in the mirror for an offset in a control; null if it has no mirror. */
  placeOf(control: Control, offset: number): { readonly node: Node; readonly offset: number } | null {
    const text = this.#mirrors.get(control)?.text
    return text ? { node: text, offset: Math.min(offset, text.length) } : null
  }

  /** Scrolls a control until the characters are in view. */
  reveal(control: Control, start: number, end: number): void {
    const box = this.rangeOf(control, start, end)?.getBoundingClientRect()
    if (!box) return
    const view = control.getBoundingClientRect()
    if (box.top < view.top || box.bottom > view.bottom)
      control.scrollTop += box.top + box.height / 2 - (view.top + view.height / 2)
  }

  stop(): void {
    for (const control of this.#mirrors.keys()) this.#drop(control)
  }

  #mirror(control: Control): Mirror | null {
    for (const other of this.#mirrors.keys()) if (!other.isConnected) this.#drop(other)
    let mirror = this.#mirrors.get(control)
    if (!mirror) {
      const field = control.parentElement
      if (!field) return null
      const element = document.createElement('div')
      element.className = 'field-mirror'
      element.ariaHidden = 'true'
      element.dir = control.dir
      const text = element.appendChild(document.createTextNode(''))
      element.append(END)
      const stops = new AbortController()
      mirror = { element, text, stops }
      field.append(element)
      this.#mirrors.set(control, mirror)
      const follow = (): void => this.#follow(control)
      control.addEventListener('input', follow, { signal: stops.signal })
      control.addEventListener('scroll', follow, { passive: true, signal: stops.signal })
      // A field grows with its text, and the pane resizes with the window.
      const sizes = new ResizeObserver(follow)
      sizes.observe(control)
      sizes.observe(field)
      stops.signal.addEventListener('abort', () => sizes.disconnect())
    }
    this.#follow(control)
    return mirror
  }

  #follow(control: Control): void {
    const mirror = this.#mirrors.get(control)
    if (!mirror) return
    const { element, text } = mirror
    const { value } = control
    const { data } = text
    if (data !== value) {
      const most = Math.min(data.length, value.length)
      let head = 0
      while (head < most && data[head] === value[head]) head += 1
      let tail = 0
      while (head + tail < most && data[data.length - 1 - tail] === value[value.length - 1 - tail]) tail += 1
      text.replaceData(head, data.length - head - tail, value.slice(head, value.length - tail))
    }
    element.style.left = `${control.offsetLeft}px`
    element.style.top = `${control.offsetTop}px`
    const edges = edgesOf(control)
    element.style.borderLeftWidth = `${edges.left}px`
    element.style.borderRightWidth = `${edges.right}px`
    element.style.width = `${control.offsetWidth}px`
    element.style.height = `${control.offsetHeight}px`
    element.scrollTop = control.scrollTop
    element.scrollLeft = control.scrollLeft
  }

  #drop(control: Control): void {
    const mirror = this.#mirrors.get(control)
    mirror?.stops.abort()
    mirror?.element.remove()
    this.#mirrors.delete(control)
  }
}

/**
 * The width of a control's border with the scroll bar, which takes room from the text, in px. The bar is on the left of
 * a right-to-left text.
 */
export function edgesOf(control: Pick<Control, 'offsetWidth' | 'clientWidth' | 'clientLeft'>): {
  readonly left: number
  readonly right: number
} {
  const left = control.clientLeft
  return { left, right: control.offsetWidth - control.clientWidth - left }
}

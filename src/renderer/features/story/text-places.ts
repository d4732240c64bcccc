import type { Hit } from '../../../shared/find/replace.ts'
import { isOnPage, type TextPlace } from '../../../shared/find/story-texts.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { selectInField } from '../../editor/body-texts.ts'
import { rangeOfText } from '../../editor/dom-range.ts'

/** Finds where the texts of a story are drawn, and brings them into view. */
export class TextPlaces {
  readonly #story: HTMLElement
  readonly #editor: () => BodyEditorHandle | null

  /** `story`: the element that contains the page and the details. */
  constructor(story: HTMLElement, editor: () => BodyEditorHandle | null) {
    this.#story = story
    this.#editor = editor
  }

  get scroller(): HTMLElement | null {
    return this.#story.querySelector<HTMLElement>('.story-scroll')
  }

  /** The element that shows a text: on the page, or a field's control; null if it is not shown. */
  elementOf(place: TextPlace): HTMLElement | null {
    if (place.in === 'block') return this.#editor()?.textElement(place.id, place.part) ?? null
    const part = place.part === '' ? place.name : `${place.name}.${place.part}`
    // Searching the whole story for a field beside the page would walk through all of a long body.
    const where = isOnPage(place) ? this.#story : this.#story.querySelector(':scope > .inspector')
    const named = where?.querySelector<HTMLElement>(`[data-part="${part}"]`)
    return named?.querySelector<HTMLElement>('input, textarea') ?? named ?? null
  }

  /** The same, or for an alt text, which is written in a dialog, its picture. */
  nearestTo(place: TextPlace): HTMLElement | null {
    const element = this.elementOf(place)
    if (element || place.in === 'field' || place.part !== 'alt') return element
    return this.#editor()?.textElement(place.id, 'caption')?.closest('figure') ?? null
  }

  rangeOf({ place, start, end }: Hit): Range | null {
    const element = this.elementOf(place)
    return element && !isControl(element) ? rangeOfText(element, start, end) : null
  }

  /** Brings a hit into view without moving the focus. */
  reveal(hit: Hit): void {
    const element = this.nearestTo(hit.place)
    if (!element) return
    const { scroller } = this
    if (!scroller?.contains(element)) {
      element.scrollIntoView({ block: 'nearest' })
      return
    }
    // Distant blocks are only laid out as they come near, which shifts everything below them: check again.
    const look = (tries: number): void => {
      const target = this.rangeOf(hit) ?? element
      const box = target.getBoundingClientRect()
      const view = scroller.getBoundingClientRect()
      const isShown = box.height > 0 && box.top >= view.top + 40 && box.bottom <= view.bottom - 40
      if (isShown || tries === 0) return
      if (box.height === 0) element.scrollIntoView({ block: 'center' })
      else scroller.scrollTop += box.top - view.top - (view.height - box.height) / 2
      requestAnimationFrame(() => look(tries - 1))
    }
    look(6)
  }

  /** Moves the person to a hit: the focus goes there, and the hit is selected. */
  select({ place, start, end }: Hit): void {
    if (place.in === 'block') {
      this.#editor()?.selectText(place.id, place.part, start, end)
      return
    }
    const element = this.elementOf(place)
    if (!element) return
    if (isControl(element)) {
      element.focus()
      element.setSelectionRange(start, end)
    } else selectInField(element, start, end)
  }

  /** Returns a test that every field passes, and every block on screen or within half a screen of it. */
  isNear(): (place: TextPlace) => boolean {
    const view = this.scroller?.getBoundingClientRect()
    if (!view) return () => false
    const more = view.height / 2
    const blocks = new Set(this.#editor()?.blocksBetween(view.top - more, view.bottom + more))
    return (place) => place.in === 'field' || blocks.has(place.id)
  }
}

export function isControl(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

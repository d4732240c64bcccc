/** One start tag: its name in lower case, and those of its attributes that mean something to a reader. */
export class HtmlElement {
  readonly name: string
  readonly #attributes: ReadonlyMap<string, string> | null

  constructor(name: string, attributes: ReadonlyMap<string, string> | null) {
    this.name = name
    this.#attributes = attributes
  }

  /** The value of an attribute; empty where it is not there. */
  get(attribute: string): string {
    return this.#attributes?.get(attribute) ?? ''
  }

  has(attribute: string): boolean {
    return this.#attributes?.has(attribute) ?? false
  }

  hasClass(name: string): boolean {
    const all = this.get('class')
    return all.includes(name) && all.split(/\s+/).includes(name)
  }

  /** A whole number an attribute gives, or `otherwise`. */
  number(attribute: string, otherwise: number): number {
    const found = /^\s*(-?\d{1,9})/.exec(this.get(attribute))
    return found ? Number(found[1]) : otherwise
  }
}

/** What readers of HTML look at; any other attribute is passed over unread. */
export const READ_ATTRIBUTES: ReadonlySet<string> = new Set([
  'alt',
  'aria-label',
  'aria-level',
  'class',
  'colspan',
  'data-aria-level',
  'data-src',
  'data-stringify-type',
  'dir',
  'height',
  'hidden',
  'href',
  'id',
  'itemprop',
  'name',
  'open',
  'role',
  'rowspan',
  'src',
  'start',
  'style',
  'title',
  'value',
  'width'
])

/** A start tag: its name in lower case, and the attributes that matter to a reader. */
export class HtmlElement {
  readonly name: string
  readonly #attributes: ReadonlyMap<string, string> | null

  constructor(name: string, attributes: ReadonlyMap<string, string> | null) {
    this.name = name
    this.#attributes = attributes
  }

  /** The value of an attribute; empty if it is missing. */
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

  /** An attribute's value as a whole number, or else `otherwise`. */
  number(attribute: string, otherwise: number): number {
    const found = /^\s*(-?\d{1,9})/.exec(this.get(attribute))
    return found ? Number(found[1]) : otherwise
  }
}

/** The attributes that readers of HTML use; any other is skipped unread. */
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

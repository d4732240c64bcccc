import { isSafeHref } from '../../../shared/document/runs.ts'

/** Characters. Longer addresses are data. */
const LONGEST = 4000

/** Where a page is on the web, as far as it says so, and what its links mean from there. */
export class PageBase {
  #base = ''
  #address = ''

  /** The page's own address if it gives one; otherwise empty. */
  get address(): string {
    return this.#address
  }

  /** `isCanonical`: the page calls this its own address, not merely the base of its links. */
  set(href: string, isCanonical: boolean): void {
    if (!/^https?:\/\//i.test(href)) return
    this.#base = href
    if (isCanonical) this.#address = href.slice(0, 2000)
  }

  /** A browser that saved the page recorded its address in a comment. */
  readComment(text: string): void {
    const saved = /saved from url=\(\d{1,6}\)(https?:\/\/\S{1,2000})/i.exec(text)
    if (saved?.[1] !== undefined && this.#base === '') this.#base = saved[1]
  }

  /**
   * Where a link leads: a complete address, or an empty one if the page does not say where it is itself. Null for
   * anything that leads to no page.
   */
  linkOf(href: string): string | null {
    const whole = this.safeHref(href)
    if (whole !== null) return whole
    const address = href.replace(/[\s\u0000-\u001f]/g, '')
    return address === '' || address.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(address) ? null : ''
  }

  /** A complete address that a reader may be sent to; null for anything else. */
  safeHref(href: string): string | null {
    const address = href.trim()
    if (address === '' || address.startsWith('#') || address.length > LONGEST) return null
    if (isSafeHref(address)) return address
    if (/^[a-z][a-z0-9+.-]*:/i.test(address.replace(/[\s\u0000-\u001f]/g, '')) || this.#base === '') return null
    const whole = URL.parse(address, this.#base)?.href
    return whole !== undefined && isSafeHref(whole) && whole.length <= LONGEST ? whole : null
  }
}

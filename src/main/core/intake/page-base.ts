import { isSafeHref } from '../../../shared/document/runs.ts'

/** Longer addresses are somebody's data. */
const LONGEST = 4000

/** Where a page is on the web, as far as it says so itself, and what its links mean from there. */
export class PageBase {
  #base = ''
  #address = ''

  /** The page's own address, where it names one; else empty. */
  get address(): string {
    return this.#address
  }

  /** `isCanonical`: the page calls this its own address, and not only where its links begin. */
  set(href: string, isCanonical: boolean): void {
    if (!/^https?:\/\//i.test(href)) return
    this.#base = href
    if (isCanonical) this.#address = href.slice(0, 2000)
  }

  /** A browser that saved the page wrote down where it had it from. */
  readComment(text: string): void {
    const saved = /saved from url=\(\d{1,6}\)(https?:\/\/\S{1,2000})/i.exec(text)
    if (saved?.[1] !== undefined && this.#base === '') this.#base = saved[1]
  }

  /** The address a reader may be sent to, made whole; null for anything that is not one. */
  safeHref(href: string): string | null {
    const address = href.trim()
    if (address === '' || address.startsWith('#') || address.length > LONGEST) return null
    if (isSafeHref(address)) return address
    if (/^[a-z][a-z0-9+.-]*:/i.test(address.replace(/[\s\u0000-\u001f]/g, '')) || this.#base === '') return null
    const whole = URL.parse(address, this.#base)?.href
    return whole !== undefined && isSafeHref(whole) && whole.length <= LONGEST ? whole : null
  }
}

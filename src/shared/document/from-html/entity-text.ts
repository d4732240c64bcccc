/** Assembles characters from entities (`&Afr;`): one beyond U+FFFF arrives as two surrogates, one after the other. */
export class EntityText {
  #half = ''

  /** The character once it is complete; empty after its first half. */
  add(code: number): string {
    const character = this.#half + String.fromCodePoint(code)
    this.#half = /^[\ud800-\udbff]$/.test(character) ? character : ''
    return this.#half === '' ? character : ''
  }
}

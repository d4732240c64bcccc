/** Characters that HTML names (`&Afr;`): one beyond the first 65,536 comes in two halves, one after the other. */
export class EntityText {
  #half = ''

  /** The character, as soon as all of it has come; empty after its first half. */
  add(code: number): string {
    const character = this.#half + String.fromCodePoint(code)
    this.#half = /^[\ud800-\udbff]$/.test(character) ? character : ''
    return this.#half === '' ? character : ''
  }
}

import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { EntityText } from './entity-text.ts'
import { HtmlElement, READ_ATTRIBUTES } from './html-element.ts'

/** Receives the tokens. */
export interface TokenReader {
  open(element: HtmlElement): void
  close(name: string): void
  text(text: string): void
  /** Inside a drawing or a formula, where names have other meanings. */
  isForeign(): boolean
}

/** How many characters of an attribute are kept, unless it is a picture. */
const LONGEST_VALUE = 20_000

/**
 * HTML as start tags, end tags and text, a limited number of characters at a time. There is no tree: markup cannot
 * shadow the reader's own properties, run anything or fetch anything, and the cost does not depend on how deeply it
 * nests.
 */
export class HtmlTokens implements TokenizerCallbacks {
  /** Where the current start tag ends, in characters. */
  position = 0
  readonly #html: string
  readonly #reader: TokenReader
  readonly #tokenizer: Tokenizer
  #at = 0
  #name = ''
  #attributes: Map<string, string> | null = null
  /** The attribute whose value is being read; empty if nobody needs it. */
  #attribute = ''
  #value = ''
  readonly #entity = new EntityText()

  constructor(html: string, reader: TokenReader) {
    this.#html = html.includes('\r') ? html.replace(/\r\n?/g, '\n') : html
    this.#reader = reader
    this.#tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, this)
  }

  /** Reads about that many characters further; returns true once everything is read. */
  step(characters: number): boolean {
    if (this.#at >= this.#html.length) return true
    const end = Math.min(this.#html.length, this.#at + characters)
    this.#tokenizer.write(this.#html.slice(this.#at, end))
    this.#at = end
    if (end < this.#html.length) return false
    this.#tokenizer.end()
    return true
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#html.slice(start, end).toLowerCase()
    this.#attributes = null
  }

  onattribname(start: number, end: number): void {
    const name = end - start > 30 ? '' : this.#html.slice(start, end).toLowerCase()
    // If an attribute occurs twice, the first counts.
    this.#attribute = READ_ATTRIBUTES.has(name) && !this.#attributes?.has(name) ? name : ''
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute === '') return
    if (this.#attribute !== 'src' && this.#value.length > LONGEST_VALUE) return
    this.#value += this.#html.slice(start, end)
  }

  onattribentity(code: number): void {
    if (this.#attribute !== '') this.#value += String.fromCodePoint(code)
  }

  onattribend(): void {
    if (this.#attribute !== '') (this.#attributes ??= new Map()).set(this.#attribute, this.#value)
  }

  onopentagend(end: number): void {
    this.position = end
    this.#reader.open(new HtmlElement(this.#name, this.#attributes))
  }

  onselfclosingtag(end: number): void {
    this.position = end
    this.#reader.open(new HtmlElement(this.#name, this.#attributes))
    // The slash closes an element only in drawings, formulas and names with a colon, which are Word's own.
    if (this.#reader.isForeign() || this.#name.includes(':')) this.#reader.close(this.#name)
  }

  onclosetag(start: number, end: number): void {
    this.#reader.close(this.#html.slice(start, end).toLowerCase())
  }

  ontext(start: number, end: number): void {
    this.#reader.text(this.#html.slice(start, end))
  }

  ontextentity(code: number): void {
    const text = this.#entity.add(code)
    if (text !== '') this.#reader.text(text)
  }

  isInForeignContext(): boolean {
    return this.#reader.isForeign()
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

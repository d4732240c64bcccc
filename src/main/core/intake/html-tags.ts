import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { EntityText } from '../../../shared/document/from-html/entity-text.ts'

/** Characters passed to the tokenizer at a time. */
const SLICE = 128 * 1024
/** Characters read of one attribute's value. */
const LONGEST_VALUE = 20_000

export type Attributes = Readonly<Record<string, string>>

/** Receives a page's tags and text in order; names are in lower case, entities decoded. */
export interface TagListener {
  /** `isClosed`: the tag ends with a slash, which need not mean anything. */
  open(name: string, attributes: Attributes, isClosed: boolean): void
  close(name: string): void
  text(text: string): void
  comment(text: string): void
}

/** Reads a page tag by tag, and yields now and then. */
export function* readTags(html: string, listener: TagListener): Generator<void, void> {
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, new Tags(html, listener))
  for (let at = 0; at < html.length; at += SLICE) {
    tokenizer.write(html.slice(at, at + SLICE))
    yield
  }
  tokenizer.end()
}

/** Turns the tokenizer's offsets into tags with attributes. If an attribute occurs twice, the first counts. */
class Tags implements TokenizerCallbacks {
  readonly #html: string
  readonly #listener: TagListener
  #tag = ''
  #attributes: Record<string, string> = {}
  #attribute = ''
  #value = ''
  readonly #entity = new EntityText()

  constructor(html: string, listener: TagListener) {
    this.#html = html
    this.#listener = listener
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase()
    this.#attributes = {}
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, Math.min(end, start + 100)).toLowerCase()
    this.#value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.#value.length < LONGEST_VALUE) this.#value += this.#html.slice(start, end)
  }

  onattribentity(code: number): void {
    this.#value += String.fromCodePoint(code)
  }

  onattribend(): void {
    if (!Object.hasOwn(this.#attributes, this.#attribute))
      Object.defineProperty(this.#attributes, this.#attribute, { value: this.#value, enumerable: true })
  }

  onopentagend(): void {
    this.#listener.open(this.#tag, this.#attributes, false)
  }

  onselfclosingtag(): void {
    this.#listener.open(this.#tag, this.#attributes, true)
  }

  onclosetag(start: number, end: number): void {
    this.#listener.close(this.#html.slice(start, end).trim().toLowerCase())
  }

  ontext(start: number, end: number): void {
    this.#listener.text(this.#html.slice(start, end))
  }

  ontextentity(code: number): void {
    const text = this.#entity.add(code)
    if (text !== '') this.#listener.text(text)
  }

  oncomment(start: number, end: number): void {
    this.#listener.comment(this.#html.slice(start, Math.min(end, start + 2200)))
  }

  oncdata(start: number, end: number): void {
    this.#listener.text(this.#html.slice(start, end))
  }

  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

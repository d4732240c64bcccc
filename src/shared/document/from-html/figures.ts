import { textOfRuns } from '../runs.ts'
import { fitting } from '../text.ts'
import type { GatheredBlocks } from './gathered-blocks.ts'
import type { HtmlElement } from './html-element.ts'
import type { ReadBlock } from './new-block.ts'

/** The longest caption and credit of a picture, in characters; the credit's is well below what the model allows. */
const LONGEST_CAPTION = 10_000
const LONGEST_CREDIT = 300

interface Figure {
  /** Our own pages mark a picture that is still to come. */
  readonly isSlot: boolean
  readonly start: number
  captions: ReadBlock[]
  credit: string
}

/** Pictures with the text below them. Each `enter…` returns what to do when the element ends. */
export class Figures {
  readonly #copy: GatheredBlocks
  #figure: Figure | null = null

  constructor(copy: GatheredBlocks) {
    this.#copy = copy
  }

  get isOpen(): boolean {
    return this.#figure !== null
  }

  isSlotHere(element: HtmlElement): boolean {
    return this.#figure?.isSlot === true && element.hasClass('placeholder')
  }

  /** Adds text to the credit; returns false if no figure is open. */
  credit(text: string): boolean {
    if (!this.#figure) return false
    this.#figure.credit += text
    return true
  }

  enterFigure(element: HtmlElement): () => void {
    this.#copy.endOfBlock()
    const before = this.#figure
    const figure: Figure = {
      isSlot: element.hasClass('picture-to-come'),
      start: this.#copy.blocks.length,
      captions: [],
      credit: ''
    }
    this.#figure = figure
    return () => {
      this.#copy.endOfBlock()
      this.#copy.releasePictures()
      this.#figure = before
      this.#endFigure(figure)
    }
  }

  enterCaption(): () => void {
    this.#copy.endOfBlock()
    const start = this.#copy.blocks.length
    return () => {
      this.#copy.flush()
      if (!this.#figure) return
      for (const block of this.#copy.blocks.splice(start)) {
        if (block.type === 'picture') this.#copy.blocks.push(block)
        else this.#figure.captions.push(block)
      }
    }
  }

  /** A place where our own pages say that a picture is still to come. */
  enterSlot(element: HtmlElement): () => void {
    this.#copy.endOfBlock()
    this.#copy.put({ type: 'picture', src: '', alt: fitting(element.get('aria-label')), caption: '', credit: '' })
    const start = this.#copy.blocks.length
    return () => {
      this.#copy.flush()
      this.#copy.blocks.length = start
    }
  }

  /**
   * A caption belongs to the last picture in its figure; without a picture, or if it is too long, it becomes text
   * below.
   */
  #endFigure({ start, captions, credit }: Figure): void {
    const said = credit.replace(/\s+/g, ' ').trim()
    const picture = this.#copy.blocks.slice(start).findLast((block) => block.type === 'picture')
    const lines = captions.flatMap((block) =>
      'runs' in block ? [block.runs] : 'items' in block ? block.items.map((item) => item.runs) : []
    )
    const caption = lines.map(textOfRuns).join('\n')
    if (picture && caption.length <= LONGEST_CAPTION && said.length <= LONGEST_CREDIT) {
      picture.caption = said === '' ? caption : caption.replace(/(?:(?<!\s)\s+)?[—–|-]\s*$/, '')
      picture.credit = said
      return
    }
    for (const block of captions) this.#copy.put(block)
    if (said !== '') this.#copy.put({ type: 'paragraph', runs: [{ text: said }] })
  }
}

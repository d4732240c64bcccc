import type { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { emptyImageUse, ImageUse } from '../../image-use.ts'
import { textOfRuns, type Run } from '../../runs.ts'
import { blockSchema, defineBlock } from '../define-block.ts'
import type { HtmlBlockBuilder, HtmlElement, ReadBlock } from '../from-html.ts'
import { blockAttributes } from '../markup.ts'
import { figureHtml } from './figure.ts'

const schema = blockSchema('image', { image: ImageUse })
export type ImageBlock = z.infer<typeof schema>

export const image = defineBlock({
  schema,
  upgrade: {},
  canonical: (block) => block,
  toHtml: (block, options) =>
    figureHtml(block.image, options, blockAttributes(block, `${block.image.caption} ${block.image.credit}`, options)),
  toText: textOfPicture,
  toPlainText: (block, { pictureToCome }) => pictureText(block.image, pictureToCome),
  searchText(block) {
    const { caption, credit, alt } = block.image
    return { body: '', captions: [[caption, credit, alt].filter(Boolean).join('\n')].filter(Boolean) }
  },
  words: (block) => countWords(textOfPicture(block)),
  pictures: (block) => [block.image],
  withPictures: (block, change) => ({ ...block, image: change(block.image) }),
  links: () => [],
  ninjs: (block) => [{ name: `picture-${block.id}`, picture: block.image }],
  fromHtml: {
    tags: ['figure', 'img'],
    begin: (element) => new FigureBuilder(element)
  }
})

/** A picture in a text file: its caption and credit in brackets, or its alt text where it has neither. */
export function pictureText({ mediaId, caption, credit, alt }: ImageUse, pictureToCome: string): string {
  const said = [caption, credit].filter(Boolean).join(' — ') || alt
  return mediaId === null ? `[${[pictureToCome, said].filter(Boolean).join(': ')}]` : said && `[${said}]`
}

function textOfPicture({ image: { caption, credit } }: ImageBlock): string {
  return [caption, credit].filter(Boolean).join('\n')
}

/** A picture alone, or in a figure with its caption; a credit is set apart by its class, as our own exports do. */
class FigureBuilder implements HtmlBlockBuilder<ImageBlock> {
  readonly isWhole = true
  #alt = ''
  #src = ''
  readonly #caption: string[] = []
  readonly #credit: string[] = []
  #creditDepth = 0

  constructor(element: HtmlElement) {
    if (element.tag === 'img') this.open(element)
  }

  open({ tag, attributes }: HtmlElement): void {
    if (this.#creditDepth > 0) this.#creditDepth += 1
    else if (/\bcredit\b/.test(attributes['class'] ?? '')) this.#creditDepth = 1
    if (tag !== 'img' || this.#src !== '') return
    this.#src = attributes['src'] ?? ''
    this.#alt = attributes['alt'] ?? ''
  }

  close(): void {
    this.#creditDepth = Math.max(0, this.#creditDepth - 1)
  }

  line(runs: Run[]): readonly [] {
    const into = this.#creditDepth > 0 ? this.#credit : this.#caption
    into.push(textOfRuns(runs))
    return []
  }

  end(): readonly ReadBlock<ImageBlock>[] {
    const use = {
      ...emptyImageUse(),
      alt: this.#alt,
      caption: this.#caption.join('\n').replace(/\s*[—–-]\s*$/, ''),
      credit: this.#credit.join(' ')
    }
    return [{ block: { type: 'image', image: use }, sources: [this.#src] }]
  }
}

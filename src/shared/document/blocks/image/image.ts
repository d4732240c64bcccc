import type { z } from 'zod'
import { countWords } from '../../../lib/words.ts'
import { ImageUse } from '../../image-use.ts'
import { blockSchema, changedText, defineBlock } from '../define-block.ts'
import { figureHtml } from './figure.ts'

const schema = blockSchema('image', { image: ImageUse })
export type ImageBlock = z.infer<typeof schema>

export const image = defineBlock({
  schema,
  upgrade: {},
  canonical: (block) => block,
  toHtml: (block, options) => figureHtml(block.image, { ...options, voice: block }),
  toText: textOfPicture,
  toPlainText: (block) => pictureText(block.image),
  searchText(block) {
    const { caption, credit, alt } = block.image
    return { body: '', captions: [[caption, credit, alt].filter(Boolean).join('\n')].filter(Boolean) }
  },
  words: (block) => countWords(textOfPicture(block)),
  pictures: (block) => [block.image],
  withPictures: (block, change) => ({ ...block, image: change(block.image) }),
  links: () => [],
  withTexts: (block, change) => ({
    ...block,
    image: {
      ...block.image,
      caption: changedText(block.image.caption, 'caption', change),
      credit: changedText(block.image.credit, 'credit', change),
      alt: changedText(block.image.alt, 'alt', change)
    }
  }),
  ninjs: (block) => [{ name: `picture-${block.id}`, picture: block.image }],
  fromHtml: 'reader'
})

/**
 * A picture in a text file: its caption and credit in brackets, or its alt text if it has neither. Empty for a slot
 * without a picture, which is only for the desk.
 */
export function pictureText({ mediaId, caption, credit, alt }: ImageUse): string {
  const said = [caption, credit].filter(Boolean).join(' — ') || alt
  return mediaId === null ? '' : said && `[${said}]`
}

function textOfPicture({ image: { caption, credit } }: ImageBlock): string {
  return [caption, credit].filter(Boolean).join('\n')
}

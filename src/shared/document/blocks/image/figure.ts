import type { ImageUse } from '../../image-use.ts'
import { attribute, blockAttributes, insideOf, textToHtml, type HtmlOptions, type Voice } from '../markup.ts'

export interface FigureOptions extends HtmlOptions {
  /** The block's own direction and language. */
  readonly voice?: Voice
  /** Further attributes of the figure, as written in the tag. */
  readonly attributes?: string
  /** By default the picture is loaded when a reader comes near it. */
  readonly loading?: 'lazy' | 'eager'
}

/**
 * One picture, with its caption and credit as separate elements. An empty slot is only for the desk: a page for
 * readers, which supplies `picture`, leaves it out; elsewhere (on the clipboard) it appears with what is known about
 * it.
 */
export function figureHtml(use: ImageUse, options: FigureOptions): string {
  const source = options.picture?.(use)
  if (!source && options.picture) return ''
  const words = `${use.caption} ${use.credit}`
  const voice = blockAttributes(options.voice ?? {}, words, options)
  const around = insideOf(options.voice ?? {}, words, options)
  const span = (name: string, text: string): string =>
    text === '' ? '' : `<span class="${name}"${blockAttributes({}, text, around)}>${textToHtml(text)}</span>`
  const lines = [span('caption', use.caption), span('credit', use.credit)].filter(Boolean)
  const figcaption = lines.length === 0 ? '' : `<figcaption>${lines.join(' ')}</figcaption>`
  const attributes = voice + (options.attributes ?? '')
  if (!source) return `<figure class="picture-to-come"${attributes}>${figcaption}</figure>`
  const focal = use.focalPoint ? `${fraction(use.focalPoint.x)} ${fraction(use.focalPoint.y)}` : undefined
  const image = [
    '<img',
    attribute('src', source.src),
    attribute('alt', use.alt),
    attribute('width', source.width),
    attribute('height', source.height),
    attribute('style', source.style),
    options.loading === 'eager' ? '' : ' loading="lazy"',
    attribute('data-focal-point', focal),
    attribute('data-galley-media', source.name),
    '>'
  ].join('')
  return `<figure${attributes}>${image}${figcaption}</figure>`
}

function fraction(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

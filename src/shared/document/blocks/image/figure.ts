import type { ImageUse } from '../../image-use.ts'
import { attribute, textToHtml, type HtmlOptions } from '../markup.ts'

/**
 * One picture with its caption and its credit as separate elements. Without a picture the slot stands and says so, with
 * everything that is known of it; nothing of the use is lost and no broken image is shown.
 */
export function figureHtml(
  use: ImageUse,
  options: HtmlOptions,
  attributes = '',
  loading: 'lazy' | 'eager' = 'lazy'
): string {
  const source = options.picture?.(use)
  const caption = use.caption === '' ? '' : `<span class="caption">${textToHtml(use.caption)}</span>`
  const credit = use.credit === '' ? '' : `<span class="credit">${textToHtml(use.credit)}</span>`
  const figcaption = caption || credit ? `<figcaption>${[caption, credit].filter(Boolean).join(' ')}</figcaption>` : ''
  if (!source) {
    const words = options.pictureToCome ?? 'Picture to come'
    const described = use.alt === '' ? '' : ` role="img"${attribute('aria-label', use.alt)}`
    const slot = words === '' ? '' : `<p class="placeholder"${described}>${textToHtml(words)}</p>`
    return `<figure class="picture-to-come"${attributes}>${slot}${figcaption}</figure>`
  }
  const focal = use.focalPoint ? `${fraction(use.focalPoint.x)} ${fraction(use.focalPoint.y)}` : undefined
  const image = [
    '<img',
    attribute('src', source.src),
    attribute('alt', use.alt),
    attribute('width', source.width),
    attribute('height', source.height),
    loading === 'lazy' ? ' loading="lazy"' : '',
    attribute('data-focal-point', focal),
    '>'
  ].join('')
  return `<figure${attributes}>${image}${figcaption}</figure>`
}

function fraction(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

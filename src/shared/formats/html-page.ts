import { sectionShown } from '../story/section.ts'
import type { Story } from '../story/story.ts'
import { correctionsAt, withoutReasons } from '../story/corrections.ts'
import { withoutSlots } from '../story/pictures.ts'
import type { Instant } from '../story/instant.ts'
import type { StoryFields } from '../story/fields.ts'
import { figureHtml } from '../document/blocks/image/figure.ts'
import { attribute, blockAttributes, escapeHtml, textToHtml } from '../document/blocks/markup.ts'
import type { ImageUse } from '../document/image-use.ts'
import { writtenHref } from '../document/runs.ts'
import { resolveDirection } from '../document/language.ts'
import { type HtmlOptions, type PictureSource } from '../document/to-html.ts'
import { absoluteAddress, canonicalUrl, type DeskSite } from './desk-site.ts'
import { attributeSafeJson, newsArticle, scriptSafeJson } from './news-article.ts'
import { PAGE_STYLE, PAGE_STYLE_SHA256 } from './page-style.ts'
import { ownBodyHtml } from './own-blocks.ts'
import { pageFacts } from './page-facts.ts'
import { pageWords, readableInstant, type PageWords } from './page-words.ts'
import { isForReaders, standingOf, type Standing } from './standing.ts'
import { isoWithOffset } from './zoned-time.ts'

export interface PageOptions {
  readonly site: DeskSite
  /** Where the page finds a picture; undefined if it is not available. */
  readonly picture: (use: ImageUse) => PictureSource | undefined
  /** The earliest hour that a delivery of the story waits for. */
  readonly planned?: Instant | null
}

/**
 * A story as a complete page that needs nothing else but its pictures: no script runs, nothing is fetched from
 * elsewhere, and the same story gives the same bytes. The editor's note, the slugline and the usage terms stay at the
 * desk.
 */
export function htmlPage(story: Story, options: PageOptions): string {
  const { fields } = story
  const { site } = options
  const direction = resolveDirection(fields.direction, fields.language)
  const words = pageWords(fields.language)
  const main = articleHtml(story, options)
  return (
    lines([
      '<!doctype html>',
      `<html${attribute('lang', fields.language)} dir="${direction}">`,
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'sha256-${PAGE_STYLE_SHA256}'; base-uri 'none'; form-action 'none'">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      ...headHtml(story, options, words),
      `<style>${PAGE_STYLE}</style>`,
      '</head>',
      '<body>',
      site.deskName === ''
        ? ''
        : `<header class="masthead">${site.siteUrl === '' ? escapeHtml(site.deskName) : link(site.siteUrl, site.deskName)}</header>`,
      `<main>\n${main}\n</main>`,
      site.related.length === 0
        ? ''
        : `<aside class="rail"><h2>${escapeHtml(site.relatedTitle || words.topStories)}</h2>${linkList(site.related, site.relatedTitle || words.topStories)}</aside>`,
      site.channels.length === 0
        ? ''
        : `<footer class="channels"><h2>${escapeHtml(words.followUs)}</h2>${linkList(site.channels, words.followUs)}</footer>`,
      '</body>',
      '</html>'
    ]) + '\n'
  )
}

/** The story alone, as one `article` element to put into a page of one's own: no head, no style, no rails. */
export function htmlFragment(story: Story, options: PageOptions): string {
  return `${articleHtml(story, options)}\n`
}

function articleHtml(whole: Story, { picture, planned }: PageOptions): string {
  const story = withoutSlots(whole)
  const { id, body } = story
  const fields = withoutReasons(story.fields)
  const direction = resolveDirection(fields.direction, fields.language)
  const words = pageWords(fields.language)
  const html: HtmlOptions = { picture, direction }
  const dir = (text: string): string => blockAttributes({}, text, html)
  const byline = bylineParts(fields)
  const labels = { section: sectionShown(fields), kicker: fields.kicker }
  const shown = new Set<keyof StoryFields>()
  if (labels.section !== '' || fields.section === '') shown.add('section')
  if (byline.dateline !== '') shown.add('dateline')
  if (byline.source !== '') shown.add('source')
  const facts = attributeSafeJson(pageFacts(fields, shown))
  return lines([
    `<article${attribute('data-galley-id', id)}${attribute('data-galley-fields', facts)}${attribute('lang', fields.language)} dir="${direction}">`,
    standingHtml(standingOf(story, planned), words),
    '<header>',
    spansHtml('labels', labels),
    `<h1${dir(fields.headline)}>${textToHtml(fields.headline || words.untitled)}</h1>`,
    fields.standfirst === ''
      ? ''
      : `<p class="standfirst"${dir(fields.standfirst)}>${textToHtml(fields.standfirst)}</p>`,
    spansHtml('byline', byline),
    timesHtml(fields, words),
    '</header>',
    correctionsHtml(fields, 'top', words),
    fields.leadImage
      ? figureHtml(fields.leadImage, { ...html, attributes: ' data-galley-lead', loading: 'eager' })
      : '',
    `<div class="body">\n${ownBodyHtml(body, html)}\n</div>`,
    correctionsHtml(fields, 'bottom', words),
    relatedHtml(fields, words),
    '</article>'
  ])
}

function headHtml(story: Story, { site, picture, planned }: PageOptions, words: PageWords): string[] {
  const { fields } = story
  const title = fields.headlineSeo || fields.headline || words.untitled
  const canonical = canonicalUrl(site, fields)
  const { firstPublished, lastUpdated } = fields.times
  const changed = lastUpdated ?? firstPublished
  const property = (name: string, value: string | undefined): string =>
    value ? `<meta property="${name}"${attribute('content', value)}>` : ''
  const named = (name: string, value: string): string =>
    value === '' ? '' : `<meta name="${name}"${attribute('content', value)}>`
  const image = fields.leadImage && absoluteAddress(picture(fields.leadImage)?.src, site, fields)
  const imageAlt = image ? fields.leadImage?.alt : undefined
  return [
    `<title>${escapeHtml(oneLine(site.deskName === '' ? title : `${title} | ${site.deskName}`))}</title>`,
    named('description', oneLine(fields.standfirst)),
    named('author', fields.authors.map((author) => author.name).join(', ')),
    named('keywords', fields.keywords.join(', ')),
    '<meta name="generator" content="Galley">',
    isForReaders(standingOf(story, planned)) ? '' : '<meta name="robots" content="noindex">',
    '<link rel="icon" href="data:,">',
    canonical === undefined ? '' : `<link rel="canonical"${attribute('href', canonical)}>`,
    property('og:type', 'article'),
    property('og:title', oneLine(fields.headlineSocial || fields.headline || words.untitled)),
    property('og:description', oneLine(fields.standfirst)),
    property('og:url', canonical),
    property('og:site_name', site.deskName),
    property('og:locale', fields.language.replace('-', '_')),
    property('og:image', image ?? undefined),
    property('og:image:alt', imageAlt),
    named('twitter:card', image ? 'summary_large_image' : 'summary'),
    named('twitter:title', oneLine(fields.headlineSocial || fields.headline || words.untitled)),
    named('twitter:description', oneLine(fields.standfirst)),
    named('twitter:image', image ?? ''),
    named('twitter:image:alt', imageAlt ?? ''),
    property('article:published_time', firstPublished ? isoWithOffset(firstPublished) : undefined),
    property('article:modified_time', changed ? isoWithOffset(changed) : undefined),
    property('article:section', fields.section),
    `<script type="application/ld+json">${scriptSafeJson(newsArticle(story, site, picture))}</script>`
  ]
}

function bylineParts({
  byline,
  dateline,
  source,
  authors
}: StoryFields): Record<'author' | 'dateline' | 'source', string> {
  const author = byline || authors.map(({ name }) => name).join(', ')
  // "By AFP" need not be followed by "AFP", nor "in Beirut" by "Beirut".
  const unsaid = (text: string): string => (author.toLowerCase().includes(text.toLowerCase()) ? '' : text)
  return { author, dateline: unsaid(dateline), source: unsaid(source) }
}

/** A line of parts, each under its name. */
function spansHtml(name: string, parts: Readonly<Record<string, string>>): string {
  const spans = Object.entries(parts).flatMap(([part, text]) =>
    text === '' ? [] : [`<span class="${part}">${textToHtml(text)}</span>`]
  )
  return spans.length === 0 ? '' : `<p class="${name}">${spans.join(' ')}</p>`
}

function timesHtml({ times }: StoryFields, words: PageWords): string {
  const parts = [
    times.firstPublished &&
      `<span class="published"><b>${escapeHtml(words.published)}:</b> ${timeHtml(times.firstPublished, words)}</span>`,
    times.lastUpdated &&
      `<span class="updated"><b>${escapeHtml(words.updated)}:</b> ${timeHtml(times.lastUpdated, words)}</span>`
  ].filter(Boolean)
  return parts.length === 0 ? '' : `<p class="times">${parts.join(' ')}</p>`
}

/** Above everything else, and only while it is so. */
function standingHtml({ mark, embargo, planned }: Standing, words: PageWords): string {
  return lines([
    mark ? `<p class="mark">${escapeHtml(words.marks[mark])}</p>` : '',
    embargo ? `<p class="embargo">${escapeHtml(words.embargoed)}: ${timeHtml(embargo, words)}</p>` : '',
    planned ? `<p class="planned">${escapeHtml(words.planned)}: ${timeHtml(planned, words)}</p>` : ''
  ])
}

function timeHtml(instant: Pick<Instant, 'utc' | 'zone'>, words: PageWords): string {
  return `<time${attribute('datetime', isoWithOffset(instant))}>${escapeHtml(readableInstant(instant, words))}</time>`
}

function correctionsHtml({ corrections, times }: StoryFields, place: 'top' | 'bottom', words: PageWords): string {
  const here = correctionsAt(corrections, place)
  if (here.length === 0) return ''
  const items = here.map((correction) => {
    const at = timeHtml({ utc: correction.at, zone: times.created.zone }, words)
    return `<li><b>${escapeHtml(words.correction[correction.kind])}</b> (${at}): ${textToHtml(correction.text)}</li>`
  })
  return `<section class="corrections"><h2>${escapeHtml(words.corrections)}</h2><ul>${items.join('')}</ul></section>`
}

function relatedHtml({ related }: StoryFields, words: PageWords): string {
  if (related.length === 0) return ''
  const items = related.map(
    (story) =>
      `<li>${story.url === undefined ? textToHtml(story.headline) : link(story.url, story.headline || story.url)}</li>`
  )
  return `<section class="related"><h2>${escapeHtml(words.related)}</h2><ul>${items.join('')}</ul></section>`
}

function linkList(links: DeskSite['related'], name: string): string {
  return `<nav${attribute('aria-label', name)}><ul>${links.map(({ label, url }) => `<li>${link(url, label)}</li>`).join('')}</ul></nav>`
}

function link(url: string, text: string): string {
  return /^https?:\/\//i.test(url)
    ? `<a${attribute('href', writtenHref(url))}>${textToHtml(text)}</a>`
    : textToHtml(text)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function lines(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n')
}

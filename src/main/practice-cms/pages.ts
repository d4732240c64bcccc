import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Story } from '../../shared/story/story.ts'
import { emptyFields } from '../../shared/story/fields.ts'
import { attribute, escapeHtml, textToHtml } from '../../shared/document/blocks/markup.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import { resolveDirection } from '../../shared/document/language.ts'
import { runsOf } from '../../shared/document/runs.ts'
import { GALLEY_STORY_TYPE, readGalleyJson, type GalleyMedia } from '../../shared/formats/galley-json.ts'
import { htmlPage } from '../../shared/formats/html-page.ts'
import { PAGE_STYLE_SHA256 } from '../../shared/formats/page-style.ts'
import { pageWords, readableInstant } from '../../shared/formats/page-words.ts'
import { isoWithOffset } from '../../shared/formats/zoned-time.ts'
import { readablePayload } from '../core/publishing/targets/payload.ts'
import type { Held } from './shelf.ts'

/** The front page: the newest story large, the others below, in the order they arrived. */
export function frontPage(name: string, held: readonly Held[]): string {
  const [lead, ...rest] = held.map(read)
  const content =
    lead === undefined
      ? '<section class="empty"><h2>Nothing is published here yet</h2><p>Publish a story from Galley’s inspector and it appears on this page: a real server, on this machine only.</p></section>'
      : `${card(lead, 'lead')}${rest.length === 0 ? '' : `<div class="grid">${rest.map((story) => card(story, 'small')).join('\n')}</div>`}`
  return page(
    name,
    `<header class="masthead"><h1>${escapeHtml(name)}</h1><p>${held.length === 1 ? '1 story' : `${held.length} stories`} on this machine</p></header>\n<main>${content}</main>`
  )
}

/** A story as readers see it, made like every page Galley exports. */
export function storyPage(name: string, held: Held): string {
  const { article, media } = read(held)
  return htmlPage(article, {
    site: { deskName: name, siteUrl: '', channels: [], related: [], relatedTitle: '' },
    picture(use) {
      const asset = media.get(use.mediaId ?? '')
      return asset && { src: `/pictures/${asset.id}`, width: asset.width, height: asset.height }
    }
  }).replace(
    `<header class="masthead">${escapeHtml(name)}</header>`,
    () => `<header class="masthead"><a href="/">${escapeHtml(name)}</a></header>`
  )
}

export function notFoundPage(name: string): string {
  return emptyPage(name, 'There is no such page here')
}

/** In the place of a story that was withdrawn. */
export function withdrawnPage(name: string): string {
  return emptyPage(name, 'This story was withdrawn')
}

/** The desk has taken the story back: nothing of it is shown to readers. */
export function isWithdrawn({ contentType, payload }: Held): boolean {
  const value: unknown = JSON.parse(payload)
  return contentType === GALLEY_STORY_TYPE ? Withdrawn.safeParse(value).success : WithdrawnItem.safeParse(value).success
}

const Withdrawn = z.looseObject({ story: z.looseObject({ status: z.literal('killed') }) })
const WithdrawnItem = z.looseObject({ pubStatus: z.literal('canceled') })

function emptyPage(name: string, title: string): string {
  return page(
    name,
    `<header class="masthead"><h1><a href="/">${escapeHtml(name)}</a></h1></header><main><section class="empty"><h2>${title}</h2><p><a href="/">To the front page</a></p></section></main>`
  )
}

interface ReadStory {
  readonly article: Story
  readonly media: ReadonlyMap<string, GalleyMedia>
}

function read(held: Held): ReadStory {
  if (held.contentType === GALLEY_STORY_TYPE) {
    try {
      const { story, media } = readGalleyJson(JSON.parse(held.payload))
      return { article: asLive(story, held), media: new Map(media.map((asset) => [asset.id, asset])) }
    } catch {
      // Checked when it came in; a file changed by hand since is shown as the text it holds.
    }
  }
  const { headline, text } = readablePayload(held.payload)
  const fields = { ...emptyFields({ utc: held.receivedAt, zone: 'UTC', origin: 'cms' }), headline }
  const blocks = text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((paragraph, index) => ({ id: `p${index}`, type: 'paragraph' as const, runs: runsOf(paragraph) }))
  return {
    article: {
      id: held.id,
      revision: held.version,
      status: 'published',
      fields,
      body: { version: 1, blocks },
      changedAt: held.receivedAt
    },
    media: new Map()
  }
}

/** What readers of this CMS see: a story is public there since it came in, whatever was to happen before. */
function asLive(story: Story, { receivedAt }: Held): Story {
  const { times } = story.fields
  const { planned: _planned, ...rest } = times
  const firstPublished = times.firstPublished ?? { utc: receivedAt, zone: times.created.zone, origin: 'cms' }
  return {
    ...story,
    status: 'published',
    fields: { ...story.fields, times: { ...rest, firstPublished, embargo: null } }
  }
}

function card({ article, media }: ReadStory, size: 'lead' | 'small'): string {
  const { fields, id } = article
  const words = pageWords(fields.language)
  const address = `/stories/${id}${fields.slug === '' ? '' : `/${encodeURIComponent(fields.slug.toWellFormed().replace(/\//g, '-'))}`}`
  const published = fields.times.firstPublished
  const label = fields.kicker || fields.section
  return [
    `<article class="${size}"${attribute('lang', fields.language)} dir="${resolveDirection(fields.direction, fields.language)}"><a${attribute('href', address)}>`,
    picture(fields.leadImage, media),
    '<div class="text">',
    label === '' ? '' : `<p class="label">${textToHtml(label)}</p>`,
    `<h2>${textToHtml(fields.headline || words.untitled)}</h2>`,
    fields.standfirst === '' ? '' : `<p class="standfirst">${textToHtml(fields.standfirst)}</p>`,
    `<p class="byline">${[fields.byline && textToHtml(fields.byline), published && `<time${attribute('datetime', isoWithOffset(published))}>${escapeHtml(readableInstant(published, words))}</time>`].filter(Boolean).join(' · ')}</p>`,
    '</div></a></article>'
  ].join('')
}

function picture(use: ImageUse | null, media: ReadonlyMap<string, GalleyMedia>): string {
  const asset = media.get(use?.mediaId ?? '')
  if (!use || !asset) return ''
  const focal = use.focalPoint
    ? ` class="focal-${Math.round(use.focalPoint.x * 2)}-${Math.round(use.focalPoint.y * 2)}"`
    : ''
  return `<img${attribute('src', `/pictures/${asset.id}`)}${attribute('alt', use.alt)}${attribute('width', asset.width)}${attribute('height', asset.height)}${focal}>`
}

function page(name: string, body: string): string {
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(name)}</title>\n<link rel="icon" href="data:,">\n<style>${STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`
}

// A policy lets no style attribute through, so the nine focal points are classes.
const FOCAL = [0, 1, 2]
  .flatMap((x) => [0, 1, 2].map((y) => `.focal-${x}-${y}{object-position:${x * 50}% ${y * 50}%}`))
  .join('')

const STYLE = `
:root{color-scheme:light dark;--paper:#fffefb;--ink:#1b1a17;--soft:#625e56;--line:#e2ddd2;--accent:#a3271d;--wash:#f5f1e8;--serif:"Newsreader","Iowan Old Style",Palatino,Georgia,"Noto Naskh Arabic","Noto Serif",serif;--sans:"Inter",system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#161513;--ink:#ece8df;--soft:#a59f93;--line:#34312b;--accent:#f0857a;--wash:#201e1a}}
*{box-sizing:border-box}
body{margin:0 auto;padding:0 1.5rem 4rem;max-width:70rem;background:var(--paper);color:var(--ink);font:1.05rem/1.5 var(--serif);overflow-wrap:break-word}
.masthead{display:flex;align-items:baseline;justify-content:space-between;gap:1rem;padding:2.2rem 0 .9rem;border-bottom:3px double var(--ink);margin-bottom:2rem}
.masthead h1{margin:0;font-size:clamp(1.7rem,1.2rem + 2.4vw,2.8rem);line-height:1;font-weight:700;letter-spacing:-.02em}
.masthead p{margin:0;font:.82rem/1.4 var(--sans);color:var(--soft)}
a{color:inherit;text-decoration:none}
a:focus-visible{outline:2px solid var(--accent);outline-offset:6px;border-radius:2px}
a:hover h2{text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:.06em;text-underline-offset:.12em}
h2{margin:0;font-weight:600;letter-spacing:-.012em;text-wrap:balance}
:lang(ar) h2,:lang(fa) h2,:lang(ur) h2{letter-spacing:0;line-height:1.4}
.label{margin:0 0 .4rem;font:600 .75rem/1.4 var(--sans);letter-spacing:.06em;text-transform:uppercase;color:var(--accent)}
:lang(ar) .label{letter-spacing:0}
.standfirst{margin:.6rem 0 0;color:var(--soft);text-wrap:pretty}
.byline{margin:.8rem 0 0;font:.8rem/1.5 var(--sans);color:var(--soft)}
.byline time{unicode-bidi:isolate;font-variant-numeric:tabular-nums}
img{display:block;width:100%;aspect-ratio:3/2;height:auto;object-fit:cover;border-radius:3px;background:var(--wash)}
.lead>a{display:grid;gap:1.2rem 2rem;align-items:start}
.lead h2{font-size:clamp(1.7rem,1.1rem + 2vw,2.5rem);line-height:1.12}
.lead:not(:has(img)) h2{font-size:clamp(1.8rem,1.2rem + 2.6vw,3rem)}
.lead .standfirst{font-size:1.18rem}
@media (min-width:52rem){.lead>a:has(img){grid-template-columns:3fr 2fr}}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:2rem;margin-top:2.2rem;padding-top:2.2rem;border-top:1px solid var(--line)}
.small img{margin-bottom:.8rem}
.small h2{font-size:1.3rem;line-height:1.22}
.small .standfirst{font-size:.95rem}
.empty{padding:5rem 0;text-align:center}
.empty h2{font-size:1.6rem}
.empty p{margin:.8rem auto 0;max-width:34rem;color:var(--soft)}
.empty a{text-decoration:underline;text-decoration-color:var(--accent)}
${FOCAL}
`

/** For every page: no script, nothing from elsewhere, no framing. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; img-src 'self' data:; style-src 'sha256-${PAGE_STYLE_SHA256}' 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store'
}

import { z } from 'zod'
import { attribute, textToHtml } from '../../../../../shared/document/blocks/markup.ts'
import { isSafeHref } from '../../../../../shared/document/runs.ts'
import { fitting } from '../../../../../shared/document/text.ts'
import type { FieldsPatch } from '../../../../../shared/story/fields.ts'
import type { Story } from '../../../../../shared/story/story.ts'
import { embeds, onlyInHtml } from '../only-there.ts'
import type { CopyThere, Job, RemoteCopy } from '../target.ts'
import { parsed } from './compare.ts'
import { asTag, postIn, shortened, LONGEST_EXCERPT } from './intent.ts'
import { PostContent } from './post.ts'

/** A post as copy. Cards that are more than text are listed, and their words kept. */
export function copyThere(remote: RemoteCopy, { fields }: Story, _job: Job, sent: string | null): CopyThere | null {
  const post = PostContent.safeParse(remote.content)
  if (!post.success) return null
  const { title, custom_excerpt: excerpt, slug, lexical, feature_image: featured } = post.data
  const body = htmlOfLexical(parsed(lexical))
  const postSent = sent === null ? null : postIn(sent)
  const standfirst = excerpt ?? ''
  const changed: FieldsPatch = {
    ...(title !== fields.headline.trim() && { headline: fitting(title) }),
    ...(standfirst !== shortened(fields.standfirst.trim(), LONGEST_EXCERPT) && { standfirst }),
    ...(isOtherSlug(fields.slug, slug) && { slug: fitting(slug) }),
    ...tagsOf(post.data, fields)
  }
  return {
    fields: changed,
    body: { html: body.html, sent: postSent && htmlOfLexical(parsed(postSent.lexical)).html },
    hasLines: true,
    lead: featured
      ? {
          address: featured,
          words: { alt: post.data.feature_image_alt ?? '', caption: post.data.feature_image_caption ?? '' }
        }
      : null,
    onlyThere: [...embeds(body.cards), ...onlyInHtml(body.html)]
  }
}

/** The section comes first, as it was sent; empty if the names are the same. A tag that was cut is taken as our own. */
function tagsOf({ tags = [] }: PostContent, { section, keywords }: Story['fields']): FieldsPatch {
  const fold = (name: string): string => asTag(name).toLowerCase()
  const names = tags.map(({ name }) => fitting(name.trim())).filter(Boolean)
  const there = new Set(names.map(fold))
  const ours = new Map([section, ...keywords].filter((name) => fold(name) !== '').map((name) => [fold(name), name]))
  if ([...ours.keys()].every((name) => there.has(name)) && names.every((name) => ours.has(fold(name)))) return {}
  const kept = section.trim() !== '' && there.has(fold(section))
  return {
    ...(section.trim() !== '' && !kept && { section: '' }),
    keywords: names
      .filter((name) => !kept || fold(name) !== fold(section))
      .map((name) => ours.get(fold(name))?.trim() ?? name)
  }
}

/** A number that Ghost appended to make the slug unique is not a change. */
function isOtherSlug(ours: string, theirs: string): boolean {
  return (
    ours !== '' && ours !== theirs && !(theirs.startsWith(`${ours}-`) && /^\d+$/.test(theirs.slice(ours.length + 1)))
  )
}

const Node = z.looseObject({ type: z.string(), children: z.array(z.unknown()).optional() })
type Node = z.infer<typeof Node>
const Root = z.looseObject({ root: z.looseObject({ children: z.array(z.unknown()) }) })

/** A node nested deeper than this was not written by a person. */
const DEEPEST = 60

/** Ghost's Lexical JSON as HTML, for our HTML reader; `cards`: what it has besides text and pictures. */
export function htmlOfLexical(lexical: unknown): { readonly html: string; readonly cards: readonly string[] } {
  const cards: string[] = []
  const children = Root.safeParse(lexical).data?.root.children ?? []
  return { html: children.map((child) => htmlOfNode(child, cards, 0)).join('\n'), cards }
}

function htmlOfNode(value: unknown, cards: string[], depth: number): string {
  const node = Node.safeParse(value).data
  if (!node || depth > DEEPEST) return ''
  const inside = (): string => (node.children ?? []).map((child) => htmlOfNode(child, cards, depth + 1)).join('')
  const text = (name: string): string => (typeof node[name] === 'string' ? node[name] : '')
  switch (node.type) {
    case 'paragraph':
      return `<p>${inside()}</p>`
    case 'heading':
    case 'extended-heading': {
      const tag = /^h[1-6]$/.test(text('tag')) ? text('tag') : 'h2'
      return `<${tag}>${inside()}</${tag}>`
    }
    case 'quote':
    case 'extended-quote':
    case 'aside':
      return `<blockquote>${inside()}</blockquote>`
    case 'list': {
      const tag = node['listType'] === 'number' ? 'ol' : 'ul'
      const start = tag === 'ol' && Number.isInteger(node['start']) ? attribute('start', String(node['start'])) : ''
      return `<${tag}${start}>${itemsOf(node.children ?? [], cards, depth + 1)}</${tag}>`
    }
    case 'listitem':
      return `<li>${inside()}</li>`
    case 'text':
    case 'extended-text':
      return formatted(textToHtml(text('text')), node['format'])
    case 'linebreak':
      return '<br>'
    case 'link':
    case 'autolink':
      return isSafeHref(text('url')) ? `<a${attribute('href', text('url'))}>${inside()}</a>` : inside()
    case 'horizontalrule':
      return '<hr>'
    case 'html':
      return text('html')
    case 'image': {
      const caption = text('caption') === '' ? '' : `<figcaption>${text('caption')}</figcaption>`
      return `<figure><img${attribute('src', text('src'))}${attribute('alt', text('alt'))}>${caption}</figure>`
    }
    default: {
      const address = text('url') || text('src')
      cards.push(address === '' ? node.type : `${node.type}: ${address}`)
      const words = [...['text', 'html', 'caption', 'title', 'heading', 'content'].map(text), inside()].filter(Boolean)
      return words.map((one) => `<p>${plainOf(one)}</p>`).join('')
    }
  }
}

/** Ghost's editor gives a list inside a list an item to itself; in HTML it belongs to the item before it. */
function itemsOf(items: readonly unknown[], cards: string[], depth: number): string {
  const html: string[] = []
  for (const item of items) {
    const before = html.at(-1)
    const children = Node.safeParse(item).data?.children ?? []
    const isNested = children.length > 0 && children.every((child) => Node.safeParse(child).data?.type === 'list')
    if (isNested && before?.endsWith(ITEM_END)) {
      const nested = children.map((child) => htmlOfNode(child, cards, depth + 1)).join('')
      html[html.length - 1] = `${before.slice(0, -ITEM_END.length)}${nested}${ITEM_END}`
    } else html.push(htmlOfNode(item, cards, depth))
  }
  return html.join('')
}

const ITEM_END = '</li>'

/** A card's words without its elements, which are listed separately. */
function plainOf(html: string): string {
  return html.replace(/<[^<>]*>/g, ' ')
}

const TAGS: readonly (readonly [bit: number, tag: string])[] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup']
]

function formatted(html: string, format: unknown): string {
  const bits = typeof format === 'number' ? format : 0
  return TAGS.reduce((inner, [bit, tag]) => ((bits & bit) === 0 ? inner : `<${tag}>${inner}</${tag}>`), html)
}

import type { OnlyThere } from '../../../../shared/contract/publishing.ts'

/** How many are listed; a page of ten thousand frames is no list to read. */
const MOST_NAMED = 100
const LONGEST_NAME = 200

/** Elements that are neither text nor a picture of ours. */
const ELEMENTS = /<(iframe|embed|object|video|audio|form|script|style|svg|canvas|math)\b([^>]{0,2000})/gi
/** What a block editor writes around anything that is more than text. */
const CARDS = /<!--\s*wp:([a-z][a-z0-9/-]{0,60})\s*(\{[^>]{0,2000})?/gi
const PLAIN_CARDS =
  /^(?:core\/)?(?:paragraph|heading|list|list-item|quote|image|separator|table|freeform|html|group|columns?|preformatted|verse)$/
const SHORTCODE = /\[(gallery|embed|caption|audio|video|playlist)\b[^\]]{0,500}\]/g

/** What HTML from a CMS has besides text and pictures. Untrusted: it is listed, and nothing in it is fetched. */
export function onlyInHtml(html: string): OnlyThere[] {
  const names: string[] = []
  for (const [, name = '', attributes = ''] of html.matchAll(ELEMENTS))
    names.push(named(name.toLowerCase(), addressIn(attributes)))
  for (const [, name = '', settings = ''] of html.matchAll(CARDS))
    if (!PLAIN_CARDS.test(name)) names.push(named(name.replace(/^core\//, ''), addressIn(settings)))
  for (const [, name = ''] of html.matchAll(SHORTCODE)) names.push(name)
  return embeds(names)
}

/** One entry for each occurrence, told apart by `left:` and a number. */
export function embeds(names: readonly string[]): OnlyThere[] {
  return names.slice(0, MOST_NAMED).map((name) => ({ id: '', kind: 'embed', name: name.slice(0, LONGEST_NAME) }))
}

function named(name: string, address: string): string {
  return address === '' ? name : `${name}: ${address}`
}

function addressIn(text: string): string {
  return /https?:\/\/[^\s"'<>\\]{1,300}/i.exec(text)?.[0] ?? ''
}

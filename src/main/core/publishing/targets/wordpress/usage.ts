import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Trouble } from '../target.ts'
import type { Replied, WordpressRest } from './rest.ts'

/** A picture in the media library of the site. */
export const RemotePicture = z.looseObject({
  id: z.int(),
  slug: z.string(),
  source_url: z.string(),
  /** What somebody attached it to. */
  post: z.int().nullish()
})
export type RemotePicture = z.infer<typeof RemotePicture>

/** What shows pictures on a site, as far as the account is let see it. */
export interface Survey {
  /** Paths of the kinds of things that have a text: `/posts`. */
  readonly places: readonly string[]
  /** Pictures that are featured, or named in a gallery. */
  readonly shown: ReadonlySet<number>
  /** Everything was seen that the site says it has. */
  readonly complete: boolean
}

/** Items in one reply: of short ones, and of whole texts. */
const PAGE = 100
const TEXTS = 20
/** Replies that one list is read through, at most. */
const PAGES = 100
/** What a theme is made of, and pictures themselves: the API tells nothing of the use of pictures there. */
const NO_PLACES = new Set([
  'attachment',
  'nav_menu_item',
  'wp_template',
  'wp_template_part',
  'wp_global_styles',
  'wp_navigation',
  'wp_font_family',
  'wp_font_face'
])

const Types = z.record(z.string(), z.looseObject({ rest_base: z.string(), rest_namespace: z.string().optional() }))
const Text = z.looseObject({ raw: z.string().optional(), rendered: z.string().optional() })
const Thing = z.looseObject({
  id: z.int(),
  featured_media: z.int().optional(),
  content: Text.optional(),
  excerpt: Text.optional()
})
type Thing = z.infer<typeof Thing>

/** Posts, pages and whatever else the site has, in every state, the trash too. Throws `Stopped`. */
export async function surveyOf(rest: WordpressRest, signal?: AbortSignal): Promise<Survey> {
  const [mine, all] = [await typesIn(rest, 'edit', signal), await typesIn(rest, 'view', signal)]
  const places = Object.entries(mine).flatMap(([name, { rest_base: base, rest_namespace: space }]) =>
    NO_PLACES.has(name) || (space ?? 'wp/v2') !== 'wp/v2' || !/^[\w-]+$/.test(base) ? [] : { name, path: `/${base}` }
  )
  let complete = Object.keys(all).every((name) => NO_PLACES.has(name) || places.some((place) => place.name === name))
  const shown = new Set<number>()
  for (const { path } of places) {
    const things = await everything(rest, path, { _fields: 'id,featured_media', per_page: String(PAGE) }, signal)
    const texts = await everything(rest, path, textsWith('[gallery'), signal)
    complete &&= things.complete && texts.complete
    for (const { featured_media: id } of things.found) if (id) shown.add(id)
    for (const thing of texts.found)
      for (const [, ids = ''] of textOf(thing).matchAll(/\[gallery\b[^\]]*?\b(?:ids|include)=["']?([\d, ]+)/g))
        for (const id of ids.split(',')) shown.add(Number(id))
  }
  return { places: places.map(({ path }) => path), shown, complete }
}

/** Whether anything shows a picture; `unknown` where nothing was found and not everything was seen. Throws `Stopped`. */
export async function useOf(
  rest: WordpressRest,
  item: RemotePicture,
  { places, shown, complete }: Survey,
  signal?: AbortSignal
): Promise<'shown' | 'unused' | 'unknown'> {
  // Big pictures are scaled, turned and cut by WordPress, under names of their own.
  const stem = fileOf(item)
    .replace(/\.[^.]*$/, '')
    .replace(/(?:-scaled|-rotated|-e\d+)+$/, '')
  if (stem === '' || item.post || shown.has(item.id)) return 'shown'
  const file = new RegExp(`${stem.replaceAll('.', '\\.')}(?:-scaled|-rotated|-e\\d+)*(?:-\\d+x\\d+)?\\.`)
  const named = new RegExp(`\\bwp-image-${item.id}\\b`)
  let all = complete
  for (const place of places)
    for (const text of [stem, `wp-image-${item.id}`]) {
      const texts = await everything(rest, place, textsWith(text), signal)
      if (texts.found.some((thing) => file.test(textOf(thing)) || named.test(textOf(thing)))) return 'shown'
      all &&= texts.complete
    }
  return all ? 'unused' : 'unknown'
}

export function fileOf({ source_url: address }: RemotePicture): string {
  return (address.split('/').at(-1) ?? '').replace(/[^\w.-]/g, '')
}

/** Ends a look that takes several requests. */
export class Stopped extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble.kind)
    this.trouble = trouble
  }
}

export function troubleIn(reply: Exclude<Replied, { kind: 'ok' }>): Trouble {
  if (reply.kind === 'nothing-there') return { kind: 'rejected', message: say('wordpress.noApi') }
  return reply
}

function textsWith(search: string): Readonly<Record<string, string>> {
  return { search, _fields: 'id,content,excerpt', per_page: String(TEXTS) }
}

function textOf({ content, excerpt }: Thing): string {
  return [content, excerpt].map((text) => text?.raw ?? text?.rendered ?? '').join('\n')
}

async function typesIn(rest: WordpressRest, context: 'edit' | 'view', signal?: AbortSignal) {
  const reply = await rest.ask({ method: 'GET', path: '/types', query: { context }, signal })
  if (reply.kind !== 'ok') throw new Stopped(troubleIn(reply))
  return Types.safeParse(reply.value).data ?? {}
}

/**
 * A list to its end, in every state. It is complete where as many things were shown as there are: WordPress counts those,
 * too, that this account may not edit, such as the page of the privacy policy; what is published is read as readers do.
 */
async function everything(
  rest: WordpressRest,
  path: string,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal
): Promise<{ readonly found: readonly Thing[]; readonly complete: boolean }> {
  const mine = await pagesOf(rest, path, { ...query, status: 'any,trash', context: 'edit' }, signal)
  if (mine.total === null || mine.things.size >= mine.total)
    return { found: [...mine.things.values()], complete: mine.things.size === mine.total }
  const published = await pagesOf(rest, path, { ...query, context: 'view' }, signal)
  const things = new Map([...published.things, ...mine.things])
  return { found: [...things.values()], complete: things.size === mine.total }
}

/** What a list shows, by its ids; `total` null where it was refused, has no end, or does not say how many it has. */
async function pagesOf(
  rest: WordpressRest,
  path: string,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal
): Promise<{ readonly things: ReadonlyMap<number, Thing>; readonly total: number | null }> {
  const things = new Map<number, Thing>()
  const unknown = { things, total: null }
  for (let page = 1; page <= PAGES; page += 1) {
    const reply = await rest.ask({ method: 'GET', path, query: { ...query, page: String(page) }, signal })
    if (reply.kind === 'rejected' || reply.kind === 'unauthorised' || reply.kind === 'nothing-there') return unknown
    if (reply.kind === 'odd') return unknown
    if (reply.kind !== 'ok') throw new Stopped(troubleIn(reply))
    const list = z.array(Thing).safeParse(reply.value)
    if (!list.success || reply.total === null) return unknown
    for (const thing of list.data) things.set(thing.id, thing)
    if (page * Number(query['per_page']) >= reply.total) return { things, total: reply.total }
  }
  return unknown
}

import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Trouble } from '../target.ts'
import type { Replied, WordpressRest } from './rest.ts'

/** A picture in the site's media library. */
export const RemotePicture = z.looseObject({
  id: z.int(),
  slug: z.string(),
  source_url: z.string(),
  /** What somebody attached it to. */
  post: z.int().nullish()
})
export type RemotePicture = z.infer<typeof RemotePicture>

/** Where a site shows pictures, as far as the account may see. */
export interface Survey {
  /** API paths of the kinds of content with text: `/posts`. */
  readonly places: readonly string[]
  /** Pictures that are featured, or named in a gallery. */
  readonly shown: ReadonlySet<number>
  /** Everything the site says it has was seen. */
  readonly complete: boolean
}

/** Items per reply: short ones, and full texts. */
const PAGE = 100
const TEXTS = 20
/** The most replies read for one list. */
const PAGES = 100
/** Parts of themes, and pictures themselves: the API does not show how they use pictures. */
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

/** Posts, pages and any other content, in every state including the trash. Throws `Stopped`. */
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

/**
 * Whether anything shows a picture; `unknown` if nothing was found but not everything could be seen. Throws `Stopped`.
 */
export async function useOf(
  rest: WordpressRest,
  item: RemotePicture,
  { places, shown, complete }: Survey,
  signal?: AbortSignal
): Promise<'shown' | 'unused' | 'unknown'> {
  // WordPress scales, rotates and crops large pictures under derived names.
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

/** Ends a search that takes several requests. */
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
 * A whole list, in every state. It is complete if as many items were shown as there are: WordPress also counts those
 * that this account may not edit, such as the privacy policy page. Published items are read as readers see them.
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

/** The items of a list by id; `total` is null if it was refused, has no end, or does not say how many it has. */
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

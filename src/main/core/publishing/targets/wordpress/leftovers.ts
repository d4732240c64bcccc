import { z } from 'zod'
import { say } from '../../../../../shared/words/message.ts'
import type { Answer, Left, Leftover, Made, Trouble } from '../target.ts'
import { markOf } from './intent.ts'
import { RemotePost } from './post.ts'
import type { Replied, WordpressRest } from './rest.ts'

/** Most copies of one picture that are looked for. */
const COPIES = 4
/** Slugs in one request: an address of a few kilobytes, which every server takes. */
const SLUGS = 80
/** Items in one reply, at most. */
const PAGE = 100

const Media = z.looseObject({ id: z.int(), slug: z.string(), source_url: z.string() })
type Media = z.infer<typeof Media>

/**
 * Drafts that still bear a story's mark, and pictures that bear a picture's: second copies, whose slug WordPress has
 * made unique by a number, and those of stories that were never published. A picture that any post shows is none.
 */
export async function leftoversIn(rest: WordpressRest, made: Made, signal?: AbortSignal): Promise<Left> {
  try {
    const leftovers: Leftover[] = []
    const stories = new Map(made.stories.map(({ id }) => [markOf(id), id]))
    const drafts = await bySlug(rest, '/posts', [...stories.keys()], RemotePost, { status: 'any' }, signal)
    for (const post of drafts) {
      const storyId = stories.get(post.slug)
      if (storyId === undefined || post.status === 'publish' || post.status === 'future') continue
      const { id, title, link } = post
      leftovers.push({ kind: 'draft', remoteId: String(id), name: title.raw, address: link, storyId })
    }

    const pictures = new Map(
      made.pictures.flatMap((picture) =>
        slugsOf(markOf(picture.id)).map((slug, copy) => [slug, { ...picture, copy }] as const)
      )
    )
    const media = await bySlug(rest, '/media', [...pictures.keys()], Media, {}, signal)
    const shown = await featured(rest, made, signal)
    for (const item of media) {
      const picture = pictures.get(item.slug)
      if (!picture || shown.has(item.id)) continue
      const isKept = picture.remoteId === null ? picture.copy === 0 : picture.remoteId === String(item.id)
      if ((picture.used && isKept) || (await isShown(rest, item, signal))) continue
      leftovers.push({
        kind: 'picture',
        remoteId: String(item.id),
        name: fileOf(item),
        address: item.source_url,
        storyId: picture.storyId
      })
    }
    return { kind: 'left', leftovers }
  } catch (error) {
    if (error instanceof Stopped) return error.trouble
    throw error
  }
}

/** A post goes to the trash; the media library has none. */
export async function discardIn(
  rest: WordpressRest,
  { kind, remoteId }: Leftover,
  signal?: AbortSignal
): Promise<Answer> {
  const path = `${kind === 'draft' ? '/posts' : '/media'}/${remoteId}`
  const reply = await rest.ask({
    method: 'DELETE',
    path,
    ...(kind === 'picture' && { query: { force: 'true' } }),
    signal
  })
  if (reply.kind === 'ok' || reply.kind === 'nothing-there') return { kind: 'stored', learned: [] }
  return troubleIn(reply)
}

function slugsOf(mark: string): string[] {
  return Array.from({ length: COPIES }, (_, at) => (at === 0 ? mark : `${mark}-${at + 1}`))
}

async function bySlug<Item>(
  rest: WordpressRest,
  path: string,
  slugs: readonly string[],
  item: z.ZodType<Item>,
  more: Readonly<Record<string, string>>,
  signal?: AbortSignal
): Promise<Item[]> {
  const found: Item[] = []
  for (let from = 0; from < slugs.length; from += SLUGS) {
    const slug = slugs.slice(from, from + SLUGS).join(',')
    found.push(...(await list(rest, path, item, { ...more, slug, context: 'edit' }, signal)))
  }
  return found
}

/** The featured pictures of the posts this library knows of. */
async function featured(rest: WordpressRest, { stories }: Made, signal?: AbortSignal): Promise<Set<number>> {
  const ids = stories.flatMap(({ remoteId }) => remoteId ?? [])
  const found = new Set<number>()
  for (let from = 0; from < ids.length; from += PAGE) {
    const query = { include: ids.slice(from, from + PAGE).join(','), status: 'any', context: 'edit' }
    for (const post of await list(rest, '/posts', RemotePost, query, signal)) found.add(post.featured_media)
  }
  return found
}

/** A post has the picture in its text, whoever put it there. */
async function isShown(rest: WordpressRest, item: Media, signal?: AbortSignal): Promise<boolean> {
  const stem = fileOf(item).replace(/\.[^.]*$/, '')
  const query = { search: stem, status: 'any', context: 'edit' }
  const posts = await list(rest, '/posts', RemotePost, query, signal)
  return posts.some(({ content }) => new RegExp(`${stem}(?:-\\d+x\\d+)?\\.`).test(content.raw))
}

function fileOf({ source_url: address }: Media): string {
  return (address.split('/').at(-1) ?? '').replace(/[^\w.-]/g, '')
}

async function list<Item>(
  rest: WordpressRest,
  path: string,
  item: z.ZodType<Item>,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal
): Promise<Item[]> {
  const reply = await rest.ask({ method: 'GET', path, query: { ...query, per_page: String(PAGE) }, signal })
  if (reply.kind !== 'ok') throw new Stopped(troubleIn(reply))
  const items = z.array(item).safeParse(reply.value)
  if (!items.success) throw new Stopped({ kind: 'odd', message: say('wordpress.strangeReply') })
  return items.data
}

/** Ends a look that takes several requests. */
class Stopped extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble) {
    super(trouble.kind)
    this.trouble = trouble
  }
}

function troubleIn(reply: Exclude<Replied, { kind: 'ok' }>): Trouble {
  if (reply.kind === 'nothing-there') return { kind: 'rejected', message: say('wordpress.noApi') }
  return reply
}

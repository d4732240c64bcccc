import { z } from 'zod'
import type { TargetKind } from '../../../../shared/publishing/targets/index.ts'
import { say, type Message } from '../../../../shared/words/message.ts'
import { boundedFetch, LIMITS, type Exchange, type Limits } from './bounded-fetch.ts'
import { targetUrl } from './target-url.ts'
import { jsonOf, sortExchange } from './trouble.ts'
import { plainText } from './wordpress/plain-text.ts'

export interface Detected {
  /** Null if none of the kinds replied. */
  readonly kind: TargetKind | null
  /** What the site calls itself; null if it does not say. */
  readonly name: string | null
  readonly message: Message
}

const About = z.looseObject({ contract: z.literal('galley-open-endpoint') })
const Name = z.string().catch('')
const GhostSite = z.looseObject({ site: z.looseObject({ version: z.string(), title: Name }) })
const WordpressRoot = z.looseObject({ namespaces: z.array(z.string()), name: Name })

/**
 * Detects the kind of CMS at an address by what each tells anybody; no secret is sent. Throws `invalid_input` for an
 * address no target may have.
 */
export async function detectKind(
  address: string,
  fetch: typeof globalThis.fetch,
  { limits = LIMITS, signal }: { readonly limits?: Limits | undefined; readonly signal?: AbortSignal | undefined } = {}
): Promise<Detected> {
  const url = targetUrl(address)
  const ask = (path: string): Promise<Exchange> =>
    boundedFetch(fetch, { url: `${url}${path}`, method: 'GET', headers: HEADERS }, limits, signal)
  const [about, ghost, root, byQuery, home] = await Promise.all(
    ['/about', '/ghost/api/admin/site/', `/wp-json/?${INDEX}`, `/?rest_route=/&${INDEX}`, '/'].map(ask)
  )
  // An open endpoint that requires a signature says so to anybody who comes without one.
  if (told(about, About)) return { kind: 'open', name: null, message: say('publishing.isOpen') }
  const ghostSite = told(ghost, GhostSite)?.site
  if (ghostSite) return { kind: 'ghost', name: asName(ghostSite.title), message: say('publishing.isGhost') }
  const wordpress = told(root, WordpressRoot) ?? told(byQuery, WordpressRoot)
  // A site may have its API elsewhere; its pages then say where.
  if (wordpress || [root, byQuery, home].some(linksToWordpress)) {
    // WordPress keeps the name as HTML.
    const name = asName(plainText(wordpress?.name ?? ''))
    return { kind: 'wordpress', name, message: say('publishing.isWordpress') }
  }
  if (about?.kind === 'answer' && about.status === 401 && /problem\+json/.test(about.headers.get('content-type') ?? ''))
    return { kind: 'open', name: null, message: say('publishing.isOpen') }
  // If nobody replied at all, the reason is more helpful than saying that no known kind was found.
  const sorted = about && sortExchange(about, { base: url, now: Date.now(), ...plain })
  const isSilent = about?.kind !== 'answer' || (about.status >= 300 && about.status < 400)
  return {
    kind: null,
    name: null,
    message: isSilent && sorted && 'message' in sorted ? sorted.message : say('publishing.isNothingKnown')
  }
}

/** The whole index of a WordPress lists every route of every plugin. */
const INDEX = '_fields=name,namespaces'
const HEADERS = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Galley' }
const plain = { unauthorised: say('cms.signature'), forbidden: say('cms.forbidden') }

function told<Answer>(exchange: Exchange | undefined, schema: z.ZodType<Answer>): Answer | undefined {
  return exchange?.kind === 'answer' ? schema.safeParse(jsonOf(exchange.headers, exchange.bytes)).data : undefined
}

/** The API index of a site with many plugins is long: one cut off for its length is recognised by its headers. */
function linksToWordpress(exchange: Exchange | undefined): boolean {
  if (exchange?.kind !== 'answer' && exchange?.kind !== 'cut') return false
  return exchange.headers.get('link')?.includes('https://api.w.org/') ?? false
}

/** On one line, without what would turn the words beside it round. */
function asName(title: string): string | null {
  const name = title.replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  return [...name].slice(0, LONGEST_NAME).join('').trim() || null
}

/** In characters; longer ones are titles with a slogan. */
const LONGEST_NAME = 100

import { z } from 'zod'
import type { TargetKind } from '../../../../shared/publishing/targets/index.ts'
import { say, type Message } from '../../../../shared/words/message.ts'
import { boundedFetch, LIMITS, type Exchange, type Limits } from './bounded-fetch.ts'
import { targetUrl } from './target-url.ts'
import { jsonOf, sortExchange } from './trouble.ts'

export interface Detected {
  /** Null if none of the kinds replied. */
  readonly kind: TargetKind | null
  readonly message: Message
}

const About = z.looseObject({ contract: z.literal('galley-open-endpoint') })
const GhostSite = z.looseObject({ site: z.looseObject({ version: z.string() }) })
const WordpressRoot = z.looseObject({ namespaces: z.array(z.string()) })

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
    ['/about', '/ghost/api/admin/site/', '/wp-json/', '/?rest_route=/', '/'].map(ask)
  )
  // An open endpoint that requires a signature says so to anybody who comes without one.
  if (isJson(about, About)) return { kind: 'open', message: say('publishing.isOpen') }
  if (isJson(ghost, GhostSite)) return { kind: 'ghost', message: say('publishing.isGhost') }
  // A site may have its API elsewhere; its pages then say where.
  if ([root, byQuery, home].some(isWordpress)) return { kind: 'wordpress', message: say('publishing.isWordpress') }
  if (about?.kind === 'answer' && about.status === 401 && /problem\+json/.test(about.headers.get('content-type') ?? ''))
    return { kind: 'open', message: say('publishing.isOpen') }
  // If nobody replied at all, the reason is more helpful than saying that no known kind was found.
  const sorted = about && sortExchange(about, { base: url, now: Date.now(), ...plain })
  const isSilent = about?.kind !== 'answer' || (about.status >= 300 && about.status < 400)
  return {
    kind: null,
    message: isSilent && sorted && 'message' in sorted ? sorted.message : say('publishing.isNothingKnown')
  }
}

const HEADERS = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Galley' }
const plain = { unauthorised: say('cms.signature'), forbidden: say('cms.forbidden') }

function isJson(exchange: Exchange | undefined, schema: z.ZodType): boolean {
  return exchange?.kind === 'answer' && schema.safeParse(jsonOf(exchange.headers, exchange.bytes)).success
}

/** The API index of a site with many plugins is long: one cut off for its length is recognised by its headers. */
function isWordpress(exchange: Exchange | undefined): boolean {
  if (exchange?.kind !== 'answer' && exchange?.kind !== 'cut') return false
  if (exchange.headers.get('link')?.includes('https://api.w.org/')) return true
  return exchange.kind === 'answer' && isJson(exchange, WordpressRoot)
}

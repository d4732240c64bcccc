import { protocol } from 'electron'
import { UPLOADS_PATH } from '../../../shared/contract/media.ts'
import type { Core } from '../../core/core.ts'
import { pageHeaders, parseMediaAddress } from '../page-headers.ts'
import { dictionaryFile, isDictionaryAddress } from '../dictionaries.ts'
import { previewHeaders, previewOf, previewPage } from '../preview.ts'
import { rendererFile } from '../renderer-files.ts'
import { takeUpload } from '../uploads.ts'
import { isOurs, PAGE, SCHEME } from './page-address.ts'

/**
 * Call before the app is ready. Makes the scheme standard and secure, so that storage, workers and fetch work as on
 * https.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
    }
  ])
}

/** Serves `app://galley/…`: the built renderer, every desk address, and stored pictures under /media. */
export function serveScheme(core: Core, renderer: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (!isOurs(request.url)) return answer(404, 'There is no such page.')
    if (request.method === 'POST' && url.pathname === UPLOADS_PATH) return await receiveUpload(core, request)
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Galley only answers GET here.')
    if (url.pathname.startsWith('/media/')) {
      const asked = parseMediaAddress(url)
      const picture = asked && (await core.picture(asked.id, asked.width))
      return picture
        ? answer(200, picture.bytes, picture.type, 'private, max-age=31536000, immutable')
        : answer(404, 'There is no such picture.')
    }
    if (isDictionaryAddress(url.pathname)) {
      const dictionary = await dictionaryFile(core, renderer, url.pathname)
      return dictionary ? answer(200, dictionary) : answer(404, 'There is no such dictionary.')
    }
    const previewed = previewOf(url.pathname)
    if (previewed !== null) {
      const page = await previewPage(core, previewed)
      if (page === null) return answer(404, 'There is no such story.')
      return new Response(page, {
        headers: { ...previewHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
      })
    }
    const file = await rendererFile(renderer, url.pathname)
    return file ? answer(200, file.bytes, file.type, 'no-store', url.pathname) : answer(404, 'There is no such page.')
  })
}

/** Receives a file's bytes, from our own page only. */
async function receiveUpload(core: Core, request: Request): Promise<Response> {
  const origin = request.headers.get('origin')
  if (origin !== null && origin !== PAGE) return answer(403, 'Another site may not send Galley anything.')
  const body = request.body as AsyncIterable<Uint8Array> | null
  const { status, json } = await takeUpload(core, body ?? nothing(), Number(request.headers.get('content-length') ?? 0))
  return answer(status, json, 'application/json; charset=utf-8')
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty file.
}

function answer(
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
  cache = 'no-store',
  pathname = '/'
): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    status,
    headers: { ...pageHeaders([], pathname), 'content-type': type, 'cache-control': cache }
  })
}

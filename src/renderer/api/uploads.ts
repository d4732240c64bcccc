import { UploadReply, UPLOADS_PATH } from '../../shared/contract/media.ts'
import { GalleyError, WireError } from '../../shared/rpc/errors.ts'
import { say } from '../../shared/words/message.ts'
import type { Api } from './api.tsx'

/**
 * Hands a file's bytes to the core, straight from the disk to the page's own origin, and returns the id to name them by
 * in a call. Throws a GalleyError.
 */
export async function uploadFile(api: Pick<Api, 'headers'>, file: Blob, signal?: AbortSignal): Promise<string> {
  let response: Response
  try {
    response = await fetch(UPLOADS_PATH, {
      method: 'POST',
      body: file,
      headers: api.headers,
      ...(signal && { signal })
    })
  } catch (cause) {
    if (signal?.aborted) throw new GalleyError('cancelled', say('galley.stopped'))
    throw new GalleyError('unreachable', say('media.notHandedOver'), { cause })
  }
  const said: unknown = await response.json().catch(() => null)
  const reply = UploadReply.safeParse(said)
  if (response.ok && reply.success) return reply.data.upload
  const error = WireError.safeParse(said)
  if (error.success) throw GalleyError.fromWire(error.data)
  throw new GalleyError('refused', say('media.mayNotHandOver'))
}

import { MAX_PICTURE_BYTES } from '../../shared/contract/media.ts'
import { GalleyError, toWireError, type ErrorCode } from '../../shared/rpc/errors.ts'
import { say } from '../../shared/words/message.ts'
import type { Core } from '../core/core.ts'

export interface UploadAnswer {
  readonly status: number
  /** `{upload, size}`, or the error in the form of every call. */
  readonly json: string
}

/** HTTP status codes for expected errors; anything else is a fault of ours. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  too_large: 413,
  read_only: 409,
  storage_full: 507,
  storage_failed: 507
}

/**
 * Receives the body of a POST, in either host. `length`: the size the sender declares, in bytes; too much is refused
 * before anything is read.
 */
export async function takeUpload(
  core: Pick<Core, 'receive'>,
  body: AsyncIterable<Uint8Array>,
  length: number
): Promise<UploadAnswer> {
  try {
    if (length > MAX_PICTURE_BYTES)
      throw new GalleyError('too_large', say('media.fileTooLarge', { limit: MAX_PICTURE_BYTES / 1024 / 1024 }))
    return { status: 201, json: JSON.stringify(await core.receive(body)) }
  } catch (thrown) {
    const error = toWireError(thrown)
    return { status: STATUS[error.code] ?? 500, json: JSON.stringify(error) }
  }
}

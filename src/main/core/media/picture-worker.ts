import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { GalleyError, toWireError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { heicToJpeg } from './heic.ts'
import { inspectPicture } from './inspect-picture.ts'
import { makeRendition } from './rendition.ts'
import { sniffPicture } from './sniff.ts'
import { readStored, sha256 } from './stored-file.ts'
import type { PictureCalls, PictureReply, PictureRequest } from './worker-protocol.ts'

/**
 * The worker that reads, hashes, decodes and writes pictures, so that none of it ever is in the way of a save. One
 * request at a time.
 */
parentPort?.on('message', (request: PictureRequest) => {
  void answer(request).then(({ reply, bytes }) => parentPort?.postMessage(reply, bytes))
})

async function answer({ id, call, input }: PictureRequest): Promise<{ reply: PictureReply; bytes: ArrayBuffer[] }> {
  try {
    const output = await run(call, input)
    return { reply: { id, ok: true, output }, bytes: buffersOf(output) }
  } catch (error) {
    return { reply: { id, ok: false, error: toWireError(error) }, bytes: [] }
  }
}

async function run(
  call: PictureRequest['call'],
  input: unknown
): Promise<PictureCalls[PictureRequest['call']]['output']> {
  switch (call) {
    case 'inspect': {
      const { file, name } = input as PictureCalls['inspect']['input']
      const inspected = await inspectPicture(name, await readFile(file))
      return { ...inspected, display: inspected.display && alone(inspected.display) }
    }
    case 'read':
      return { bytes: alone(await readStored(input as PictureCalls['read']['input'])) }
    case 'show':
      return await show(input as PictureCalls['show']['input'])
    case 'rendition': {
      const { words, ...stored } = input as PictureCalls['rendition']['input']
      const original = await readStored(stored)
      const made = await makeRendition(original, words).catch((cause: unknown) => {
        throw new GalleyError('damaged', say('media.unreadable'), { detail: { id: stored.id }, cause })
      })
      return { ...made, id: sha256(made.bytes), bytes: alone(made.bytes) }
    }
  }
}

async function show({
  type,
  width,
  ...stored
}: PictureCalls['show']['input']): Promise<PictureCalls['show']['output']> {
  const original = await readStored(stored)
  const sniffed = sniffPicture(original)
  // The JPEG that was kept for it is lost, or an earlier Galley took it for an AVIF.
  const isHeic = sniffed !== null && 'type' in sniffed && sniffed.type === 'image/heic'
  const bytes = isHeic ? await heicToJpeg(original) : original
  if (width === null) return { type: isHeic ? 'image/jpeg' : type, bytes: alone(bytes) }
  const scaled = await sharp(bytes, { limitInputPixels: false, failOn: 'none' })
    .autoOrient()
    .resize({ width })
    .webp({ quality: 82 })
    .toBuffer()
  return { type: 'image/webp', bytes: alone(scaled) }
}

/**
 * In memory of its own, which can be handed over instead of copied once more. What sharp returns looks as if it were, but
 * belongs to the decoder and may not be transferred: to try ends the worker.
 */
function alone(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}

function buffersOf(output: object): ArrayBuffer[] {
  return Object.values(output).flatMap((value: unknown) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : []
  )
}

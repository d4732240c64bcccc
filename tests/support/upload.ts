import type { Core } from '../../src/main/core/core.ts'

/** Hands bytes to a core as a host does, in pieces, and returns the id to name them by. */
export async function upload(core: Pick<Core, 'receive'>, bytes: Uint8Array): Promise<string> {
  return (await core.receive(inPieces(bytes))).upload
}

export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

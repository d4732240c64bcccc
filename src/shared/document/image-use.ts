import { z } from 'zod'
import { Text } from './text.ts'

/** A picture's content address: the SHA-256 of its bytes, in hex. */
export const MediaId = z.string().regex(/^[0-9a-f]{64}$/, 'is not a picture id')
export type MediaId = z.infer<typeof MediaId>

/**
 * One use of a picture in one story. Caption, credit and alt text are separate; none silently fills another. Without a
 * `mediaId` it is an empty slot that says "picture to come".
 */
export const ImageUse = z.looseObject({
  mediaId: MediaId.nullable(),
  caption: Text,
  credit: Text,
  /** The description for readers who cannot see the picture. */
  alt: Text,
  /** The point a crop must keep, as fractions of width and height from the top left. */
  focalPoint: z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).nullable(),
  /**
   * Where the page had the picture for which an empty slot was pasted. For the desk: never fetched, never published.
   */
  address: z.string().max(4000).optional()
})
export type ImageUse = z.infer<typeof ImageUse>

export function emptyImageUse(mediaId: MediaId | null = null): ImageUse {
  return { mediaId, caption: '', credit: '', alt: '', focalPoint: null }
}

/** The `address` of a use for a picture elsewhere; nothing if its location means nothing to anybody else. */
export function linkedAddress(src: string): { address?: string } {
  return /^(?:https?:\/\/|cid:)/i.test(src) && src.length <= 4000 ? { address: src } : {}
}

/**
 * A use with its picture set. Its former web address no longer matters, and alt text and focal point that belong to
 * another picture are dropped.
 */
export function withPicture(use: ImageUse, mediaId: MediaId): ImageUse {
  const { address: _, ...rest } = use
  const isAnother = use.mediaId !== null && use.mediaId !== mediaId
  return { ...rest, mediaId, ...(isAnother && { alt: '', focalPoint: null }) }
}

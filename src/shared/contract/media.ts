import { z } from 'zod'
import { MediaId } from '../document/image-use.ts'
import { read, write } from '../rpc/define.ts'
import { Bytes } from './common.ts'

/** A value read from a picture's metadata, and which record it came from. */
export const MetadataValue = z.object({ value: z.string(), from: z.enum(['xmp', 'iptc', 'exif']) })

export const MediaAsset = z.object({
  id: MediaId,
  /** image/jpeg, image/png, image/webp, image/gif, image/avif */
  type: z.string(),
  /** The name it came with; for people, never used as a path. */
  name: z.string(),
  /** Pixels, as displayed (after EXIF rotation). */
  width: z.int(),
  height: z.int(),
  /** Bytes. */
  size: z.int(),
  metadata: z.object({
    caption: MetadataValue.optional(),
    creator: MetadataValue.optional(),
    credit: MetadataValue.optional(),
    source: MetadataValue.optional(),
    headline: MetadataValue.optional(),
    copyright: MetadataValue.optional(),
    instructions: MetadataValue.optional(),
    alt: MetadataValue.optional()
  })
})
export type MediaAsset = z.infer<typeof MediaAsset>

/** A picture above this is refused in plain words. */
export const MAX_PICTURE_BYTES = 40 * 1024 * 1024

export const media = {
  /**
   * Stores a picture under its SHA-256 and reads its metadata. The same bytes again are the same picture. Served at
   * /media/<id> (and /media/<id>?w=800).
   */
  add: write(z.object({ name: z.string().max(1000), bytes: Bytes }), MediaAsset),
  get: read(z.object({ id: MediaId }), MediaAsset)
} as const

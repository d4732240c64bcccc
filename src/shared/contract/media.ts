import { z } from 'zod'
import { MediaId } from '../document/image-use.ts'
import { read, write } from '../rpc/define.ts'

/** A value read from a picture's metadata, and which record it came from. */
export const MetadataValue = z.object({ value: z.string(), from: z.enum(['xmp', 'iptc', 'exif']) })

export const MediaAsset = z.object({
  id: MediaId,
  /** image/jpeg, image/png, image/webp, image/gif, image/avif, image/heic */
  type: z.string(),
  /** The name it came with; for display, never used as a path. */
  name: z.string(),
  /** In pixels, as displayed (after EXIF rotation). */
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

/** The most bytes a window can send in one body; a larger picture is refused with a plain message. */
export const MAX_PICTURE_BYTES = 40 * 1024 * 1024

/**
 * Where a window sends a file's bytes, by POST to its own origin; the reply is JSON: `UploadReply`, or a WireError with
 * a status above 399.
 */
export const UPLOADS_PATH = '/uploads'
export const UploadId = z.uuid()
export const UploadReply = z.object({ upload: UploadId, size: z.int() })

/** A picture that was just added. */
export const AddedMedia = MediaAsset.extend({
  /** Part of it could not be decoded properly: the person should look it over. */
  isDamaged: z.boolean(),
  /** It is animated (AVIF), and will be exported as its first frame. */
  leavesAsStill: z.boolean()
})
export type AddedMedia = z.infer<typeof AddedMedia>

export const media = {
  /**
   * Stores uploaded bytes as a picture under their SHA-256 once they have been decoded, and reads the picture's
   * metadata. The same bytes are the same picture. Served at /media/<id> (and /media/<id>?w=800).
   */
  add: write(z.object({ name: z.string().max(1000), upload: UploadId }), AddedMedia),
  get: read(z.object({ id: MediaId }), MediaAsset)
} as const

import { z } from 'zod'

export const StoryId = z.uuid()
export const TargetId = z.uuid()
export const Utc = z.iso.datetime({ precision: 3 })
export const Nothing = z.object({})
export const Done = z.object({})

/** Made by the caller; identifies work that reports progress and can be cancelled. */
export const JobId = z.uuid()

/** Raw bytes, in whatever kind of memory. */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'is not bytes')

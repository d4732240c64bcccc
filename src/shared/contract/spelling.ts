import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Done, Nothing, StoryId } from './common.ts'

/** One word, as it is written. */
export const SpelledWord = z.string().min(1).max(100).regex(/^\S+$/, 'is not one word')

export const spelling = {
  /** The person's own words, and those ignored in the given story. */
  words: read(
    z.object({ storyId: StoryId.optional() }),
    z.object({ own: z.array(z.string()), ignored: z.array(z.string()) })
  ),
  /** Accepts a word from now on: in one story, or everywhere. */
  accept: write(z.object({ word: SpelledWord, storyId: StoryId.optional() }), Done),
  /** An own word is checked again. */
  forget: write(z.object({ word: SpelledWord }), Done),
  /** All own words are checked again; returns them, so that they can be restored. */
  forgetAll: write(Nothing, z.object({ words: z.array(z.string()) })),
  /** Adds own words from elsewhere to the existing ones; returns how many were new. */
  take: write(z.object({ words: z.array(SpelledWord).max(100_000) }), z.object({ added: z.int() })),
  /** Where users put their own dictionaries. */
  folder: read(Nothing, z.object({ folder: z.string() }))
} as const

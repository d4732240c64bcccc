import { z } from 'zod'
import { read, write } from '../rpc/define.ts'
import { Done, Nothing, StoryId } from './common.ts'

/** One word, as it is written. */
export const SpelledWord = z.string().min(1).max(100).regex(/^\S+$/, 'is not one word')

export const spelling = {
  /** The person's own words, and those that are ignored in the story that is named. */
  words: read(
    z.object({ storyId: StoryId.optional() }),
    z.object({ own: z.array(z.string()), ignored: z.array(z.string()) })
  ),
  /** A word is right from now on: in one story, or everywhere. */
  accept: write(z.object({ word: SpelledWord, storyId: StoryId.optional() }), Done),
  /** An own word is looked at again. */
  forget: write(z.object({ word: SpelledWord }), Done),
  /** All own words are looked at again; gives them, so that they can be put back. */
  forgetAll: write(Nothing, z.object({ words: z.array(z.string()) })),
  /** Own words from elsewhere, added to those that are there; gives how many were new. */
  take: write(z.object({ words: z.array(SpelledWord).max(100_000) }), z.object({ added: z.int() })),
  /** Where the person's own dictionaries belong. */
  folder: read(Nothing, z.object({ folder: z.string() }))
} as const

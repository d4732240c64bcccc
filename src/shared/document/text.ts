import { z } from 'zod'

/** More characters than anybody writes into one field or paragraph: whatever is on screen must fit on the disk. */
export const MOST_CHARACTERS = 1_000_000

/**
 * A text of a story. It has room for whatever is pasted into it, even a whole article in the headline: refused text
 * would exist only on screen. How long a text should be is for the checks to say.
 */
export const Text = z.string().max(MOST_CHARACTERS)

/** A text from outside, cut to the length that can be stored. */
export function fitting(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : text.slice(0, MOST_CHARACTERS).toWellFormed()
}

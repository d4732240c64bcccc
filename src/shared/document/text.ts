import { z } from 'zod'

/** More characters than anybody writes into one field or paragraph: what is on the screen has to fit onto the disk. */
export const MOST_CHARACTERS = 1_000_000

/**
 * A text of a story. It has room for whatever was pasted into it, the whole of an article in its headline too: what is
 * refused is on the screen alone. How long a text should be is for the checks to say.
 */
export const Text = z.string().max(MOST_CHARACTERS)

/** As much of a text from outside as there is room for. */
export function fitting(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : text.slice(0, MOST_CHARACTERS).toWellFormed()
}

import type { ImageUse } from '../document/image-use.ts'
import type { StoryFields } from '../story/fields.ts'
import { acceptedWords } from './finding.ts'
import { plainWord } from './words.ts'

/**
 * The names a story gives of those who made it: its authors, its byline, the credits of its pictures. They are right
 * wherever the story has them, whatever a dictionary knows.
 */
export function namesOfStory(
  { authors, byline, leadImage }: Pick<StoryFields, 'authors' | 'byline' | 'leadImage'>,
  images: Iterable<Pick<ImageUse, 'credit'>>
): (word: string) => boolean {
  const credits = [leadImage, ...images].map((image) => image?.credit ?? '')
  return acceptedWords([
    ...authors.flatMap(({ name }) => namesIn(name)),
    // These have words around the names, and a slip of the keys in those is still one.
    ...[byline, ...credits].flatMap(namesIn).filter(isCapitalised)
  ])
}

/** A name as it is, each part of one with a hyphen, and whose something is. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{M}]+(?:['’\u02bc-][\p{L}\p{M}]+)*/gu)].flatMap(([found]) => {
    const word = plainWord(found)
    return [...new Set([word, ...word.split('-')])].flatMap((name) => [name, `${name}'s`])
  })
}

/** Of a script without capitals every word may be a name. */
function isCapitalised(word: string): boolean {
  const [first = ''] = word
  return first === first.toUpperCase()
}

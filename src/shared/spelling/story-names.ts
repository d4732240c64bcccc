import type { ImageUse } from '../document/image-use.ts'
import type { StoryFields } from '../story/fields.ts'
import { acceptedWords } from './finding.ts'
import { plainWord } from './words.ts'

/**
 * The names of the people who made a story: its authors, its byline, the credits of its pictures. They count as correct
 * anywhere in the story, whatever a dictionary says.
 */
export function namesOfStory(
  { authors, byline, leadImage }: Pick<StoryFields, 'authors' | 'byline' | 'leadImage'>,
  images: Iterable<Pick<ImageUse, 'credit'>>
): (word: string) => boolean {
  const credits = [leadImage, ...images].map((image) => image?.credit ?? '')
  return acceptedWords([
    ...authors.flatMap(({ name }) => namesIn(name)),
    // These contain words besides names, and a typo in one of those is still a mistake.
    ...[byline, ...credits].flatMap(namesIn).filter(isCapitalised)
  ])
}

/** A name, each part of a hyphenated one, and the possessive. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{M}]+(?:['’\u02bc-][\p{L}\p{M}]+)*/gu)].flatMap(([found]) => {
    const word = plainWord(found)
    return [...new Set([word, ...word.split('-')])].flatMap((name) => [name, `${name}'s`])
  })
}

/** In a script without capitals, any word may be a name. */
function isCapitalised(word: string): boolean {
  const [first = ''] = word
  return first === first.toUpperCase()
}

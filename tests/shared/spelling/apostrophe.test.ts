import { expect, it } from 'vitest'
import { inStoryApostrophes } from '../../../src/shared/spelling/apostrophe.ts'

it.each([
  ['as the apostrophes of the story are', "don't", ['It’s late.', 'They can’t.', "It's"], 'en-GB', 'don’t'],
  ['straight in a story that has them straight', "don't", ["It's late, they can't.", '“Yes”'], 'en-GB', "don't"],
  ['as the quotation marks are where there is no apostrophe', "don't", ['He said “yes”.'], 'en-GB', 'don’t'],
  ['straight beside straight quotation marks', "don't", ['He said "yes".'], 'en-GB', "don't"],
  ['by the custom of the language in a story without either', "don't", ['Nothing yet.'], 'en-GB', 'don’t'],
  ['left as it is in a language without a custom', "o'zbek", ['Nothing yet.'], 'uz', "o'zbek"],
  ['given back straight, where an engine offers it curly', 'don’t', ["It's late."], 'en-US', "don't"],
  ['of no matter to a word without one', 'rock', ['It’s'], 'en-GB', 'rock']
])('an offered apostrophe is %s', (_, offered, texts, language, expected) => {
  expect(inStoryApostrophes(offered, texts, language)).toBe(expected)
})

import { punctuate } from '../typing/punctuation.ts'

const WITHIN = { curly: /(?<=\p{L})’(?=\p{L})/gu, straight: /(?<=\p{L})'(?=\p{L})/gu }
const AROUND = { curly: /[“”„‘]/gu, straight: /"/gu }

/**
 * A dictionary's suggestion with the apostrophe that suits the story: the one it uses already, else the one that
 * matches its quotation marks, else the one customary in its language.
 */
export function inStoryApostrophes(offered: string, texts: Iterable<string>, language: string): string {
  if (!/['’]/.test(offered)) return offered
  const all = [...texts].join('\n')
  const more = (kind: typeof WITHIN): number => count(all, kind.curly) - count(all, kind.straight)
  const leaning = more(WITHIN) || more(AROUND) || (punctuate("a'", language)?.insert === '’' ? 1 : -1)
  return leaning > 0 ? offered.replaceAll("'", '’') : offered.replaceAll('’', "'")
}

function count(text: string, found: RegExp): number {
  return text.match(found)?.length ?? 0
}

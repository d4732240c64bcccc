import { textOfRuns, type Run } from '../../../shared/document/runs.ts'
import { countSpaced, fold, plain } from '../../../shared/intake/plain.ts'
import { sectionNames } from '../../../shared/intake/section-names.ts'

/** Words that a headline goes on after, however small they are set. */
const GOES_ON =
  /(?:^|\s)(?:the|an?|of|in|on|at|by|for|from|to|and|or|but|with|as|is|my|our|der|die|das|den|dem|ein|eine|und|von|im|le|la|les|l['’]|un|une|des?|du|et|el|los|las|una|y|il|lo|gli|i|al|het|een|o|os|as|uma?)$/iu

/**
 * How many characters at the start of a headline are its kicker, of those set small there. They may as well be words of
 * it: they are a kicker on a line of their own, as the name of a section, or if the page's own title is what follows.
 */
export function kickerLength(runs: readonly Run[], small: number, titles: readonly string[]): number {
  const text = textOfRuns(runs)
  const kicker = text.slice(0, small).trim()
  const rest = fold(text.slice(small))
  if (small === 0 || kicker === '' || countSpaced(kicker) > 4 || kicker.length > 60 || GOES_ON.test(kicker)) return 0
  if (rest === '' || sectionNames.has(plain(kicker))) return small
  const isTitle = titles.some((title) => {
    const told = fold(title)
    return told.startsWith(rest) && (told === rest || /^\s[-–—|•·]\s/u.test(told.slice(rest.length)))
  })
  return isTitle ? small : 0
}

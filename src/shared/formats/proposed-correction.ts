import { fitting } from '../document/text.ts'
import type { Substance } from '../story/substance.ts'
import { pageWords } from './page-words.ts'

/** What a notice could say of these changes, in the language of the story; English where Galley has no words of it. */
export function proposedCorrection(changes: readonly Substance[], language: string): string {
  const words = pageWords(language).earlier
  const said = changes
    .map(({ where, kind, before, after }) => {
      const [was, is] = [withoutStop(before), withoutStop(after)]
      if (kind === 'new') return words.added(is)
      if (kind === 'gone') return words.gone(was)
      return where === 'headline' ? words.headline(was, is) : words.text(was, is)
    })
    .join('\n')
  return fitting(said)
}

/** The sentence that quotes it has a stop of its own. */
function withoutStop(text: string): string {
  return text.replace(/[.。۔]$/u, '')
}

import { en } from './en/index.ts'
import type { Language } from './language.ts'
import { PSEUDO, pseudoLanguage } from './pseudo.ts'

/** The languages Galley speaks, by BCP 47 tag. A new one is a folder beside `en` and a line here. */
const languages: Readonly<Record<string, () => Language>> = {
  en: () => en,
  [PSEUDO]: () => pseudoLanguage(en)
}

/** The language of a tag, or of its first part; English where Galley does not speak it. */
export function languageOf(tag: string | null | undefined): Language {
  const asked = tag ?? ''
  const make = languages[asked] ?? languages[asked.split('-')[0] ?? '']
  return make ? make() : en
}

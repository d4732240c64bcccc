import { said } from './said/index.ts'
import { en as window } from './window.ts'

/** British English: the language Galley is written in and falls back to. */
export const en = {
  locale: 'en-GB',
  unknownMessage: 'Another version of Galley wrote this, and this one has no words for it.',
  said,
  window
} as const

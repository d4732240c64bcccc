import { said } from './said/index.ts'
import { en as window } from './window.ts'
import { cli } from './cli.ts'
import { menu } from './menu.ts'

/** British English: the language Galley is written in and falls back to. */
export const en = {
  locale: 'en-GB',
  unknownMessage: 'Another version of Galley wrote this, and this one has no words for it.',
  said,
  window,
  menu,
  cli
} as const

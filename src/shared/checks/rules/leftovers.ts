import { say } from '../../words/message.ts'
import type { Hit, TextContext } from '../finding.ts'

/** Marks that mean one thing in a newsroom: to come, check this. */
const LEFTOVER =
  /(?<![\p{L}\p{N}])(?:TK(?:TK)*|TKs)(?![\p{L}\p{N}])|[[({](?:\s*)(?:CHECK|CHECK THIS|CHECKING|CONFIRM|VERIFY|TBC|TBA|TK|CQ\??|FIXME|TODO|NAME\?|PLS CHECK|À VÉRIFIER|PRÜFEN|VERIFICAR|COMPROBAR|DA VERIFICARE|ПРОВЕРИТЬ)(?:[\s:?!][^\])}\n]{0,80})?[\])}]|\[\?+\]|\[(?:للتحقق|للتأكد|يراجع)\]/gu

/** Two or three Xs in place of a figure or a name. */
const PLACEHOLDER = /(?<![\p{L}\p{N}])[Xx]{2,4}(?![\p{L}\p{N}])|\blorem ipsum\b/gu

/** Languages that write centuries and the numbers of kings in Roman figures. */
const ROMAN = /^(?:es|fr|it|pt|ca|gl|ro|pl|ru|la|hu|cs)\b/

/** TK, [CHECK] and the like: notes to the desk that readers must not see. */
export function leftovers(text: string): Hit[] {
  return [...text.matchAll(LEFTOVER)].map((found) => ({
    rule: 'leftovers',
    start: found.index,
    end: found.index + found[0].length,
    said: say('checks.leftover', { mark: found[0] })
  }))
}

/** XX where a figure is to come; the number twenty, chromosomes and names are left alone. */
export function placeholders(text: string, { language }: TextContext): Hit[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap((found): Hit[] => {
    const before = text.slice(Math.max(0, found.index - 24), found.index)
    const after = text.slice(found.index + found[0].length, found.index + found[0].length + 24)
    const isFigure = found[0] === 'XX' || found[0] === 'XXX'
    if (isFigure && (ROMAN.test(language) || /\p{Lu}\p{L}+ $/u.test(before))) return []
    if (found[0].toLowerCase() === 'xx' && /^[ -](?:chromosom|century|and XY|or XY)/i.test(after)) return []
    // Kisses at the end of a letter, sizes of clothes.
    if (found[0].startsWith('x') && /^\s*$/.test(after)) return []
    if (/^[\s-]*(?:L|S|large|rated)\b/.test(after)) return []
    const start = found.index
    return [
      { rule: 'placeholders', start, end: start + found[0].length, said: say('checks.placeholder', { mark: found[0] }) }
    ]
  })
}

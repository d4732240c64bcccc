import { isSafeHref, type Mark, type Run } from '../document/runs.ts'

export interface InlineText {
  /** The words with their formatting, without the markup. */
  readonly runs: readonly Run[]
  /** The positions of the markup: stars, brackets, addresses. In order, not overlapping the words. */
  readonly markup: readonly { readonly from: number; readonly to: number }[]
}

/** Longer lines are data; they are kept as they are. */
const LONGEST = 20_000
const HINT = /[*_`~[<\\]/

/**
 * Bold, italic, struck, code and links of one line of Markdown (CommonMark, with `~~`), from `from` on. Null for a line
 * without any. An unmatched mark is an ordinary character. Linear in the length of the line.
 */
export function readInline(text: string, from: number): InlineText | null {
  if (text.length > LONGEST || !HINT.test(text.slice(from))) return null
  const tokens = tokensOf(text, from)
  pair(tokens)
  const runs: Run[] = []
  const markup: { from: number; to: number }[] = []
  const open = new Map<Mark, number>()
  let href: string | null = null
  const put = (words: string, extra?: Mark): void => {
    if (words === '') return
    const marks = [...open.keys(), ...(extra ? [extra] : [])]
    const run: Run = { text: words, ...(marks.length > 0 && { marks }), ...(href !== null && { link: { href } }) }
    const last = runs.at(-1)
    if (last && last.link?.href === run.link?.href && (last.marks ?? []).join() === marks.join()) last.text += words
    else runs.push(run)
  }
  for (const token of tokens) {
    if (token.as === 'words') {
      put(text.slice(token.from, token.to), token.mark)
      continue
    }
    markup.push({ from: token.from, to: token.to })
    if (token.as === 'open' && token.mark) open.set(token.mark, token.from)
    else if (token.as === 'close' && token.mark) open.delete(token.mark)
    else if (token.as === 'link') href = token.href ?? null
    else if (token.as === 'unlink') href = null
  }
  return markup.length === 0 ? null : { runs, markup }
}

interface Token {
  readonly from: number
  readonly to: number
  as: 'words' | 'open' | 'close' | 'link' | 'unlink' | 'escape'
  mark?: Mark
  readonly delimiter?: string
  readonly canOpen?: boolean
  readonly canClose?: boolean
  readonly href?: string
}

const DELIMITERS: Readonly<Record<string, Mark>> = {
  '**': 'bold',
  __: 'bold',
  '*': 'italic',
  _: 'italic',
  '~~': 'strikethrough'
}

function tokensOf(text: string, start: number): Token[] {
  const tokens: Token[] = []
  const linkEnds = new Map<number, number>()
  let words = start
  let at = start
  const add = (to: number, token: Omit<Token, 'from' | 'to'>): void => {
    if (at > words) tokens.push({ from: words, to: at, as: 'words' })
    tokens.push({ from: at, to, ...token })
    at = to
    words = to
  }
  while (at < text.length) {
    const end = linkEnds.get(at)
    const character = text[at] ?? ''
    if (end !== undefined) add(end, { as: 'unlink' })
    else if (character === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) {
      add(at + 1, { as: 'escape' })
      at += 1
    } else if (character === '`') {
      const ticks = /^`+/.exec(text.slice(at, at + 10))?.[0] ?? '`'
      const close = text.indexOf(ticks, at + ticks.length)
      if (close > at + ticks.length) {
        add(at + ticks.length, { as: 'escape' })
        at = close
        words = close
        tokens.push({ from: tokens.at(-1)?.to ?? close, to: close, as: 'words', mark: 'code' })
        add(close + ticks.length, { as: 'escape' })
      } else at += ticks.length
    } else if (character === '[' || text.startsWith('![', at)) {
      const isPicture = character === '!'
      const link =
        /^\[([^[\]]{1,1000})\]\(\s?<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\))?)>?(?:\s+["'][^"']{0,500}["'])?\s?\)/.exec(
          text.slice(at + (isPicture ? 1 : 0), at + 4000)
        )
      if (link?.[1] !== undefined && link[2] !== undefined) {
        const begin = at + (isPicture ? 1 : 0)
        linkEnds.set(begin + 1 + link[1].length, begin + link[0].length)
        // If the address is not allowed, or is a path on the writer's machine, only the words are kept.
        add(begin + 1, { as: 'link', ...(isSafeHref(link[2]) && !isPicture && { href: link[2] }) })
      } else at += 1
    } else if (character === '<') {
      const auto = /^<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/i.exec(text.slice(at, at + 2100))
      if (auto?.[1] !== undefined && isSafeHref(auto[1])) {
        linkEnds.set(at + 1 + auto[1].length, at + auto[0].length)
        add(at + 1, { as: 'link', href: auto[1] })
      } else at += 1
    } else if (character === '*' || character === '_' || text.startsWith('~~', at)) {
      const delimiter = text.startsWith(character + character, at) ? character + character : character
      const before = text[at - 1] ?? ' '
      const after = text[at + delimiter.length] ?? ' '
      // An underscore inside a word is part of it: snake_case.
      const isInside = character === '_' && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)
      add(at + delimiter.length, {
        as: 'words',
        delimiter,
        canOpen: !isInside && /\S/.test(after),
        canClose: !isInside && at > start && /\S/.test(before)
      })
    } else at += 1
  }
  if (at > words) tokens.push({ from: words, to: at, as: 'words' })
  return tokens
}

/** Pairs each opening mark with the next closing one of its kind, inner pairs first. */
function pair(tokens: readonly Token[]): void {
  const open: Token[] = []
  for (const token of tokens) {
    const { delimiter } = token
    if (delimiter === undefined) continue
    const mark = DELIMITERS[delimiter]
    const at = token.canClose === true ? open.findLastIndex((one) => one.delimiter === delimiter) : -1
    const partner = open[at]
    if (partner && mark) {
      partner.as = 'open'
      partner.mark = mark
      token.as = 'close'
      token.mark = mark
      open.length = at
    } else if (token.canOpen === true && open.length < 50) open.push(token)
  }
}

import { findByRegExp, regExpOf } from '../../../../shared/find/find.ts'
import type { RegExpQuestion, RegExpReply } from './regexp-search.ts'

// A regular expression can run for ever. In a worker it can be stopped.
addEventListener('message', ({ data }: MessageEvent<RegExpQuestion>) => {
  const { id, texts, replacement, query } = data
  const say = (reply: RegExpReply): void => postMessage(reply)
  say({ id, found: null })
  const expression = regExpOf(query)
  say({
    id,
    found: expression
      ? texts.map((text) => findByRegExp(text, expression, { wholeWord: query.wholeWord, replacement }))
      : []
  })
})

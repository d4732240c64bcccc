import { say } from '../../words/message.ts'
import type { Hit } from '../finding.ts'

/** Words that hold copy back, not stories about an arms embargo. */
const WORDING = new RegExp(
  [
    String.raw`(?<![\p{L}])embargoed (?:until|till|to|for release|for publication)(?![\p{L}])`,
    String.raw`(?:^|\n)\s*[*[(]*embargo(?:ed)?\s*[:*\])–—-]`,
    String.raw`(?<![\p{L}])under (?:strict )?embargo(?: until| till|$|[.:!])`,
    String.raw`(?<![\p{L}])not for (?:publication|release|broadcast|use) (?:before|until)(?![\p{L}])`,
    String.raw`(?<![\p{L}])sous embargo(?: strict)? jusqu`,
    String.raw`(?<![\p{L}])(?:Sperrfrist\s*:|gesperrt bis)`,
    String.raw`(?<![\p{L}])(?:embargad[oa] hasta|no publicar antes)`,
    String.raw`(?<![\p{L}])sotto embargo fino`,
    String.raw`(?<![\p{L}])sob embargo até`,
    String.raw`(?:محظور|يحظر|ممنوع) (?:نشره|نشرها|النشر) (?:حتى|قبل)`
  ].join('|'),
  'giu'
)

/** Copy that says it is held back. Whether the story has an embargo is for the caller to know. */
export function embargo(text: string): Hit[] {
  return [...text.matchAll(WORDING)].map((found) => {
    const lead = /^\s*/.exec(found[0])?.[0].length ?? 0
    return {
      rule: 'embargo',
      start: found.index + lead,
      end: found.index + found[0].length,
      said: say('checks.embargoWording')
    }
  })
}

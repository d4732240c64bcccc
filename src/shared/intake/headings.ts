import type { PageLine } from './page.ts'
import { countSpaced, fold } from './plain.ts'

const TAGS: Readonly<Record<string, number>> = { h1: 4, h2: 2, h3: 1 }
const NAMED =
  / (?:headline|entry title|post title|article title|story title|article headline|story headline|page title|content title|hed|main title|article heading|article header title|news title) /
const NOT =
  / (?:related|teaser|sidebar|site title|site name|logo|widget|promo|card|more|recommended|popular|comments?|menu|trending|masthead|site header|branding) /

/**
 * How much a line looks like the page's main heading: by its element, by the class names around it, and above all by
 * the page's own title (`titles`). 0 for other lines. `hints`: class words of the innermost elements, with spaces
 * around.
 */
export function headingScore(line: PageLine, hints: string, titles: readonly string[]): number {
  const tag = TAGS[line.tag ?? ''] ?? 0
  const isNamed = NAMED.test(hints) && !NOT.test(hints)
  // schema.org's name for a shorter headline next to the headline.
  const isOther = hints.includes(' alternative headline ')
  if (tag === 0 && !isNamed) return 0
  const text = fold(line.text)
  const likeness = titles.reduce((best, title, n) => Math.max(best, likenessOf(text, title) - (n > 0 ? 1 : 0)), 0)
  const length = text.length < 9 && likeness === 0 ? -2 : 0
  return Math.max(
    0,
    tag + (isNamed && !isOther ? 2 : 0) + likeness + length - (NOT.test(hints) ? 3 : 0) - (isOther ? 6 : 0)
  )
}

/**
 * Names of the site among a page's titles ("Harbour Post - Bridge closes"): the parts next to the headline there, if
 * the longest part is itself a heading. `headings`: the page's, folded.
 */
export function siteNamesIn(titles: readonly string[], headings: ReadonlySet<string>): ReadonlySet<string> {
  // If it is all of another title, it is not the site's name.
  const whole = new Set(titles.map((title) => fold(title)))
  return new Set(
    titles.flatMap((title) => {
      const parts = title.split(/\s[-–—|•·]\s/).map((part) => fold(part))
      const longest = parts.reduce((one, other) => (other.length > one.length ? other : one), '')
      return parts.length > 1 && headings.has(longest)
        ? parts.filter((part) => part !== longest && !whole.has(part))
        : []
    })
  )
}

/** 0 to 8: how much of the page's own title the line makes up. */
function likenessOf(text: string, title: string): number {
  if (text === title) return 8
  if (text.length < 8 || title.length < 8) return 0
  const words = countSpaced(text)
  const isLong = words >= 3 || (words === 1 && text.length >= 10)
  if (isLong && title.startsWith(text)) return 7
  if (isLong && title.includes(text)) return 6
  if (text.includes(title) && countSpaced(title) >= 3) return 6
  const mine = new Set(text.match(/[\p{L}\p{N}]{3,}/gu) ?? [])
  const theirs = title.match(/[\p{L}\p{N}]{3,}/gu) ?? []
  const shared = theirs.filter((word) => mine.has(word)).length
  return mine.size >= 3 && shared >= 3 && shared >= mine.size * 0.6 ? 4 : 0
}

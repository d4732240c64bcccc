import { agencyNamed } from './agencies.ts'
import { PARTICLES } from './captions.ts'
import { countSpaced, fold } from './plain.ts'

/** Words that a button or a heading starts with, but never a name. */
const NOT_FIRST = new Set([
  'view',
  'get',
  'follow',
  'more',
  'see',
  'read',
  'about',
  'share',
  'email',
  'contact',
  'all',
  'show',
  'posts',
  'stories',
  'stories',
  'the',
  'by',
  'subscribe',
  'sign',
  'log',
  'photo',
  'image',
  'click',
  'profile',
  'author',
  'authors',
  'written',
  'posted',
  'published',
  'updated',
  'comments',
  'website',
  'bio',
  'archive',
  'twitter',
  'facebook',
  'instagram',
  'linkedin',
  'email',
  'rss',
  'latest',
  'new',
  'up',
  'support',
  'print',
  'and',
  'with',
  'in',
  'at',
  'on',
  'par',
  'von',
  'por'
])

/** Whoever made the pictures or edited the words is a credit, not an author: "Photographs by Omar Said". */
export function isCredit(text: string): boolean {
  return /^\s*(?:illustrat|photo|graphic|video|animation|artwork|art|picture|image|edit|production)[a-z]{0,10} by\b/i.test(
    text
  )
}

/**
 * A name and nothing else, as far as spelling shows: up to six capitalised words, or a short text in a script without
 * capitals.
 */
export function isPersonName(text: string): boolean {
  if (
    text.length < 2 ||
    text.length > 70 ||
    (/[\d@#|/:!?()[\]]/.test(text) && !/^\p{L}[\p{L} ]+\(\p{L}+\)$/u.test(text))
  )
    return false
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)) return text.length <= 14
  const words = text.split(' ').filter((word) => word !== '')
  if (words.length > 6 || isRole(text) || NOT_FIRST.has(fold(words[0] ?? ''))) return false
  return (
    words.every(
      (word) =>
        /^[\p{Lu}\p{Lo}“"'’(]/u.test(word) ||
        PARTICLES.has(fold(word)) ||
        /^(?:al|el|ad|as|ash|an|ar|at|d|l|o|de|von|van|and|&)(?:[-’']|$)/iu.test(word)
    ) ||
    (words.length <= 2 && /^[\p{Ll}][\p{L}\d_.-]{2,30}$/u.test(text))
  )
}

/** The words of a name, without "By", a handle or a final full stop. */
export function cleanName(text: string): string {
  return (
    text
      .replace(/^(?:and|with|avec|mit|con|und|et|y)\s+/iu, '')
      .replace(
        /^\s*(?:(?:additional\s)?(?:written|reported|reporting|writing|story|text|words|edited)\s)?(?:by|par|von|por)[\s:]+/iu,
        ''
      )
      // Where the word for "by" also occurs in names, it counts only before two of them.
      .replace(/^(?:door|di|av|af|od|oleh)\s(?=\p{Lu}\S*\s\p{Lu})/iu, '')
      .replace(/^de\s(?=\p{Lu}\S*$)/u, '')
      .replace(/(^|\s)@[\p{L}\p{N}_]{1,40}/gu, '$1')
      .replace(/[\s,;:|.·•]{1,20}$/u, (tail) => (/^\.$/.test(tail) && /\b\p{Lu}\.$/u.test(text) ? tail : ''))
      .trim()
  )
}

/** Two spellings of one name, ignoring case and repeated spaces. */
export function sameName(one: string, other: string): boolean {
  return fold(one).replace(/[.,]/g, '') === fold(other).replace(/[.,]/g, '')
}

/** An outlet or a desk rather than a person. */
export function isOutlet(name: string): boolean {
  return (
    agencyNamed(name) !== null ||
    (countSpaced(name) > 1 &&
      /\b(?:news|press|agency|agencies|times|post|media|magazine|tribune|herald|journal|gazette|network|desk|newsroom|editors|daily|broadcasting|radio|television|tv)\b/iu.test(
        name
      ))
  )
}

const ROLES =
  /\b(?:reporter|editor|correspondent|writer|columnist|analyst|desk|bureau|chief|producer|contributor|staff|fellow|intern|editorial board|host|blogger|reviewer|photographer|correspondante?|journaliste|redakteur(?:in)?|redactora?)\b|مراسل|محرر|كاتب/iu

/** A job, as bylines name it: staff writer, correspondent. */
export function isRole(text: string): boolean {
  return ROLES.test(text) && agencyNamed(text) === null
}

/** A person and their job, and nothing else: "Nora Lind, Harbour Correspondent". */
export function isNameAndRole(line: string): boolean {
  const [name = '', role = '', ...more] = line.trim().split(/\s?,\s/)
  const words = countSpaced(name)
  return (
    more.length === 0 &&
    words >= 2 &&
    words <= 4 &&
    isPersonName(name) &&
    !isOutlet(name) &&
    ROLES.test(role) &&
    countSpaced(role) <= 5 &&
    !/[.!?:;|]/.test(role)
  )
}

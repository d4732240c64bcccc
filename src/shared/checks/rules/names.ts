import { say } from '../../words/message.ts'

/** A name of two or more words, as written in a text. */
export interface NameUse {
  readonly name: string
  readonly start: number
}

/** Two spellings of what is likely one name; the rarer one is where the finding goes. */
export interface NamePair {
  readonly rarer: string
  readonly other: string
}

/**
 * Languages that write names alike in every case of the sentence, and nothing else in capitals. In others a name that
 * ends another way is grammar.
 */
const READ = /^(?:en|fr|es|it|pt|nl|da|nb|no|ca)\b/
const NAME =
  /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{Ll}\p{M}]+(?:[-'’]\p{L}+)*(?: (?:(?:al|el|de|da|van|von|bin|ben|der|di|du)[ -])?\p{Lu}\p{L}*(?:[-'’]\p{Lu}?\p{L}+)*){1,3}/gu

export function namesIn(text: string, language: string): NameUse[] {
  if (!READ.test(language)) return []
  return [...text.matchAll(NAME)].map(({ 0: found, index }) => ({
    name: found.replace(/['’]s?$/, ''),
    start: index
  }))
}

/** What was asked last: a story is looked at again at each pause of whoever writes it, and its names seldom change. */
let last: { readonly counts: ReadonlyMap<string, number>; readonly pairs: readonly NamePair[] } | null = null

/** Pairs of names that differ by one word, and in it by a letter or an accent. `counts`: how often each is used. */
export function alike(counts: ReadonlyMap<string, number>): readonly NamePair[] {
  if (!last || !areSame(last.counts, counts)) last = { counts: new Map(counts), pairs: pairsOf(counts) }
  return last.pairs
}

/** The same names as often, and in the same order: of two that are as frequent, the order says which is the rarer. */
function areSame(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): boolean {
  if (some.size !== others.size) return false
  const rest = others.entries()
  for (const [name, count] of some) {
    const [otherName, otherCount] = rest.next().value ?? []
    if (name !== otherName || count !== otherCount) return false
  }
  return true
}

function pairsOf(counts: ReadonlyMap<string, number>): NamePair[] {
  const buckets = new Map<string, { readonly name: string; readonly word: string }[]>()
  for (const name of counts.keys()) {
    const words = name.split(' ')
    const plainWords = words.map(plain)
    for (const [at, word] of words.entries()) {
      const key = `${at} ${plainWords.map((one, other) => (other === at ? one.charAt(0) : one)).join(' ')}`
      const bucket = buckets.get(key)
      if (bucket) bucket.push({ name, word })
      else buckets.set(key, [{ name, word }])
    }
  }
  const pairs = new Map<string, NamePair>()
  for (const [key, bucket] of buckets) {
    // A word that begins many different names is no name of a person.
    if (bucket.length < 2 || bucket.length > 40) continue
    const isLast = bucket.every(({ name }) => Number(key.split(' ')[0]) === name.split(' ').length - 1)
    for (const [at, one] of bucket.entries()) {
      for (const other of bucket.slice(at + 1)) {
        if (one.name === other.name || !isSlip(one.word, other.word, isLast)) continue
        const isRarer = (counts.get(one.name) ?? 0) < (counts.get(other.name) ?? 0)
        const [rarer, often] = isRarer ? [one.name, other.name] : [other.name, one.name]
        pairs.set([rarer, often].sort().join('\n'), { rarer, other: often })
      }
    }
  }
  return [...pairs.values()]
}

export function saidOf({ rarer, other }: NamePair) {
  return say('checks.spelledTwoWays', { name: rarer, other })
}

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** One word typed wrong, rather than two words: long enough, and not the ending that makes another word of it. */
function isSlip(one: string, other: string, isLast: boolean): boolean {
  const a = plain(one)
  const b = plain(other)
  if (a === b) return one.toLowerCase() !== other.toLowerCase()
  if (Math.min(a.length, b.length) < 5 || !isOneEdit(a, b)) return false
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a]
  // Clark and Clarke; but not Korea and Korean, Haddad and Haddads.
  if (longer.startsWith(shorter)) return isLast && longer === `${shorter}e`
  // Mario and Maria, Nuevo and Nueva are two.
  return a.slice(0, -1) !== b.slice(0, -1)
}

/** One letter more, less or other, or two that changed places. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let end = 0
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++
  const restA = a.slice(from, a.length - end)
  const restB = b.slice(from, b.length - end)
  if (Math.max(restA.length, restB.length) <= 1) return true
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}

import type { Story } from '../../shared/story/story.ts'
import { instantAt } from '../../shared/story/instant.ts'
import type { Status } from '../../shared/story/status.ts'
import { emptyFields } from '../../shared/story/fields.ts'
import { slugify } from '../../shared/story/slug.ts'
import type { Block } from '../../shared/document/document.ts'
import { emptyImageUse } from '../../shared/document/image-use.ts'
import type { Run } from '../../shared/document/runs.ts'
import { arabic, chinese, english, japanese, sections } from './sample-library-words.ts'

/** Stories of the sample library are dated from here on, spread over six years. */
const FIRST_DAY = Date.UTC(2019, 0, 1)
const YEARS = 6
const DAY = 86_400_000

/** Story number `n` of the library of a seed: the same on every machine, and whatever was made before it. */
export function sampleStory(seed: number, n: number): Story {
  const random = createRandom(seed, n)
  const kind = random.below(100)
  const language = kind < 82 ? 'en' : kind < 91 ? 'ar' : kind < 96 ? 'zh' : 'ja'
  const writer =
    language === 'en'
      ? englishWriter(random)
      : language === 'ar'
        ? otherWriter(random, arabic, ' ')
        : otherWriter(random, language === 'zh' ? chinese : japanese, '')
  const status = pickStatus(random)
  const createdMs = FIRST_DAY + random.below(YEARS * 365) * DAY + random.below(DAY)
  const created = instantAt(createdMs, 'UTC', 'clock')
  const published =
    status === 'published' || status === 'updating' || status === 'killed'
      ? instantAt(createdMs + random.below(DAY), 'UTC', 'cms')
      : null
  const headline = writer.headline()
  const fields = {
    ...emptyFields(created, language),
    headline,
    standfirst: writer.sentences(1 + random.below(2)).join(writer.gap),
    kicker: writer.kicker(),
    byline: writer.byline(),
    slugline: `${slugify(writer.topic, 40) || 'story'}-${n}`,
    section: random.pick(sections),
    source: random.below(4) === 0 ? 'Wire' : '',
    dateline: writer.place,
    keywords: writer.keywords(),
    urgency: 1 + random.below(8),
    leadImage:
      random.below(3) === 0
        ? { ...emptyImageUse(), caption: writer.sentences(1).join(''), credit: writer.person(), alt: writer.topic }
        : null,
    times: {
      created,
      firstPublished: published,
      lastUpdated:
        published && random.below(3) === 0 ? instantAt(createdMs + DAY + random.below(DAY), 'UTC', 'clock') : null,
      embargo: null
    }
  }
  return {
    id: storyId(seed, n, createdMs),
    revision: 1,
    status,
    fields,
    body: { version: 1, blocks: makeBody(random, writer) },
    changedAt: new Date(createdMs + DAY).toISOString()
  }
}

interface Random {
  below(limit: number): number
  pick<T>(from: readonly T[]): T
}

interface Writer {
  /** What the story is about. */
  readonly topic: string
  readonly place: string
  /** What is between sentences. */
  readonly gap: string
  /** Sentences in a paragraph of about 45 words. */
  readonly perParagraph: number
  headline(): string
  kicker(): string
  byline(): string
  person(): string
  keywords(): string[]
  heading(): string
  quote(): string
  sentences(count: number): string[]
}

function makeBody(random: Random, writer: Writer): Block[] {
  const paragraphs = 8 + random.below(9) + random.below(9)
  const blocks: Block[] = []
  const add = (block: Record<string, unknown>): void => {
    blocks.push({ id: `s${blocks.length}`, ...block } as Block)
  }
  for (let at = 0; at < paragraphs; at++) {
    if (at > 0 && at % 5 === 0) add({ type: 'heading', level: 2, runs: [{ text: writer.heading() }] })
    if (at % 7 === 4) add({ type: 'quote', runs: [{ text: writer.quote() }] })
    if (at === 8 && random.below(3) === 0)
      add({ type: 'list', ordered: false, items: writer.sentences(3).map((text) => ({ depth: 0, runs: [{ text }] })) })
    add({
      type: 'paragraph',
      runs: dress(random, writer.sentences(writer.perParagraph - 1 + random.below(3)).join(writer.gap), at)
    })
  }
  return blocks
}

/** A bold stretch here, a link there. */
function dress(random: Random, text: string, at: number): Run[] {
  if (at % 3 !== 1 || text.length < 40) return [{ text }]
  const from = boundary(text, Math.floor(text.length * 0.3))
  const to = boundary(text, Math.floor(text.length * 0.5))
  if (to <= from) return [{ text }]
  const middle: Run =
    random.below(2) === 0
      ? { text: text.slice(from, to), marks: ['bold'] }
      : { text: text.slice(from, to), link: { href: `https://example.org/background/${random.below(10_000)}` } }
  return [{ text: text.slice(0, from) }, middle, { text: text.slice(to) }]
}

function boundary(text: string, near: number): number {
  const space = text.indexOf(' ', near)
  return space < 0 ? near : space
}

function englishWriter(random: Random): Writer {
  const topic = random.pick(english.subjects)
  const place = random.pick(english.places)
  const second = random.pick(english.subjects)
  const surname = coinedName(random)
  const people = [
    `${random.pick(english.given)} ${random.pick(english.family)}`,
    `${random.pick(english.given)} ${surname}`
  ]
  const body = random.pick(english.bodies)
  const thing = (): string => (random.below(3) === 0 ? second : topic)
  const sentence = (): string => {
    switch (random.below(6)) {
      case 0:
        return `${random.pick(english.openings)}, ${random.pick(english.bodies)} ${random.pick(english.verbs)} the ${thing()} in ${place} ${random.pick(english.clauses)}.`
      case 1:
        return `“${random.pick(english.quotes)},” ${random.pick(english.said)} ${random.pick(people)}, ${random.pick(english.roles)}.`
      case 2:
        return `${fillIn(random, random.pick(english.facts))}.`
      case 3:
        return `${capital(random.pick(english.roles))} ${random.pick(english.said)} that the ${thing()} would be ${random.pick(english.verbs)} ${random.pick(english.clauses)}.`
      case 4:
        return `The ${thing()}, once described as a matter for ${random.pick(english.places)} alone, has since ${random.pick(['divided', 'occupied', 'surprised'])} ${random.pick(english.bodies)} ${random.pick(english.clauses)}.`
      default:
        return `${capital(body)} ${random.pick(english.verbs)} it ${random.pick(english.clauses)}, and ${random.pick(english.bodies)} ${random.pick(english.verbs)} a new ${second}.`
    }
  }
  return {
    topic,
    place,
    gap: ' ',
    perParagraph: 2,
    headline: () => {
      switch (random.below(4)) {
        case 0:
          return `${capital(body.replace(/^the /, ''))} ${random.pick(english.verbs)} ${place} ${topic}`
        case 1:
          return `${place} ${topic} ${random.pick(english.verbs)} ${random.pick(english.clauses)}`
        case 2:
          return `“${random.pick(english.quotes)}”: the ${topic} that divided ${place}`
        default:
          return `Why ${place}’s ${topic} matters to ${surname}`
      }
    },
    kicker: () => random.pick(english.kickers),
    byline: () => `By ${random.pick(people)}${random.below(2) === 0 ? ` in ${place}` : ''}`,
    person: () => random.pick(people),
    keywords: () => [topic, place, random.pick(english.subjects)],
    heading: () => random.pick(english.headings),
    quote: () => `${random.pick(english.quotes)}.`,
    sentences: (count) => Array.from({ length: count }, sentence)
  }
}

type Bank = typeof arabic | typeof chinese | typeof japanese

function otherWriter(random: Random, bank: Bank, gap: ' ' | ''): Writer {
  const pick = (from: readonly string[]): string => random.pick(from)
  const topic = pick(bank.subjects)
  const place = pick(bank.places)
  const people = [pick(bank.people), pick(bank.people)]
  const stop = gap === ' ' ? '.' : '。'
  const comma = gap === ' ' ? '، ' : '、'
  const isJapanese = bank === japanese
  const thing = (): string => (random.below(3) === 0 ? pick(bank.subjects) : topic)
  const sentence = (): string => {
    switch (random.below(4)) {
      case 0:
        return isJapanese
          ? `${pick(bank.bodies)}は${pick(bank.clauses)}${place}の${thing()}を${pick(bank.verbs)}${stop}`
          : gap === ' '
            ? `${pick(bank.verbs)} ${pick(bank.bodies)} ${thing()} في ${place} ${pick(bank.clauses)}${stop}`
            : `${pick(bank.clauses)}${comma}${pick(bank.bodies)}${pick(bank.verbs)}${place}的${thing()}${stop}`
      case 1:
        return isJapanese
          ? `「${pick(bank.quotes)}」と${random.pick(people)}は語った${stop}`
          : gap === ' '
            ? `وقال ${random.pick(people)}: «${pick(bank.quotes)}»${stop}`
            : `${random.pick(people)}说：“${pick(bank.quotes)}”${stop}`
      case 2:
        return `${fillIn(random, pick(bank.facts))}${stop}`
      default:
        return isJapanese
          ? `${place}では${thing()}をめぐり${pick(bank.bodies)}が${pick(bank.verbs)}${stop}`
          : gap === ' '
            ? `وفي ${place} ${pick(bank.verbs)} ${pick(bank.bodies)} ${thing()} ${pick(bank.clauses)}${stop}`
            : `在${place}${comma}${pick(bank.bodies)}${pick(bank.clauses)}${pick(bank.verbs)}${thing()}${stop}`
    }
  }
  return {
    topic,
    place,
    gap,
    perParagraph: gap === ' ' ? 4 : 5,
    headline: () =>
      isJapanese
        ? `${pick(bank.bodies)}、${place}の${topic}を${pick(bank.verbs)}`
        : gap === ' '
          ? `${pick(bank.bodies)} و${topic} في ${place}`
          : `${pick(bank.bodies)}${pick(bank.verbs)}${place}${topic}`,
    kicker: () => '',
    byline: () => random.pick(people),
    person: () => random.pick(people),
    keywords: () => [topic, place],
    heading: () => pick(bank.headings),
    quote: () => pick(bank.quotes),
    sentences: (count) => Array.from({ length: count }, sentence)
  }
}

/** A family name nobody has: gives the library the long tail of rare words that real ones have. */
function coinedName(random: Random): string {
  const syllables = [
    'ba',
    'cor',
    'del',
    'fen',
    'gar',
    'hol',
    'ira',
    'jun',
    'kel',
    'lor',
    'mar',
    'nev',
    'or',
    'pel',
    'quin',
    'ros',
    'sel',
    'tor',
    'ul',
    'ven',
    'wyn',
    'yar',
    'zan'
  ]
  return capital(
    Array.from({ length: 2 + random.below(2) }, () => random.pick(syllables)).join('') +
      random.pick(['sen', 'ton', 'ić', 'ez', 'by', 'er', 'ová', 'wood'])
  )
}

function fillIn(random: Random, template: string): string {
  return template.replace('{n}', String(12 + random.below(980))).replace('{m}', String(2 + random.below(38)))
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** As in a library some years old: most of it published, a few hundred in hand. */
function pickStatus(random: Random): Status {
  const at = random.below(1000)
  if (at < 860) return 'published'
  if (at < 890) return 'updating'
  if (at < 940) return 'draft'
  if (at < 960) return 'ready'
  if (at < 970) return 'approved'
  if (at < 985) return 'killed'
  return 'trashed'
}

/** A UUID of version 7 whose random part is drawn from the seed. */
function storyId(seed: number, n: number, ms: number): string {
  const random = createRandom(seed ^ 0x5eed, n)
  const hex = (digits: number): string => Array.from({ length: digits }, () => random.below(16).toString(16)).join('')
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + random.below(4)).toString(16)}${hex(3)}-${(n >>> 0).toString(16).padStart(8, '0')}${hex(4)}`
}

/** mulberry32, started from seed and story number so that any story can be made without those before it. */
function createRandom(seed: number, n: number): Random {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick<T>(from: readonly T[]): T {
      return from[below(from.length)] as T
    }
  }
}

import type { en } from './en/index.ts'
import type { Message } from './message.ts'

type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> }

/**
 * Every word of Galley in one language. Another language is another folder beside `en` whose object has this type: the
 * compiler names each sentence it misses.
 */
export type Language = Widen<typeof en>

/**
 * What happened, as a sentence in the language. A message this build does not know (an older or a newer Galley wrote
 * it) says so; it never throws.
 */
export function sentence(language: Language, message: Message): string {
  return part(language, message, 'text') ?? language.unknownMessage
}

/**
 * What the person can do next; null where there is nothing to say. A message that wraps another and has no advice of its
 * own passes on the other's.
 */
export function nextStep(language: Language, message: Message): string | null {
  const own = part(language, message, 'next')
  if (own) return own
  for (const inner of Object.values(message.params ?? {})) {
    const passedOn = isMessage(inner) ? nextStep(language, inner) : null
    if (passedOn) return passedOn
  }
  return null
}

/** Both in one line. */
export function sentences(language: Language, message: Message): string {
  return [sentence(language, message), nextStep(language, message)].filter(Boolean).join(' ')
}

function part(language: Language, message: Message, which: 'text' | 'next'): string | null {
  const entry = find(language, message.key)
  const asked = isPair(entry) ? entry[which] : which === 'text' ? entry : null
  if (typeof asked === 'string') return asked
  if (typeof asked !== 'function') return null
  try {
    const made: unknown = asked(inWords(language, message.params ?? {}))
    return typeof made === 'string' ? made : null
  } catch {
    // Parameters of another version of this sentence.
    return null
  }
}

function find(language: Language, key: string): unknown {
  const [room = '', name = ''] = key.split('.')
  const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = language.said
  const sentencesOfRoom = Object.hasOwn(rooms, room) ? rooms[room] : undefined
  return sentencesOfRoom && Object.hasOwn(sentencesOfRoom, name) ? sentencesOfRoom[name] : undefined
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}

function isPair(entry: unknown): entry is { text: unknown; next: unknown } {
  return typeof entry === 'object' && entry !== null && 'text' in entry && 'next' in entry
}

/** Messages among the parameters become sentences; everything else stays as it is. */
function inWords(language: Language, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => inWords(language, item))
  if (typeof value !== 'object' || value === null) return value
  if (isMessage(value)) return sentence(language, value)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inWords(language, item)]))
}

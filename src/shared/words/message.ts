import { z } from 'zod'
import type { said } from './en/said/index.ts'
import type { Said } from './said.ts'

/**
 * What the core has to say to a person: the key of a sentence in `words/<lang>/said/` and what it names. This is what
 * travels and what is stored; it becomes a sentence in the reader's language where it is read.
 */
export const Message = z.object({
  /** `room.sentence` */
  key: z.string().min(1).max(100),
  params: z.record(z.string(), z.json()).optional()
})
export type Message = z.infer<typeof Message>

type Rooms = typeof said
type Keys<R extends keyof Rooms> = `${R}.${keyof Rooms[R] & string}`
/** Every sentence the core, the hosts and the command line can say. */
type MessageKey = { [R in keyof Rooms]: Keys<R> }[keyof Rooms]

type EntryOf<K extends MessageKey> = K extends `${infer R extends keyof Rooms}.${infer S}`
  ? Rooms[R][S & keyof Rooms[R]]
  : never
type ParamsOfSentence<T> = T extends (params: infer P) => string ? P : unknown
type ParamsOfEntry<T> = T extends { readonly text: infer Text; readonly next: infer Next }
  ? ParamsOfSentence<Text> & ParamsOfSentence<Next>
  : ParamsOfSentence<T>
/** As the caller gives it: a message where the sentence receives the text of one. */
type Given<V> = V extends Said ? Message : V extends readonly (infer Item)[] ? Given<Item>[] : V
type ParamsOf<K extends MessageKey> = {
  readonly [P in keyof ParamsOfEntry<EntryOf<K>>]: Given<ParamsOfEntry<EntryOf<K>>[P]>
}
type Rest<K extends MessageKey> = keyof ParamsOf<K> extends never ? [] : [params: ParamsOf<K>]

/** `say('media.tooLarge', { name, limit })`: a key that does not exist or a missing parameter does not compile. */
export function say<K extends MessageKey>(key: K, ...rest: Rest<K>): Message {
  const [params] = rest as [Message['params']?]
  return params === undefined ? { key } : { key, params }
}

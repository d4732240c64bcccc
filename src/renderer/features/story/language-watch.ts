import type { Block, BlockId } from '../../../shared/document/document.ts'
import { otherLanguageOf } from '../../../shared/document/language-guess.ts'
import { steadyClock, type Clock } from '../../../shared/lib/clock.ts'
import { copyOfStory, type CopyText } from '../../../shared/spelling/copy.ts'
import { createStore, type Store } from '../../api/store.ts'
import type { StorySession } from './story-session.ts'

/** A language other than the story's, found in what was typed or pasted. */
export interface OtherLanguage {
  readonly language: string
  /** Most of the story is in it; if not, only these blocks are. */
  readonly isStory: boolean
  readonly blocks: readonly BlockId[]
}

/**
 * `PAUSE`: ms without a change before the story is examined. `AT_ONCE`: texts examined before yielding to the window.
 */
const PAUSE = 700
const AT_ONCE = 100
/** The share of the letters above which the whole story counts as being in that language. */
const MOST = 0.6

/** The story as it was opened, or as it was when its language was last set. */
interface Before {
  readonly language: string
  readonly fields: ReadonlySet<string>
  readonly blocks: WeakSet<Block>
}

/** Languages already asked about, by story, for as long as the window is open: nobody is asked twice. */
const askedBefore = new Map<string, Set<string>>()

/**
 * Notices when what is typed or pasted is in a language other than the story's. What was there when the story was
 * opened is left alone. A key does nothing but start a timer. Lives outside React.
 */
export class LanguageWatch {
  readonly view: Store<OtherLanguage | null> = createStore<OtherLanguage | null>(null)
  readonly #story: Pick<StorySession, 'id' | 'fields' | 'body' | 'edits'>
  readonly #clock: Clock
  readonly #asked: Set<string>
  #stopTimer: () => void = () => undefined
  #before: Before
  #guesses = new Map<string, string | null>()

  constructor(story: Pick<StorySession, 'id' | 'fields' | 'body' | 'edits'>, clock: Clock = steadyClock) {
    this.#story = story
    this.#clock = clock
    const asked = askedBefore.get(story.id) ?? new Set<string>()
    askedBefore.set(story.id, asked)
    this.#asked = asked
    this.#before = this.#now()
  }

  /** Returns a function that stops it. */
  start(): () => void {
    const stopListening = this.#story.edits.subscribe(() => {
      this.#stopTimer()
      this.#stopTimer = this.#clock.after(PAUSE, () => this.#look())
    })
    return () => {
      stopListening()
      this.#stopTimer()
    }
  }

  /** The person said yes or no; either way this language is not asked about again. */
  answered(): void {
    const other = this.view.get()
    if (other) this.#asked.add(other.language)
    this.view.set(null)
  }

  #now(): Before {
    const fields = this.#story.fields.get()
    return {
      language: fields.language,
      fields: new Set(copyOfStory(fields, []).map(({ text }) => text)),
      blocks: new WeakSet(this.#story.body().blocks)
    }
  }

  #look(): void {
    const fields = this.#story.fields.get()
    const { language } = fields
    if (language !== this.#before.language) {
      // Somebody set it, and knows what language the story is in.
      this.#before = this.#now()
      this.#guesses.clear()
      this.view.set(null)
      return
    }
    const { blocks } = this.#story.body()
    const fresh = new Set(blocks.filter((block) => !this.#before.blocks.has(block)).map(({ id }) => id))
    const texts = copyOfStory(fields, blocks).filter((text) => text.language === language)
    const isNew = ({ text, place }: CopyText): boolean =>
      place.in === 'block' ? fresh.has(place.id) : !this.#before.fields.has(text)
    let left = AT_ONCE
    for (const one of texts) {
      const { text } = one
      if (this.#guesses.has(text) || !isNew(one)) continue
      if (left === 0) {
        this.#stopTimer = this.#clock.after(0, () => this.#look())
        return
      }
      left -= 1
      this.#guesses.set(text, otherLanguageOf(text, language))
    }
    if (this.#guesses.size > 2 * texts.length + 200) {
      const there = new Set(texts.map(({ text }) => text))
      this.#guesses = new Map([...this.#guesses].filter(([text]) => there.has(text)))
    }
    this.#say(texts, isNew)
  }

  #say(texts: readonly CopyText[], isNew: (text: CopyText) => boolean): void {
    let all = 0
    const found = new Map<string, { letters: number; blocks: Set<BlockId> }>()
    for (const one of texts) {
      const { text, place } = one
      all += text.length
      const language = isNew(one) ? this.#guesses.get(text) : null
      if (!language || this.#asked.has(language)) continue
      const there = found.get(language) ?? { letters: 0, blocks: new Set() }
      there.letters += text.length
      if (place.in === 'block') there.blocks.add(place.id)
      found.set(language, there)
    }
    const [most] = [...found].sort(([, a], [, b]) => b.letters - a.letters)
    const other = most && asOther(most[0], most[1].blocks, most[1].letters > all * MOST)
    const old = this.view.get()
    if (other?.language === old?.language && other?.isStory === old?.isStory) {
      if (other?.blocks.join(' ') === old?.blocks.join(' ')) return
    }
    this.view.set(other ?? null)
  }
}

/** Only blocks can be marked, so a headline alone is not worth asking about. */
function asOther(language: string, blocks: ReadonlySet<BlockId>, isStory: boolean): OtherLanguage | null {
  return isStory || blocks.size > 0 ? { language, isStory, blocks: [...blocks] } : null
}

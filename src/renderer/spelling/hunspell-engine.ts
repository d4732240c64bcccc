import { createHunspellFromStrings, type Hunspell } from 'hunspell-wasm'
import type { Finding } from '../../shared/spelling/finding.ts'
import { plainWord, wordsOf } from '../../shared/spelling/words.ts'
import { NoDictionary, type SpellingEngine } from './engine.ts'

/** Loads the two files of a dictionary unchanged; null if there is none for that language. */
export type LoadDictionary = (
  language: string
) => Promise<{ readonly aff: Uint8Array; readonly dic: Uint8Array } | null>

/** Dictionaries held at once; each takes 10 to 40 MB. */
const MOST_HELD = 2
const MOST_SUGGESTIONS = 6
/** Words of one dictionary whose result is remembered. */
const MOST_KNOWN = 50_000

interface Held {
  readonly hunspell: Hunspell
  readonly known: Map<string, boolean>
}

/** Hunspell: spelling in any language that has a dictionary. */
export function hunspellEngine(load: LoadDictionary): SpellingEngine {
  /** Least recently used first. */
  const held = new Map<string, Held>()
  const use = async (language: string): Promise<Held> => {
    let one = held.get(language)
    if (!one) {
      const files = await load(language)
      if (!files) throw new NoDictionary(language)
      const [longestUnused] = held
      if (longestUnused && held.size >= MOST_HELD) {
        longestUnused[1].hunspell.dispose()
        held.delete(longestUnused[0])
      }
      const { aff, dic } = dictionaryText(files)
      one = { hunspell: await createHunspellFromStrings(aff, dic), known: new Map() }
    }
    held.delete(language)
    held.set(language, one)
    return one
  }
  return {
    async check(language, texts) {
      const { hunspell, known } = await use(language)
      const isRight = (word: string): boolean => {
        let right = known.get(word)
        if (right === undefined) {
          right =
            hunspell.testSpelling(word) || (word.includes("'") && hunspell.testSpelling(word.replaceAll("'", '’')))
          if (known.size >= MOST_KNOWN) known.clear()
          known.set(word, right)
        }
        return right
      }
      return texts.map(({ text }) =>
        wordsOf(text, language).flatMap(({ start, end, plain }): Finding[] =>
          isRight(plain) ? [] : [{ start, end, kind: 'spelling', rule: 'hunspell', suggestions: null, message: '' }]
        )
      )
    },
    async suggest(language, word) {
      const { hunspell } = await use(language)
      const curly = word.includes('’')
      return hunspell
        .getSpellingSuggestions(plainWord(word))
        .slice(0, MOST_SUGGESTIONS)
        .map((one) => (curly ? one.replaceAll("'", '’') : one))
    }
  }
}

/** A dictionary as text. An older character set is declared in its first lines, which are changed to UTF-8. */
export function dictionaryText({ aff, dic }: { readonly aff: Uint8Array; readonly dic: Uint8Array }): {
  readonly aff: string
  readonly dic: string
} {
  const says = /^\s*SET\s+(\S+)/m.exec(new TextDecoder('latin1').decode(aff))?.[1] ?? 'ISO8859-1'
  const decoder = decoderOf(says)
  const rules = decoder.decode(aff).replace(/^\ufeff/, '')
  const words = decoder.decode(dic).replace(/^\ufeff/, '')
  if (/^utf-?8$/i.test(says)) return { aff: rules, dic: words }
  // Flags were single bytes, some of which take more than one byte in UTF-8.
  const flags = /^\s*FLAG\s/m.test(rules) ? '' : 'FLAG UTF-8\n'
  return { aff: `SET UTF-8\n${flags}${rules.replace(/^\s*SET\s.*$/m, '')}`, dic: words }
}

function decoderOf(name: string): TextDecoder {
  const label = name.replace(/^ISO-?8859-?/i, 'iso-8859-').replace(/^microsoft-cp/i, 'windows-')
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('latin1')
  }
}

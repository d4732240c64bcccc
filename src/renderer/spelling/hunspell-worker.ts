import { serve, type SpellingQuestion } from './engine.ts'
import { hunspellEngine } from './hunspell-engine.ts'

async function fetched(language: string, ending: 'aff' | 'dic'): Promise<Uint8Array | null> {
  const response = await fetch(`/dictionaries/${language}.${ending}`)
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`a dictionary could not be read: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

const engine = hunspellEngine(async (language) => {
  const [aff, dic] = await Promise.all([fetched(language, 'aff'), fetched(language, 'dic')])
  return aff && dic ? { aff, dic } : null
})
const answer = serve(engine, (reply) => postMessage(reply))
addEventListener('message', ({ data }: MessageEvent<SpellingQuestion>) => answer(data))

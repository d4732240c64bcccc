import { binary } from 'harper.js/binary'
import { serve, type SpellingQuestion } from './engine.ts'
import { harperEngine } from './harper-engine.ts'

const answer = serve(harperEngine(binary), (reply) => postMessage(reply))
addEventListener('message', ({ data }: MessageEvent<SpellingQuestion>) => answer(data))

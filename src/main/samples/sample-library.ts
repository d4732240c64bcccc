import { wordsOfBody } from '../../shared/document/to-text.ts'
import { authorNames } from '../../shared/intake/author-names.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { getStoryRow, insertStoryRow } from '../core/store/stories.ts'
import { putContent } from '../core/store/contents.ts'
import { INDEX_MEMORY, indexStories, setIndexMemory } from '../core/store/search.ts'
import type { Store } from '../core/store/store.ts'
import { summaryOf } from '../core/stories/open-story.ts'
import { sampleStory } from './sample-library-story.ts'
import { say } from '../../shared/words/message.ts'

export interface SampleLibraryOptions {
  readonly stories: number
  /** The same seed gives the same stories. */
  readonly seed: number
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
}

/** Stories in one transaction. */
const BATCH = 500

/**
 * Fills a library with made-up news for benches and try-outs: mostly English, with Arabic, Chinese and Japanese among
 * it, searchable at once. Stories of the same seed that are there already are left as they are, so it can be stopped
 * and run again. Returns how many it added.
 */
export async function makeSampleLibrary(
  store: Store,
  { stories, seed, signal, progress }: SampleLibraryOptions
): Promise<number> {
  let added = 0
  store.write('index memory', (db) => setIndexMemory(db, INDEX_MEMORY.bulk))
  try {
    for (let from = 0; from < stories; from += BATCH) {
      if (signal?.aborted)
        throw new GalleyError('cancelled', say('commandLine.sampleStopped', { done: from, total: stories }))
      const to = Math.min(from + BATCH, stories)
      added += store.write('sample stories', (db) => {
        const seqs: number[] = []
        for (let n = from; n < to; n++) {
          const story = sampleStory(seed, n)
          if (getStoryRow(db, story.id)) continue
          const seq = insertStoryRow(db, {
            ...summaryOf(story, wordsOfBody(story.body)),
            authors: JSON.stringify(authorNames(story.fields))
          })
          putContent(db, seq, {
            revision: story.revision,
            fields: JSON.stringify(story.fields),
            body: JSON.stringify(story.body),
            lastChangeId: null
          })
          seqs.push(seq)
        }
        return indexStories(db, seqs)
      })
      progress?.(to, stories)
      // Between batches others get their turn: a save, a page of the list, a request to stop.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return added
  } finally {
    store.write('index memory', (db) => setIndexMemory(db, INDEX_MEMORY.usual))
  }
}

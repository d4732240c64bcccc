import { countWords } from '../../lib/words.ts'
import { canonicalRuns } from '../diff/canonical-runs.ts'
import { textOfRuns, type Run } from '../runs.ts'
import { linksOfRuns, withoutPictures, type BlockParts } from './define-block.ts'

type RunsParts =
  | 'canonical'
  | 'toText'
  | 'toPlainText'
  | 'searchText'
  | 'words'
  | 'links'
  | 'withTexts'
  | 'pictures'
  | 'withPictures'
  | 'ninjs'

/** The parts shared by blocks that are a single line of text. */
export function partsOfRuns<B extends { readonly runs: Run[] }>(): Pick<BlockParts<B>, RunsParts> {
  return {
    ...withoutPictures<B>(),
    canonical: (block) => ({ ...block, runs: canonicalRuns(block.runs) }),
    toText: (block) => textOfRuns(block.runs),
    toPlainText: (block) => textOfRuns(block.runs),
    searchText: (block) => ({ body: textOfRuns(block.runs), captions: [] }),
    words: (block) => countWords(textOfRuns(block.runs)),
    links: (block) => linksOfRuns(block.runs),
    withTexts: (block, change) => ({ ...block, runs: [...change(block.runs, '')] })
  }
}

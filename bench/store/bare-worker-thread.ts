import { parentPort, workerData } from 'node:worker_threads'
import { nextPage } from './bare-pages.ts'
import { openBareReader } from './bare.ts'
import { BareSearch } from './bare-search.ts'

const { library } = workerData as { library: string }
const db = openBareReader(library)
const search = BareSearch.open(library, db)

type Question =
  | { readonly kind: 'page'; readonly list: Parameters<typeof nextPage>[1]; readonly from: string }
  | { readonly kind: 'search'; readonly text: string; readonly order: 'newest' | 'best'; readonly limit: number }

parentPort?.on('message', (question: Question) => {
  parentPort?.postMessage(
    question.kind === 'page'
      ? nextPage(db, question.list, question.from).all()
      : search.find(question.text, question.order, question.limit)
  )
})

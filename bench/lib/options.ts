import { parseArgs } from 'node:util'

export const benches = ['editor', 'desk', 'store', 'start', 'export', 'publish', 'cms', 'beside', 'profile'] as const
export type BenchName = (typeof benches)[number]

export interface Options {
  readonly benches: readonly BenchName[]
  readonly quick: boolean
  readonly reps: number
  /** Words. */
  readonly sizes: readonly number[]
  /** Empty: all of them. */
  readonly editors: readonly string[]
  /** Keys pressed in each measurement. */
  readonly keys: number
  readonly stories: number
  readonly seed: number
  readonly writeDocs: boolean
  /** Print the table of an earlier run instead of running. */
  readonly from: string | null
}

export const HELP = `npm run bench [-- BENCH… OPTIONS]

  BENCH            ${benches.join(' | ')}; without one, all but profile
  --quick          small and short: a look, not a result
  --reps N         repetitions of everything (3)
  --sizes A,B      words of the stories (1k,10k,50k,100k)
  --editors A,B    only these: galley, harness, textarea, contenteditable, lexical, prosemirror, tiptap, quill, ckeditor
  --keys N         keys in each measurement (40)
  --stories N      stories of the big library (100k)
  --seed N         of every generated text (1)
  --write-docs     put the table into docs/performance.md
  --from FILE      print the table of an earlier run (and, with --write-docs, write it)`

/** Throws an Error with a plain sentence where an option makes no sense. */
export function parseOptions(args: readonly string[]): Options | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      reps: { type: 'string' },
      sizes: { type: 'string' },
      editors: { type: 'string' },
      keys: { type: 'string' },
      stories: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'write-docs': { type: 'boolean', default: false },
      from: { type: 'string' },
      help: { type: 'boolean', default: false }
    }
  })
  if (values.help) return 'help'
  const quick = values.quick
  const chosen = positionals.map((name) => {
    const bench = benches.find((known) => known === name)
    if (!bench) throw new Error(`There is no bench called ${name}; there are ${benches.join(', ')}.`)
    return bench
  })
  return {
    benches: chosen.length > 0 ? chosen : benches.filter((bench) => bench !== 'profile'),
    quick,
    reps: number(values.reps ?? (quick ? '1' : '3')),
    sizes: (values.sizes ?? (quick ? '1k,100k' : '1k,10k,50k,100k')).split(',').map(number),
    editors: values.editors?.split(',') ?? [],
    keys: number(values.keys ?? (quick ? '24' : '40')),
    stories: number(values.stories ?? (quick ? '5k' : '100k')),
    seed: number(values.seed),
    writeDocs: values['write-docs'],
    from: values.from ?? null
  }
}

function number(text: string): number {
  const match = /^(\d+)(k?)$/.exec(text.trim())
  if (!match) throw new Error(`${text} is not a number (10, 10k).`)
  return Number(match[1]) * (match[2] ? 1000 : 1)
}

export function sizeName(words: number): string {
  return words % 1000 === 0 ? `${words / 1000}k` : String(words)
}

import { checksum } from './checksum.ts'
import { entrySum } from './contents.ts'
import { unpack } from './packed-text.ts'
import type { FoundRow, PageReader, Value } from './page-reader.ts'
import { NOTHING, type Remains, type StoredRow, type SummedEntry, type WholeText } from './remains.ts'

type Named = Readonly<Record<string, Value>>

/** Everything in a library whose checksums hold, found page by page. */
export interface Harvest {
  /** Stories by row number, with their ids where those were found. */
  readonly stories: ReadonlyMap<number, { readonly id: string | null }>
  remains(seq: number): Remains
  /** Versions of the history, rows as stored. */
  history(seq: number): Named[]
  /** The page a story was made from. */
  source(seq: number): Named | null
  readonly media: readonly Named[]
}

/**
 * How rows of one table are recognised: how many columns they have had since the first release, and a check every
 * intact row passes.
 */
interface Shape {
  readonly table: string
  readonly withRowid: boolean
  readonly least: number
  isWhole(row: Named): boolean
}

const SHAPES: readonly Shape[] = [
  { table: 'article_content', withRowid: true, least: 6, isWhole: isWholeText },
  { table: 'revisions', withRowid: true, least: 10, isWhole: isWholeText },
  {
    table: 'intake_sources',
    withRowid: true,
    least: 5,
    isWhole: ({ bytes, sha256 }) => bytes instanceof Uint8Array && checksum(bytes) === sha256
  },
  {
    table: 'articles',
    withRowid: true,
    least: 17,
    isWhole: ({ id, revision, status }) => isId(id) && isCount(revision) && typeof status === 'string'
  },
  { table: 'journal', withRowid: false, least: 7, isWhole: (row) => isCount(row['seq']) && entryOf(row) !== null },
  {
    table: 'media',
    withRowid: false,
    least: 8,
    isWhole: ({ id, type }) => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id) && String(type).startsWith('image/')
  }
]

/** `columnsOf`: the columns of a table in this version of Galley; an older library has only the first of them. */
export function harvest(reader: PageReader, columnsOf: (table: string) => readonly string[]): Harvest {
  const shapes = SHAPES.map((shape) => ({ ...shape, columns: columnsOf(shape.table) }))
  const stories = new Map<number, Found>()
  const story = (seq: number): Found => {
    const found = stories.get(seq) ?? {
      id: null,
      row: null,
      texts: [],
      journal: new Map(),
      history: new Map(),
      source: null
    }
    stories.set(seq, found)
    return found
  }
  const media = new Map<string, Named>()
  for (const found of reader.rows()) {
    for (const shape of shapes) {
      const row = read(found, shape)
      if (!row) continue
      if (shape.table === 'media') media.set(String(row['id']), row)
      else keep(story(Number(row['seq'])), shape, row, () => read(found, shape) ?? row)
      break
    }
  }
  return {
    stories,
    media: [...media.values()],
    remains(seq) {
      const found = stories.get(seq)
      if (!found) return NOTHING
      const entries = [...found.journal.values()].flatMap((again) => entryOf(again()) ?? [])
      return { row: found.row, texts: found.texts, journal: new Map(entries.map((entry) => [entry.revision, entry])) }
    },
    history: (seq) => [...(stories.get(seq)?.history.values() ?? [])].map((again) => again()),
    source: (seq) => stories.get(seq)?.source?.() ?? null
  }
}

interface Found {
  id: string | null
  row: StoredRow | null
  readonly texts: WholeText[]
  readonly journal: Map<number, () => Named>
  readonly history: Map<number, () => Named>
  source: (() => Named) | null
}

function keep(story: Found, { table }: Shape, row: Named, again: () => Named): void {
  switch (table) {
    case 'articles':
      // If there are several, the one written last: older ones remain in pages that have been freed.
      if (story.row && Number(story.row['change_seq']) >= Number(row['change_seq'])) break
      story.row = row as StoredRow
      story.id = String(row['id'])
      break
    case 'journal':
      story.journal.set(Number(row['revision']), again)
      break
    case 'intake_sources':
      story.source = again
      break
    default:
      if (table === 'revisions') story.history.set(Number(row['revision']), again)
      story.texts.push({
        revision: Number(row['revision']),
        read() {
          const { fields, body, last_change_id: lastChangeId } = again()
          return {
            fields: String(fields),
            body: unpack(String(body)),
            lastChangeId: typeof lastChangeId === 'string' ? lastChangeId : null
          }
        }
      })
  }
}

/** The row as one of the given table; null if it is not one, or its checksum fails. */
function read(found: FoundRow, shape: Shape & { readonly columns: readonly string[] }): Named | null {
  if ((found.rowid !== null) !== shape.withRowid || found.columns < shape.least || found.columns > shape.columns.length)
    return null
  const values = attempt(found)
  if (!values) return null
  const row: Record<string, Value> = {}
  for (const [at, name] of shape.columns.entries()) if (at < values.length) row[name] = values[at] ?? null
  if (shape.withRowid && row['seq'] === null) row['seq'] = found.rowid
  return isCount(row['seq'] ?? 0) && shape.isWhole(row) ? row : null
}

function attempt(found: FoundRow): Value[] | null {
  try {
    return found.values()
  } catch {
    return null
  }
}

function isWholeText({ fields, body, sha256, revision }: Named): boolean {
  return (
    typeof fields === 'string' && typeof body === 'string' && isCount(revision) && checksum(fields, body) === sha256
  )
}

function entryOf(row: Named): SummedEntry | null {
  const { revision, change_id: changeId, kind, change, saved_at: savedAt, sha256 } = row
  if (
    !isCount(revision) ||
    typeof changeId !== 'string' ||
    typeof change !== 'string' ||
    typeof savedAt !== 'string' ||
    typeof sha256 !== 'string'
  )
    return null
  if (kind !== 'body' && kind !== 'fields' && kind !== 'status') return null
  const entry = { revision, changeId, kind, change, savedAt, sha256 } as const
  return entrySum(entry) === sha256 ? entry : null
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}

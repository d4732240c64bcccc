import type { LibraryFilter } from '../../../shared/contract/library.ts'
import {
  countedConditions,
  dayConditions,
  filterConditions,
  isByDay,
  isUnfiltered,
  statusCondition
} from './library-filter.ts'
import { joinSql, sql, type ReadableDb, type Sql } from './sql.ts'

/** How many stories match the whole filter, and how many match each part of it. */
export interface Tally {
  readonly total: number
  readonly all: number
  readonly inStatuses: number
  readonly inSection: number
  readonly inLanguage: number
  readonly byAuthor: number
  readonly ofDays: number
}

/** The last tallies of each connection, valid until the next write: scrolling asks for the same one over and over. */
const tallies = new WeakMap<ReadableDb, { version: number; known: Map<string, Tally> }>()

/** The tally of a filter, counted again only after a write. */
export function countStories(db: ReadableDb, filter: LibraryFilter): Tally {
  const version = db.version()
  let held = tallies.get(db)
  if (held?.version !== version) {
    held = { version, known: new Map() }
    tallies.set(db, held)
  }
  const name = isUnfiltered(filter)
    ? ''
    : JSON.stringify([
        filter.statuses,
        filter.section,
        filter.language,
        filter.author,
        filter.createdFrom,
        filter.createdTo
      ])
  let tally = held.known.get(name)
  if (!tally) {
    tally = tallyStories(db, filter)
    held.known.set(name, tally)
  }
  return tally
}

export function tallyStories(db: ReadableDb, filter: LibraryFilter): Tally {
  const status = statusCondition(filter)
  const section = filter.section === undefined ? sql`1` : sql`section = ${filter.section}`
  const language = filter.language === undefined ? sql`1` : sql`language = ${filter.language}`
  const sum = (condition: Sql): Sql => ({
    text: `coalesce(sum(stories) FILTER (WHERE ${condition.text}), 0)`,
    values: condition.values
  })
  const columns = [joinSql([status, section, language], ' AND '), sql`1`, status, section, language].map(sum)
  const names = ['total', '"all"', 'inStatuses', 'inSection', 'inLanguage']
  const query: Sql = {
    text: `SELECT ${columns.map(({ text }, at) => `${text} AS ${names[at]}`).join(', ')} FROM article_counts`,
    values: columns.flatMap(({ values }) => values)
  }
  const tally = db.get<Omit<Tally, 'byAuthor' | 'ofDays'>>(query)
  if (!tally) throw new Error('Counting answered no row')
  const byAuthor =
    filter.author === undefined
      ? tally.all
      : countOf(db, 'sum(stories)', 'author_counts', [sql`name = ${filter.author}`])
  if (!isByDay(filter)) {
    const total =
      filter.author === undefined
        ? tally.total
        : countOf(db, 'sum(stories)', 'author_counts', [sql`name = ${filter.author}`, ...countedConditions(filter)])
    return { ...tally, total, byAuthor, ofDays: tally.all }
  }
  const days = 'articles INDEXED BY articles_by_day'
  return {
    ...tally,
    total: countOf(db, 'count(*)', days, filterConditions(filter)),
    byAuthor,
    ofDays: countOf(db, 'count(*)', days, dayConditions(filter))
  }
}

/** `what` and `from` are SQL from this file, never input. */
function countOf(db: ReadableDb, what: string, from: string, conditions: readonly Sql[]): number {
  const { text, values } = joinSql(conditions, ' AND ')
  return db.get<{ n: number | null }>({ text: `SELECT ${what} AS n FROM ${from} WHERE ${text}`, values })?.n ?? 0
}

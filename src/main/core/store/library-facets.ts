import type { LibraryFacets, LibraryFilter } from '../../../shared/contract/library.ts'
import type { Status } from '../../../shared/story/status.ts'
import { countedConditions, dayConditions, filterConditions, isByDay } from './library-filter.ts'
import { joinSql, sql, type ReadableDb, type Sql } from './sql.ts'

export interface FacetsRequest {
  readonly filter: LibraryFilter
  /** Moments, UTC; stories created since each are counted. */
  readonly since: readonly string[]
}

/**
 * What can be chosen next, and how many stories each choice would leave: each kind of choice is counted with the other
 * parts of the filter applied. Sums over `article_counts` and `author_counts`, which have a row per combination; with a
 * date range, counts over one index, in proportion to the length of the range.
 */
export function readFacets(db: ReadableDb, { filter, since }: FacetsRequest): LibraryFacets {
  const without = (one: keyof LibraryFilter): LibraryFilter => ({ ...filter, [one]: undefined })
  return {
    sections: countBy(db, 'section', without('section')).filter(({ value }) => value !== ''),
    languages: countBy(db, 'language', without('language')),
    authors: countAuthors(db, without('author')),
    statuses: Object.fromEntries(
      countBy(db, 'status', without('statuses'), true).map(({ value, stories }) => [value as Status, stories])
    ),
    since: since.map((moment) => countSince(db, { ...filter, createdFrom: moment, createdTo: undefined }))
  }
}

type Counted = { value: string; stories: number }

/** `all`: whatever the status, including the trash. */
function countBy(
  db: ReadableDb,
  column: 'section' | 'language' | 'status',
  filter: LibraryFilter,
  all = false
): Counted[] {
  const wanted = all ? withoutStatus(filter) : filterConditionsOf(filter)
  const { text, values } = joinSql(wanted, ' AND ')
  const [from, sum] = sourceOf(filter)
  return db.all<Counted>({
    text: `SELECT ${column} AS value, ${sum} AS stories FROM ${from} WHERE ${text} GROUP BY ${column} ORDER BY stories DESC, value LIMIT 500`,
    values
  })
}

function countAuthors(db: ReadableDb, filter: LibraryFilter): Counted[] {
  const conditions = joinSql(isByDay(filter) ? filterConditions(filter) : countedConditions(filter), ' AND ')
  const text = isByDay(filter)
    ? `SELECT name AS value, count(*) AS stories FROM articles INDEXED BY articles_by_day JOIN article_authors USING (seq)`
    : `SELECT name AS value, sum(stories) AS stories FROM author_counts`
  return db.all<Counted>({
    text: `${text} WHERE ${conditions.text} GROUP BY name ORDER BY stories DESC, value LIMIT 500`,
    values: conditions.values
  })
}

function countSince(db: ReadableDb, filter: LibraryFilter): number {
  const { text, values } = joinSql(filterConditions(filter), ' AND ')
  return (
    db.get<{ n: number }>({
      text: `SELECT count(*) AS n FROM articles INDEXED BY articles_by_day WHERE ${text}`,
      values
    })?.n ?? 0
  )
}

/** The smallest table that covers the filter, and how stories are summed in it. */
function sourceOf(filter: LibraryFilter): readonly [string, string] {
  if (isByDay(filter)) return ['articles INDEXED BY articles_by_day', 'count(*)']
  return [filter.author === undefined ? 'article_counts' : 'author_counts', 'sum(stories)']
}

function filterConditionsOf(filter: LibraryFilter): Sql[] {
  if (isByDay(filter)) return filterConditions(filter)
  return [...countedConditions(filter), ...(filter.author === undefined ? [] : [sql`name = ${filter.author}`])]
}

function withoutStatus(filter: LibraryFilter): Sql[] {
  const conditions: Sql[] = [sql`1`]
  if (filter.section !== undefined) conditions.push(sql`section = ${filter.section}`)
  if (filter.language !== undefined) conditions.push(sql`language = ${filter.language}`)
  if (isByDay(filter)) {
    conditions.push(...dayConditions(filter))
    if (filter.author !== undefined)
      conditions.push(sql`seq IN (SELECT seq FROM article_authors WHERE name = ${filter.author})`)
  } else if (filter.author !== undefined) conditions.push(sql`name = ${filter.author}`)
  return conditions
}

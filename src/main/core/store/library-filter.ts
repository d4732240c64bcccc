import type { LibraryFilter } from '../../../shared/contract/library.ts'
import { statuses } from '../../../shared/story/status.ts'
import { sql, type Sql } from './sql.ts'

/**
 * A filter as conditions on the columns of `articles`. Every list index holds status, section, language and the row
 * number (by which an author is found); only one holds the day.
 */
export function filterConditions(filter: LibraryFilter): Sql[] {
  const conditions = countedConditions(filter)
  if (filter.author !== undefined)
    conditions.push(sql`seq IN (SELECT seq FROM article_authors WHERE name = ${filter.author})`)
  return [...conditions, ...dayConditions(filter)]
}

/** The conditions on the columns that `article_counts` and `author_counts` count by. */
export function countedConditions(filter: LibraryFilter): Sql[] {
  const conditions = [statusCondition(filter)]
  if (filter.section !== undefined) conditions.push(sql`section = ${filter.section}`)
  if (filter.language !== undefined) conditions.push(sql`language = ${filter.language}`)
  return conditions
}

export function dayConditions({ createdFrom, createdTo }: LibraryFilter): Sql[] {
  const conditions: Sql[] = []
  if (createdFrom !== undefined) conditions.push(sql`created_at >= ${createdFrom}`)
  if (createdTo !== undefined) conditions.push(sql`created_at < ${createdTo}`)
  return conditions
}

export function isByDay({ createdFrom, createdTo }: LibraryFilter): boolean {
  return createdFrom !== undefined || createdTo !== undefined
}

export function isUnfiltered(filter: LibraryFilter): boolean {
  const { statuses: wanted, section, language, author } = filter
  return (
    wanted === undefined && section === undefined && language === undefined && author === undefined && !isByDay(filter)
  )
}

export function statusCondition({ statuses: wanted }: LibraryFilter): Sql {
  if (!wanted) return sql`status <> 'trashed'`
  const [first, ...others] = [...new Set(wanted)]
  if (first === undefined) return sql`0`
  if (others.length === 0) return sql`status = ${first}`
  if (others.length + 1 === statuses.length) return sql`1`
  return { text: `status IN (?${', ?'.repeat(others.length)})`, values: [first, ...others] }
}

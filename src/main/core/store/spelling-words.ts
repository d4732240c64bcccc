import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** The person's own words, in alphabetical order. */
export function readOwnWords(db: ReadableDb): string[] {
  return db.all<{ word: string }>(sql`SELECT word FROM spelling_words ORDER BY word`).map(({ word }) => word)
}

/** The words that are ignored in one story. */
export function readIgnoredWords(db: ReadableDb, storyId: string): string[] {
  return db
    .all<{ word: string }>(
      sql`SELECT word FROM spelling_ignored WHERE seq = (SELECT seq FROM articles WHERE id = ${storyId}) ORDER BY word`
    )
    .map(({ word }) => word)
}

export function insertOwnWord(db: WritableDb, word: string): void {
  db.run(sql`INSERT INTO spelling_words (word) VALUES (${word}) ON CONFLICT DO NOTHING`)
}

export function deleteOwnWord(db: WritableDb, word: string): void {
  db.run(sql`DELETE FROM spelling_words WHERE word = ${word}`)
}

export function deleteOwnWords(db: WritableDb): void {
  db.run(sql`DELETE FROM spelling_words`)
}

/** Does nothing if there is no such story. */
export function insertIgnoredWord(db: WritableDb, storyId: string, word: string): void {
  db.run(
    sql`INSERT INTO spelling_ignored (seq, word) SELECT seq, ${word} FROM articles WHERE id = ${storyId} ON CONFLICT DO NOTHING`
  )
}

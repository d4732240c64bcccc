import { unpack } from './packed-text.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** A picture's id anywhere in a stored text, in any form of block, of this build or another. */
const ID = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

/** The state of the library when it was last searched for uses of pictures. */
export interface UsesMark {
  readonly change: number
  readonly outbox: number
}

/** The pictures in this library that the stories mention: as they are now, in their history, or in their undo steps. */
export function picturesOfStories(db: ReadableDb, ids: readonly string[], stopped: () => boolean): string[] {
  const named = new Set<string>()
  for (const id of ids) {
    if (stopped()) return []
    const row = db.get<{ seq: number }>(sql`SELECT seq FROM articles WHERE id = ${id}`)
    if (row)
      for (const text of textsOfStory(db, row.seq, () => '')) for (const [name] of text.matchAll(ID)) named.add(name)
  }
  return [...named].filter((id) => db.get(sql`SELECT 1 FROM media WHERE id = ${id}`) !== undefined)
}

/**
 * Returns those of the pictures that anything in the library still uses: a story, its history, its undo steps, or an
 * approved version, which names renditions of them. Reads all of that, so it is for the reading worker. Returns every
 * picture if something cannot be read, or once nobody is waiting for the result.
 */
export function picturesInUse(db: ReadableDb, ids: readonly string[], stopped: () => boolean): string[] {
  return usesIn(db, everyText(db), ids, stopped)
}

export function usesMark(db: ReadableDb): UsesMark {
  return (
    db.get<UsesMark>(sql`
      SELECT (SELECT CAST(value AS INTEGER) FROM library WHERE key = 'change_seq') AS change,
             (SELECT coalesce(max(seq), 0) FROM outbox) AS outbox`) ?? { change: 0, outbox: 0 }
  )
}

/** The same for what was added since the mark: a few stories at most, while somebody works. */
export function picturesInUseSince(db: ReadableDb, ids: readonly string[], mark: UsesMark): string[] {
  return usesIn(db, textsSince(db, mark), ids, () => false)
}

function usesIn(db: ReadableDb, texts: Iterable<string>, ids: readonly string[], stopped: () => boolean): string[] {
  const left = new Set(ids)
  const originals = new Map<string, string[]>(ids.map((id) => [id, [id]]))
  for (const id of ids)
    for (const rendition of db.all<{ id: string }>(sql`SELECT id FROM renditions WHERE original_id = ${id}`))
      originals.set(rendition.id, [...(originals.get(rendition.id) ?? []), id])
  try {
    for (const text of texts) {
      if (stopped()) return [...ids]
      for (const [name] of text.matchAll(ID)) for (const id of originals.get(name) ?? []) left.delete(id)
      if (left.size === 0) break
    }
  } catch {
    return [...ids]
  }
  return ids.filter((id) => !left.has(id))
}

interface Version {
  readonly fields: string
  readonly body: string
}

function* everyText(db: ReadableDb): Generator<string> {
  for (const { fields, body } of db.iterate<Version>(sql`SELECT fields, body FROM article_content`)) {
    yield fields
    yield body
  }
  for (const { change } of db.iterate<{ change: string }>(sql`SELECT change FROM journal`)) yield change
  for (const { media, payload } of db.iterate<{ media: string; payload: string }>(
    sql`SELECT media, payload FROM outbox`
  )) {
    yield media
    yield payload
  }
  for (const { step } of db.iterate<{ step: string }>(sql`SELECT step FROM undo_steps`)) yield step
  for (const { fields, body } of db.iterate<Version>(sql`SELECT fields, body FROM revisions`)) {
    yield fields
    yield unpack(body)
  }
}

function* textsSince(db: ReadableDb, { change, outbox }: UsesMark): Generator<string> {
  for (const { seq } of db.all<{ seq: number }>(sql`SELECT seq FROM articles WHERE change_seq > ${change}`))
    yield* textsOfStory(db, seq)
  for (const { media, payload } of db.all<{ media: string; payload: string }>(
    sql`SELECT media, payload FROM outbox WHERE seq > ${outbox}`
  )) {
    yield media
    yield payload
  }
}

/** `unreadable`: what to use in place of a packed text that cannot be read; without it, that is thrown. */
function* textsOfStory(db: ReadableDb, seq: number, unreadable?: () => string): Generator<string> {
  for (const { fields, body } of db.all<Version>(sql`SELECT fields, body FROM article_content WHERE seq = ${seq}`)) {
    yield fields
    yield body
  }
  for (const { change } of db.all<{ change: string }>(sql`SELECT change FROM journal WHERE seq = ${seq}`)) yield change
  for (const { step } of db.all<{ step: string }>(sql`SELECT step FROM undo_steps WHERE seq = ${seq}`)) yield step
  for (const { fields, body } of db.all<Version>(sql`SELECT fields, body FROM revisions WHERE seq = ${seq}`)) {
    yield fields
    yield unpacked(body, unreadable)
  }
}

function unpacked(body: string, unreadable?: () => string): string {
  try {
    return unpack(body)
  } catch (error) {
    if (!unreadable) throw error
    return unreadable()
  }
}

/**
 * The names of the files that exist only because of a picture: what is shown in its place, and the renditions made from
 * it.
 */
export function ownFilesMadeFrom(db: ReadableDb, id: string): string[] {
  return db
    .all<{ sha: string }>(
      sql`
      SELECT display AS sha FROM media WHERE id = ${id} AND display IS NOT NULL
      UNION SELECT id FROM renditions WHERE original_id = ${id}`
    )
    .map(({ sha }) => sha)
    .filter(
      (sha) =>
        db.get(sql`
          SELECT 1 FROM media WHERE display = ${sha} AND id <> ${id}
          UNION ALL SELECT 1 FROM renditions WHERE id = ${sha} AND original_id <> ${id}`) === undefined
    )
}

export function deleteMedia(db: WritableDb, id: string): void {
  db.run(sql`DELETE FROM renditions WHERE original_id = ${id}`)
  db.run(sql`DELETE FROM media WHERE id = ${id}`)
}

import { sql, type ReadableDb, type WritableDb } from './sql.ts'

/** A rendition that is kept because an approved story names it. */
export interface RenditionRow {
  /** SHA-256 of its bytes, hex. */
  readonly id: string
  readonly originalId: string
  readonly name: string
  readonly type: string
  readonly width: number
  readonly height: number
  /** Bytes. */
  readonly size: number
  /** The words written into it. */
  readonly words: {
    readonly caption: string
    readonly credit: string
    readonly copyright: string
    readonly alt: string
  }
}

type RawRow = Omit<RenditionRow, 'words'> & { readonly words: string }

export function getRendition(db: ReadableDb, id: string): RenditionRow | undefined {
  const row = db.get<RawRow>(sql`
    SELECT id, original_id AS originalId, name, type, width, height, size, words FROM renditions WHERE id = ${id} LIMIT 1`)
  return row && toRow(row)
}

/** All renditions made from one picture. */
export function findRenditions(db: ReadableDb, originalId: string): RenditionRow[] {
  return db
    .all<RawRow>(
      sql`
    SELECT id, original_id AS originalId, name, type, width, height, size, words FROM renditions
    WHERE original_id = ${originalId}`
    )
    .map(toRow)
}

function toRow(row: RawRow): RenditionRow {
  return { ...row, words: JSON.parse(row.words) as RenditionRow['words'] }
}

/** The same picture with the same words is the same rendition; the name it was first stored under stays. */
export function putRendition(
  db: WritableDb,
  { id, originalId, name, type, width, height, size, words }: RenditionRow,
  madeAt: string
): void {
  db.run(sql`
    INSERT INTO renditions (id, original_id, name, type, width, height, size, words, made_at)
    VALUES (${id}, ${originalId}, ${name}, ${type}, ${width}, ${height}, ${size}, ${JSON.stringify(words)}, ${madeAt})
    ON CONFLICT DO NOTHING`)
}

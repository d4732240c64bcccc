import type { MediaAsset } from '../../../shared/contract/media.ts'
import { sql, type ReadableDb, type WritableDb } from './sql.ts'

interface MediaRow {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly size: number
  readonly metadata: string
}

export function getMedia(db: ReadableDb, id: string): MediaAsset | undefined {
  const row = db.get<MediaRow>(sql`SELECT id, type, name, width, height, size, metadata FROM media WHERE id = ${id}`)
  return row && { ...row, metadata: JSON.parse(row.metadata) as MediaAsset['metadata'] }
}

/** `display`: SHA-256 of the JPEG shown in its place, if any. A picture that is already known keeps its name. */
export function putMedia(db: WritableDb, asset: MediaAsset, display: string | null, addedAt: string): void {
  db.run(sql`
    INSERT INTO media (id, type, name, width, height, size, metadata, display, added_at)
    VALUES (${asset.id}, ${asset.type}, ${asset.name}, ${asset.width}, ${asset.height}, ${asset.size}, ${JSON.stringify(asset.metadata)}, ${display}, ${addedAt})
    ON CONFLICT (id) DO UPDATE SET type = excluded.type, width = excluded.width, height = excluded.height, metadata = excluded.metadata, display = excluded.display`)
}

/** SHA-256 of the JPEG shown in a picture's place; null if the picture itself is shown. */
export function getDisplay(db: ReadableDb, id: string): string | null {
  return db.get<{ display: string | null }>(sql`SELECT display FROM media WHERE id = ${id}`)?.display ?? null
}

/** Every picture with the hash of its bytes and its original name. */
export function hashedMedia(db: ReadableDb): { id: string; name: string }[] {
  return db.all<{ id: string; name: string }>(sql`SELECT id, name FROM media ORDER BY added_at`)
}

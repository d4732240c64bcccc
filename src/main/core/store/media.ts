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

export function putMedia(db: WritableDb, asset: MediaAsset, addedAt: string): void {
  db.run(sql`
    INSERT INTO media (id, type, name, width, height, size, metadata, added_at)
    VALUES (${asset.id}, ${asset.type}, ${asset.name}, ${asset.width}, ${asset.height}, ${asset.size}, ${JSON.stringify(asset.metadata)}, ${addedAt})
    ON CONFLICT (id) DO NOTHING`)
}

/** Every picture by the sum of its bytes and the name it came with. */
export function hashedMedia(db: ReadableDb): { id: string; name: string }[] {
  return db.all<{ id: string; name: string }>(sql`SELECT id, name FROM media ORDER BY added_at`)
}

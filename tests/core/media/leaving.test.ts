import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPhotoMetadata } from '../../../src/main/core/media/photo-metadata.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import type { OutboxItem } from '../../../src/shared/contract/outbox.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { Newsroom } from '../publishing/newsroom.ts'
import { exifSegment, picture } from './planted.ts'

const SECRET = 'GPS48.2082N16.3738E-SN0123456789'
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

let room: Newsroom
beforeEach(async () => {
  room = await Newsroom.open()
})
afterEach(() => room.close())

/** A photograph as it comes from a camera, and a story that uses it twice with other words. */
async function pictured(): Promise<{ storyId: string; original: Buffer; mediaId: string }> {
  const plain = await picture().jpeg().toBuffer()
  const original = Buffer.concat([plain.subarray(0, 2), exifSegment(SECRET), plain.subarray(2)])
  const { id: mediaId } = await room.desk.media.add(`${SECRET}.jpg`, original)
  const words = { caption: 'The bridge at dawn', credit: 'M. Ortner', alt: 'A bridge' }
  const { id } = room.desk.stories.create({
    fields: { headline: 'Bridge opens', leadImage: { ...emptyImageUse(mediaId), ...words } },
    body: {
      version: 1,
      blocks: [
        { id: 'a', type: 'paragraph', runs: [{ text: 'The council said so.' }] },
        { id: 'b', type: 'image', image: { ...emptyImageUse(mediaId), caption: 'Later', credit: '', alt: '' } }
      ]
    }
  })
  return { storyId: id, original, mediaId }
}

async function publish(storyId: string, targetId: string): Promise<OutboxItem> {
  const { revision } = room.desk.stories.get(storyId)
  const input = { storyId, targetId, revision, changeId: newId(), planned: null }
  return await room.run((await room.desk.publishing.approving.publishWithPictures(input)).id)
}

test('a published picture is a rendition, named by its own digest in payload, outbox and receipt', async () => {
  const { storyId, original, mediaId } = await pictured()
  const target = await room.desk.target(room.endpoint)
  const item = await publish(storyId, target.id)
  expect(item.state).toBe('done')

  const sent = room.receiver.shelf.get(storyId)?.payload ?? ''
  const { story, media } = JSON.parse(sent) as {
    story: { fields: { leadImage: { mediaId: string } }; body: { blocks: { image?: { mediaId: string } }[] } }
    media: { id: string; name: string; size: number; original?: string }[]
  }
  const named = [story.fields.leadImage.mediaId, story.body.blocks[1]?.image?.mediaId]
  expect(media.map(({ id }) => id)).toEqual(named)
  expect(item.receipt?.pictures).toEqual(named)
  expect(new Set([...named, mediaId]).size).toBe(3)
  expect(sent).not.toContain(SECRET)
  expect(sent).not.toContain(mediaId)

  const files = readdirSync(join(room.folder, 'cms', 'media'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    .filter((bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])))
  expect(files.map(digest).sort()).toEqual(named.toSorted())
  for (const bytes of files) expect(bytes.includes(SECRET)).toBe(false)
  const lead = files.find((bytes) => digest(bytes) === named[0]) ?? Buffer.alloc(0)
  expect(readPhotoMetadata(lead)).toEqual({
    caption: { value: 'The bridge at dawn', from: 'xmp' },
    credit: { value: 'M. Ortner', from: 'xmp' },
    alt: { value: 'A bridge', from: 'xmp' }
  })
  // The original is in the library as it came.
  expect(Buffer.from(await room.desk.media.read(mediaId)).equals(original)).toBe(true)
})

test('a rendition whose file is lost before it is sent is made again, as it was', async () => {
  const { storyId } = await pictured()
  const target = await room.desk.target(room.endpoint)
  await room.desk.renditions.prepare(room.desk.stories.get(storyId))
  rmSync(join(room.desk.folder, 'renditions'), { recursive: true })
  const item = await publish(storyId, target.id)
  expect(item).toMatchObject({ state: 'done', receipt: { media: 2 } })
})

test('a large picture is shown scaled down, again and again', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const large = await sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer()
  const asset = await room.desk.media.add('large.jpg', large)
  for (const width of [300, 300, 1000]) {
    const shown = await room.desk.media.picture(asset.id, width)
    const { format, width: is = 0 } = await sharp(shown?.bytes).metadata()
    expect([format, is >= width && is < 2400]).toEqual(['webp', true])
  }
})

test('a HEIC is shown, exported and published through a JPEG, and kept as it came', async () => {
  const heic = readFileSync(join(import.meta.dirname, '../../support/pictures/two-halves.heic'))
  const asset = await room.desk.media.add('IMG_0001.jpg', heic)
  expect(asset).toMatchObject({ type: 'image/heic', width: 64, height: 48 })
  for (const width of [undefined, 1200]) {
    const shown = await room.desk.media.picture(asset.id, width)
    expect(shown?.type).toBe('image/jpeg')
    expect((await sharp(shown?.bytes).metadata()).width).toBe(64)
  }
  rmSync(join(room.desk.folder, 'renditions'), { recursive: true })
  expect((await room.desk.media.picture(asset.id))?.type).toBe('image/jpeg')
  const made = await room.desk.renditions.make({ ...emptyImageUse(), mediaId: asset.id }, 'bridge')
  expect(made.asset).toMatchObject({ type: 'image/jpeg', name: `bridge-${made.asset.id.slice(0, 12)}.jpg` })
  expect(Buffer.from(await room.desk.media.read(asset.id)).equals(heic)).toBe(true)
})

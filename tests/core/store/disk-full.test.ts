import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Events } from '../../../src/main/core/events.ts'
import { StoriesService } from '../../../src/main/core/stories/stories.ts'
import { readPage } from '../../../src/main/core/store/library-pages.ts'
import { openLibrary, type OpenedLibrary } from '../../../src/main/core/store/open-library.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { ManualClock } from '../../support/manual-clock.ts'

let folder: string
let opened: OpenedLibrary
let stories: StoriesService

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-full-'))
  await open()
})
afterEach(async () => {
  opened.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  opened = await openLibrary(folder)
  stories = new StoriesService({
    store: opened.store,
    clock: new ManualClock(),
    events: new Events(() => undefined),
    desk: () => ({ zone: 'UTC', language: 'en' })
  })
}

/** SQLite refuses to let the file grow as it does when the disk is full, with the same error at the same place. */
function leaveRoomFor(pages: number): void {
  const { raw } = opened.store.connection()
  raw.pragma(`max_page_count = ${(raw.pragma('page_count', { simple: true }) as number) + pages}`)
}

it('a disk that fills up refuses the next save in plain words, loses none that was acknowledged, and takes the same one when there is room', async () => {
  const { id } = stories.create({
    fields: { headline: 'The river rises' },
    body: { version: 1, blocks: [{ id: 'a', type: 'paragraph', runs: [] }] }
  })
  const words = (n: number): string => `Line ${n} of the report. ${'The water came in the night. '.repeat(40)}`
  const save = (n: number, changeId: string): number =>
    stories.patchBody({ id, baseRevision: stories.get(id).revision, changeId }, [
      { op: 'insert', after: null, block: { id: `p${n}`, type: 'paragraph', runs: [{ text: words(n) }] } }
    ]).revision
  leaveRoomFor(12)
  let saved = 0
  const refused = newId()
  const fill = (): void => {
    for (;;) {
      const changeId = newId()
      try {
        save(saved + 1, changeId)
      } catch (error) {
        // The one that is tried again below goes under the id it had.
        expect(() => save(saved + 1, refused)).toThrow(expect.objectContaining({ code: 'storage_full' }))
        throw error
      }
      saved += 1
    }
  }
  expect(fill).toThrow(
    expect.objectContaining({
      code: 'storage_full',
      message: expect.stringContaining('The disk is full'),
      next: expect.stringContaining('Free some space')
    })
  )
  expect(saved).toBeGreaterThan(5)
  const texts = (): string[] =>
    stories
      .get(id)
      .body.blocks.filter((block) => block.id !== 'a')
      .map((block) => ('runs' in block ? ((block.runs as { text: string }[])[0]?.text ?? '') : ''))
      .toReversed()
  const all = (): string[] => Array.from({ length: saved }, (_, at) => words(at + 1))
  expect(texts()).toEqual(all())
  // The list answers as ever; a row that cannot be brought in step now is tried again by whoever asks next.
  stories.rows.catchUp()
  expect(
    opened.store
      .read((db) => readPage(db, { filter: {}, sort: 'changed', descending: true, limit: 5 }))
      .rows.map(({ headline }) => headline)
  ).toEqual(['The river rises'])

  opened.store.connection().raw.pragma('max_page_count = 1000000')
  expect(save(saved + 1, refused)).toBe(saved + 2)
  saved += 1
  expect(texts()).toEqual(all())
  opened.close()
  await open()
  expect(opened.notices).toEqual([])
  expect(texts()).toEqual(all())
})

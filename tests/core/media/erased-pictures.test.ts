import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Jobs } from '../../../src/main/core/app/jobs.ts'
import { Events } from '../../../src/main/core/events.ts'
import { ErasedPictures } from '../../../src/main/core/media/erased-pictures.ts'
import { picturesInUse, picturesInUseSince, usesMark } from '../../../src/main/core/store/picture-uses.ts'
import { LibraryReader } from '../../../src/main/core/store/reader/client.ts'
import { sql } from '../../../src/main/core/store/sql.ts'
import { Trash } from '../../../src/main/core/stories/trash.ts'
import { emptyImageUse } from '../../../src/shared/document/image-use.ts'
import { newId } from '../../../src/shared/lib/id.ts'
import { Newsroom } from '../publishing/newsroom.ts'

const HOUR = 60 * 60_000
const never = (): boolean => false

describe('the pictures of stories that are deleted for good', () => {
  let room: Newsroom
  let reader: LibraryReader
  let pictures: ErasedPictures
  let trash: Trash
  beforeEach(async () => {
    room = await Newsroom.open()
    const { store, stories, media, publishing, clock, log } = room.desk
    reader = new LibraryReader(store.databaseFile)
    const events = new Events(() => undefined)
    pictures = new ErasedPictures({
      store,
      media,
      clock,
      reader,
      inStep: (name, body) => stories.rows.inStep(name, body),
      log: (line) => log.push(line)
    })
    trash = new Trash({
      store,
      stories,
      clock,
      events,
      jobs: new Jobs(events),
      whyNeeded: (id) => publishing.whyNeeded(id),
      pictures
    })
  })
  afterEach(async () => {
    await pictures.close()
    await reader.close()
    await room.close()
  })

  const isThere = (id: string): boolean => {
    const { media } = room.desk
    expect(media.find(id) !== undefined).toBe(existsSync(media.file(id)))
    return media.find(id) !== undefined
  }
  const picture = async (seed: string): Promise<string> => (await room.desk.picture(seed)).id
  const lead = (id: string | null) => ({ leadImage: id === null ? null : emptyImageUse(id) })
  const inBody = (id: string) => ({ id: newId(), type: 'image' as const, image: emptyImageUse(id) })
  async function erase(...ids: string[]): Promise<void> {
    room.desk.stories.trash(ids, null)
    expect(await trash.erase(ids)).toEqual({ erased: ids.length, held: [] })
    await pictures.quiet()
  }

  it('leave the disk, those of the history too; what any other story, its history or its undo uses stays', async () => {
    const { stories } = room.desk
    const [own, earlier, shared, inHistory, inUndo, inJournal] = await Promise.all(
      ['own', 'earlier', 'shared', 'history', 'undo', 'journal'].map(picture)
    )
    const ids = [own, earlier, shared, inHistory, inUndo, inJournal] as string[]
    const gone = await room.desk.story('Goes', lead(earlier ?? ''))
    room.desk.edit(gone, lead(own ?? ''))
    stories.patchBody(
      { id: gone, baseRevision: 2, changeId: newId() },
      [shared, inHistory, inUndo, inJournal].map((id) => ({ op: 'insert', after: 'a', block: inBody(id ?? '') }))
    )
    const stays = await room.desk.story('Stays', lead(inHistory ?? ''))
    stories.settle(stays)
    const undo = {
      past: { keep: 0, add: [{ fields: lead(inUndo ?? ''), place: null }] },
      future: { keep: 0, add: [] }
    }
    stories.patchFields({ id: stays, baseRevision: 1, changeId: newId(), undo }, lead(null))
    stories.settle(stays)
    const keeps = { past: { keep: 1, add: [] }, future: { keep: 0, add: [] } }
    stories.patchBody({ id: stays, baseRevision: 2, changeId: newId(), undo: keeps }, [
      { op: 'insert', after: 'a', block: inBody(inJournal ?? '') }
    ])
    await room.desk.story('Has it as well', lead(shared ?? ''))
    room.clock.advance(2 * HOUR)
    await erase(gone)
    expect(ids.map(isThere)).toEqual([false, false, true, true, true, true])
    await erase(stays)
    expect(ids.map(isThere)).toEqual([false, false, true, false, false, false])
  })

  it('stay where the outbox has what was sent, and go with their renditions where nothing left', async () => {
    const { id: targetId } = await room.desk.target(room.endpoint)
    const sent = await room.desk.story('Sent', {}, true)
    const [sentPicture, unsentPicture] = [await picture('Sent'), await picture('Unsent')]
    await room.run(room.desk.publish(sent, targetId).id)
    const [item] = room.desk.publishing.withdraw({
      storyId: sent,
      targetIds: [targetId],
      reason: '',
      changeId: newId()
    })
    expect(await room.run(item?.id ?? '')).toMatchObject({ state: 'done' })
    const unsent = await room.desk.story('Unsent', {}, true)
    const renditions = (): string[] =>
      readdirSync(join(room.desk.folder, 'renditions'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    expect(renditions()).toHaveLength(2)
    room.clock.advance(2 * HOUR)
    await erase(sent, unsent)
    expect([sentPicture, unsentPicture].map(isThere)).toEqual([true, false])
    expect(renditions()).toHaveLength(1)
    expect(room.desk.store.read((db) => db.all(sql`SELECT id FROM renditions`))).toEqual([{ id: renditions()[0] }])
  })

  it('stay for an hour after they came in, for the story they are on their way to', async () => {
    const id = await picture('new')
    const story = await room.desk.story('Goes', lead(id))
    await erase(story)
    expect(isThere(id)).toBe(true)
    room.clock.advance(2 * HOUR)
    await pictures.quiet()
    expect(isThere(id)).toBe(false)
    expect((await room.desk.picture('new')).id).toBe(id)
    expect(isThere(id)).toBe(true)
  })

  it('stay for whoever takes one up while the library is looked through', async () => {
    const id = await picture('taken up')
    const [goes, takes] = [await room.desk.story('Goes', lead(id)), await room.desk.story('Takes it up')]
    room.clock.advance(2 * HOUR)
    room.desk.stories.trash([goes], null)
    await trash.erase([goes])
    const { store } = room.desk
    const mark = store.read(usesMark)
    expect(store.read((db) => picturesInUse(db, [id], never))).toEqual([])
    room.desk.edit(takes, lead(id))
    room.desk.stories.rows.catchUp()
    expect(store.read((db) => picturesInUseSince(db, [id], mark))).toEqual([id])
    await pictures.quiet()
    expect(isThere(id)).toBe(true)
  })

  it('stay where a version of some history cannot be read', async () => {
    const id = await picture('own')
    const goes = await room.desk.story('Goes', lead(id))
    await room.desk.story('Damaged')
    room.desk.store.write('damage', (db) =>
      db.run(sql`UPDATE revisions SET body = 'deflate:AAAA' WHERE headline = 'Damaged'`)
    )
    room.clock.advance(2 * HOUR)
    await erase(goes)
    expect(isThere(id)).toBe(true)
  })
})

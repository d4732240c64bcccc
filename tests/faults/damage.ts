import { copyFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '../../src/main/core/store/backup.ts'
import { Count } from './count.ts'
import { numbers, Subject, type Files } from './library.ts'

const PAGE = 4096

/**
 * Flipped bits, zeroed, stale, swapped and truncated pages of the database, with a good backup and with none. Whatever is shown was written once; a story
 * that is older than it was, or gone, is told of or says that it is damaged: none of it is silent.
 */
export async function damagedPages(limit: number, seed: number): Promise<Count> {
  const count = new Count('damaged pages')
  const pick = numbers(seed)
  const subject = new Subject()
  await subject.open()
  const ids = Array.from({ length: 8 }, (_, n) => subject.create(`Story ${n}`, n * 120))
  for (const id of ids.slice(0, 3)) subject.type(id, 'Before the backup.')
  await subject.backUp()
  for (const id of ids.slice(2, 6)) subject.type(id, `After the backup. ${'More. '.repeat(200)}`)
  subject.stories.settle(ids[3] ?? '')
  subject.close()
  const early = subject.files()
  await subject.open()
  subject.type(ids[7] ?? '', 'The last.')
  subject.close()
  const whole = subject.files()
  const state = /"state":"\w+"/
  const [backup] = listBackups(subject.folder)
  for (let round = 0; round < limit; round++) {
    const files = damagePages(whole, early, pick)
    const marker = files.get('library.json')?.toString().replace(state, '"state":"suspect"') ?? ''
    subject.put(new Map(files).set('library.json', Buffer.from(marker)))
    if (round % 10 === 9 && backup) truncateSync(backup.file, 0)
    const notices = await subject.open()
    const told = new Set(notices.flatMap(({ lost }) => lost.map(({ storyId }) => storyId)))
    for (const id of ids) {
      const held = subject.held(id)
      if (held && !(subject.texts.get(id)?.has(held.text) ?? false)) count.note('never written')
      const behind = (held?.revision ?? 0) < (subject.acknowledged.get(id) ?? 0)
      if (behind) count.note('stories older or gone')
      if (behind && held && notices.length === 0 && !told.has(id)) count.note('silent')
    }
    if (notices.length > 0) count.note('told')
    count.say(!count.notes.has('never written'), 'shown')
    subject.close()
    if (round % 10 === 9 && backup) {
      restoreBackup(subject, whole, backup.file)
    }
  }
  subject.remove()
  return count
}

function restoreBackup(subject: Subject, whole: Files, file: string): void {
  subject.put(whole)
  copyFileSync(join(subject.folder, 'galley.db'), file)
}

function damagePages(whole: Files, early: Files, pick: (below: number) => number): Files {
  const bytes = Buffer.from(whole.get('galley.db') ?? Buffer.alloc(0))
  const pages = bytes.length / PAGE
  const other = early.get('galley.db') ?? bytes
  const at = pick(pages) * PAGE
  switch (pick(6)) {
    case 0:
      for (let n = 0; n <= pick(8); n++) {
        const hit = pick(bytes.length)
        bytes[hit] = (bytes[hit] ?? 0) ^ (1 << pick(8))
      }
      break
    case 1:
      for (let n = 0; n <= pick(7); n++) {
        const page = pick(pages) * PAGE
        bytes.fill(0, page, page + PAGE)
      }
      break
    case 2:
      other.copy(bytes, at, at, at + PAGE)
      break
    case 3:
      bytes.copy(bytes, at, pick(pages) * PAGE, pages * PAGE)
      break
    case 4:
      return new Map(whole).set('galley.db', bytes.subarray(0, pick(bytes.length)))
    default:
      for (let n = 0; n < 512; n++) bytes[at + n] = pick(256)
  }
  return new Map(whole).set('galley.db', bytes)
}

/** Logs that are lost, emptied, cut anywhere, overwritten, flipped, of another library, or of an earlier time. */
export async function damagedLogs(limit: number, seed: number): Promise<Count> {
  const count = new Count('damaged logs')
  const pick = numbers(seed)
  const subject = new Subject()
  const other = new Subject()
  const files: Files[] = []
  for (const one of [subject, other]) {
    await one.open()
    const ids = Array.from({ length: 6 }, (_, n) => one.create(`Story ${n}`))
    one.close()
    await one.open()
    for (let n = 0; n < 12; n++) one.type(ids[n % 6] ?? '', `Line ${n}. ${'And so on. '.repeat(n * 20)}`)
    files.push(one.files())
    one.close()
  }
  const [ours = new Map(), theirs = new Map()] = files
  other.remove()
  const log = ours.get('galley.db-wal') ?? Buffer.alloc(0)
  for (let round = 0; round < limit; round++) {
    const damaged = new Map(ours)
    const bytes = Buffer.from(log)
    switch (round % 6) {
      case 0:
        damaged.delete('galley.db-wal')
        break
      case 1:
        damaged.set('galley.db-wal', bytes.subarray(0, pick(bytes.length)))
        break
      case 2: {
        const at = pick(bytes.length)
        for (let n = 0; n < 400 && at + n < bytes.length; n++) bytes[at + n] = pick(256)
        damaged.set('galley.db-wal', bytes)
        break
      }
      case 3: {
        const at = pick(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8))
        damaged.set('galley.db-wal', bytes)
        break
      }
      case 4:
        damaged.set('galley.db-wal', theirs.get('galley.db-wal') ?? bytes)
        break
      default:
        damaged.set('galley.db-wal', Buffer.alloc(pick(bytes.length), pick(256)))
    }
    subject.put(damaged)
    const notices = await subject.open()
    const told = new Set(notices.flatMap(({ lost }) => lost.map(({ storyId }) => storyId)))
    let good = true
    for (const [id, revision] of subject.acknowledged) {
      const held = subject.held(id)
      if (held && !(subject.texts.get(id)?.has(held.text) ?? false)) good = false
      if ((held?.revision ?? 0) >= revision) continue
      count.note('stories older')
      if (!told.has(id)) count.note('silent')
    }
    if (notices.length > 0) count.note('told')
    count.say(good, 'never written')
    subject.close()
  }
  subject.remove()
  return count
}

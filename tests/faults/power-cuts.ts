import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { listBackups } from '../../src/main/core/store/backup.ts'
import { verifyFile } from '../../src/main/core/store/integrity-check.ts'
import { LogMark } from '../../src/main/core/store/log-mark.ts'
import { LOG_HEADER, logFrames, readLog } from '../../src/main/core/store/log.ts'
import { migrations } from '../../src/main/core/store/migrations/index.ts'
import { openLibrary } from '../../src/main/core/store/open-library.ts'
import { id, makeLibrary } from '../support/old-library.ts'
import { Count } from './count.ts'
import { FaultDesk } from './desk.ts'
import { numbers } from './library.ts'

const FRAME = 24 + 4096
const PAGE = 4096
const SECTOR = 512
const DATABASE = 'galley.db'
const LOG = `${DATABASE}-wal`
const MARK = 'galley.mark'

/** The files of a library, by their paths in its folder. */
type Files = Map<string, Buffer>

/** A state of the disk; made when it is needed, for each is a copy of the library. */
type Cut = () => Files

/** An operation, the files before it and after it, and what was acknowledged before it began. */
interface Step {
  readonly name: string
  readonly before: Files
  readonly after: Files
}

/**
 * Power cuts during everything a person's work does to a library (`desk.ts`), and during the migration of a library of every earlier version. The disk
 * then holds what was synced before the operation and any part of what it wrote: the log up to any frame, byte or set of sectors, its header up to any
 * byte, pages of the database while the log is folded, half a backup. What was acknowledged before must be there, every checksum right, and no alarm
 * raised.
 */
export async function powerCuts(limit: number, seed: number): Promise<Count> {
  const count = new Count('power cuts')
  const pick = numbers(seed)
  // What a disk holds is made up here: nothing has to reach one.
  const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'galley-cuts-'))
  const ofMigrations = Math.ceil(limit / 8)
  try {
    const steps = await work(Math.max(1, Math.round(limit / 1000)))
    let earlier = await factsIn(steps[0]?.before ?? new Map(), scratch)
    for (const [at, step] of steps.entries()) {
      // What is left of the limit is shared by the operations that are left.
      const share = Math.ceil((limit - ofMigrations - count.tried) / (steps.length - at))
      const later = await factsIn(step.after, scratch)
      // What must be there after a cut: all that was before the operation and that it did not itself take away.
      const facts = new Map([...earlier].filter(([fact]) => later.has(fact)))
      earlier = later
      for (const cut of some([...cuts(step, pick)], share, pick)) await tryOne(cut(), facts, step.name, scratch, count)
    }
    await cutMigrations(limit - count.tried, pick, scratch, count)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  return count
}

/** Does everything so many times over, and keeps the files between two operations. */
async function work(rounds: number): Promise<Step[]> {
  const desk = new FaultDesk()
  try {
    await desk.open()
    const steps: Step[] = []
    let before = filesIn(desk.library)
    for (let round = 0; round < rounds; round++) {
      for (const { name, run } of desk.operations()) {
        await run()
        const after = filesIn(desk.library)
        steps.push({ name, before, after })
        before = after
      }
    }
    return steps
  } finally {
    await desk.close()
  }
}

/** What is in a library, by name, with a number that only rises. */
type Facts = ReadonlyMap<string, number>

async function factsIn(files: Files, scratch: string): Promise<Facts> {
  put(files, scratch)
  const opened = await openLibrary(scratch)
  try {
    return readFacts(opened.store.connection().raw)
  } finally {
    opened.close()
  }
}

/** Stories by their newest revision, versions, pictures, deliveries by how far they are, receipts, settings. */
function readFacts(raw: BetterSqlite3.Database): Facts {
  const rows = raw
    .prepare(
      `SELECT 'story ' || id, max(articles.revision, coalesce((SELECT max(revision) FROM journal WHERE journal.seq = articles.seq), 0)) FROM articles
       UNION ALL SELECT 'version ' || seq || ' ' || revision || ' ' || sha256, 1 FROM revisions
       UNION ALL SELECT 'picture ' || id, 1 FROM media
       UNION ALL SELECT 'delivery ' || id, state = 'done' FROM outbox
       UNION ALL SELECT 'receipt ' || id, 1 FROM outbox WHERE receipt IS NOT NULL
       UNION ALL SELECT 'target ' || id, 1 FROM targets
       UNION ALL SELECT 'setting ' || key || ' ' || value, 1 FROM settings`
    )
    .raw()
    .all() as [string, number][]
  return new Map(rows)
}

async function tryOne(files: Files, facts: Facts, name: string, scratch: string, count: Count): Promise<void> {
  put(files, scratch)
  const opened = await openLibrary(scratch)
  const { raw } = opened.store.connection()
  const found = readFacts(raw)
  const lost = [...facts].filter(([fact, value]) => (found.get(fact) ?? -1) < value)
  const orphans = raw
    .prepare('SELECT count(*) FROM outbox WHERE story_id NOT IN (SELECT id FROM articles)')
    .pluck()
    .get()
  opened.close()
  const whole = verifyFile(join(scratch, DATABASE), true)?.problems.length === 0
  const backups = listBackups(scratch).every(({ file }) => verifyFile(file, false)?.problems.length === 0)
  count.say(
    lost.length === 0 && orphans === 0 && whole && backups,
    lost.length > 0 ? `lost at ${name}: ${lost[0]?.[0]}` : `not whole at ${name}`
  )
  if (opened.notices.length > 0) count.note('false alarms')
  if (!count.parts.has(name)) count.parts.set(name, 0)
  count.parts.set(name, (count.parts.get(name) ?? 0) + 1)
}

/** Every state that the disk may be in when the power goes during an operation. */
function* cuts(step: Step, pick: (below: number) => number): Generator<Cut> {
  yield () => step.before
  yield () => step.after
  yield* logCuts(step, pick)
  yield* foldingCuts(step, pick)
  yield* backupCuts(step, pick)
}

/** The log is cut. What is past the cut is what was there before. */
function* logCuts({ before, after }: Step, pick: (below: number) => number): Generator<Cut> {
  const log = after.get(LOG) ?? Buffer.alloc(0)
  const old = before.get(LOG) ?? Buffer.alloc(0)
  const isNew = !old.subarray(0, LOG_HEADER).equals(log.subarray(0, LOG_HEADER))
  const from = isNew ? 0 : firstDifference(old, log)
  if (from >= log.length) return
  // A log starts anew only when the database holds all of the one before.
  const base = isNew ? after.get(DATABASE) : before.get(DATABASE)
  const state = (bytes: Buffer, mark: Files): Files => {
    const files = new Map(before).set(LOG, bytes)
    if (base) files.set(DATABASE, base)
    const held = mark.get(MARK)
    return held ? files.set(MARK, held) : files
  }
  const lengths = new Set<number>([log.length])
  if (isNew) for (let at = 1; at <= LOG_HEADER; at++) lengths.add(at)
  for (let at = isNew ? LOG_HEADER : from; at < log.length; at += FRAME)
    for (const more of [0, 8, 24, 512, 2048, FRAME - 1]) lengths.add(Math.min(log.length, at + more))
  // The mark is written after the log is synced: it can be behind the log, and not ahead of it.
  yield () => state(log, after)
  for (const length of lengths) {
    const bytes = (): Buffer => Buffer.concat([log.subarray(0, length), old.subarray(length)])
    yield () => state(bytes(), before)
    if (length <= LOG_HEADER) continue
    // A mark that is gone is none of a power cut's doing, and must do no harm all the same.
    yield () => {
      const without = state(bytes(), before)
      without.delete(MARK)
      return without
    }
  }
  // Of the last transaction any sectors may have reached the disk; those before it were synced.
  for (const { start, end } of transactions(log)) {
    if (start < from && !isNew) continue
    yield () => {
      const bytes = Buffer.concat([log.subarray(0, end), old.subarray(end)])
      for (let at = start; at < end; at += SECTOR) {
        if (pick(2) === 0) continue
        bytes.fill(0, at, Math.min(end, at + SECTOR))
        if (at < old.length) old.copy(bytes, at, at, Math.min(end, at + SECTOR, old.length))
      }
      return state(bytes, before)
    }
  }
}

function* transactions(log: Buffer): Generator<{ start: number; end: number }> {
  const read = readLog(log)
  if (!read) return
  let start: number = LOG_HEADER
  for (const { at, commits } of logFrames(log, { ...read, written: read.usable })) {
    if (!commits) continue
    yield { start, end: at + PAGE }
    start = at + PAGE
  }
}

/** While the log is folded it is whole, and any pages of the database are new. */
function* foldingCuts({ before, after }: Step, pick: (below: number) => number): Generator<Cut> {
  const old = before.get(DATABASE) ?? Buffer.alloc(0)
  const now = after.get(DATABASE) ?? Buffer.alloc(0)
  const sameLog = before
    .get(LOG)
    ?.subarray(0, LOG_HEADER)
    .equals(after.get(LOG)?.subarray(0, LOG_HEADER) ?? old)
  if (!sameLog || old.equals(now)) return
  for (let round = 0; round < 60; round++)
    yield () => {
      const bytes = Buffer.concat([old, Buffer.alloc(Math.max(0, now.length - old.length))])
      for (let at = 0; at < now.length; at += SECTOR)
        if (pick(2) === 0) now.copy(bytes, at, at, Math.min(now.length, at + SECTOR))
      return new Map(after).set(DATABASE, bytes)
    }
}

/** Half a backup under the name it has while it is made. */
function* backupCuts({ before, after }: Step, pick: (below: number) => number): Generator<Cut> {
  for (const [name, bytes] of after) {
    if (!name.startsWith('backups/') || before.has(name)) continue
    for (let round = 0; round < 30; round++)
      yield () => new Map(after).set('backups/backup-1.tmp', bytes.subarray(0, pick(bytes.length)))
  }
}

/** The same for the migrations of a library of every earlier version. */
async function cutMigrations(
  limit: number,
  pick: (below: number) => number,
  scratch: string,
  count: Count
): Promise<void> {
  const versions = migrations.slice(0, -1).map(({ number }) => number)
  for (const [at, version] of versions.entries()) {
    const name = `migrate from ${version}`
    put(new Map(), scratch)
    makeLibrary(join(scratch, DATABASE), version)
    const before = filesIn(scratch)
    const opened = await openLibrary(scratch)
    const after = filesIn(scratch)
    opened.close()
    // As it is when the migrations begin.
    put(before, scratch)
    LogMark.begin(scratch, []).close()
    const begun = filesIn(scratch)
    const facts = new Map([1, 2, 3, 4, 5, 6].map((n) => [`story ${id(n)}`, n === 1 ? 2 : 1] as const))
    const all = [...cuts({ name, before: begun, after }, pick)]
    const share = Math.ceil(limit / versions.length)
    for (const cut of some(all, at === versions.length - 1 ? limit - share * at : share, pick))
      await tryOne(cut(), facts, name, scratch, count)
  }
}

/** So many of a list, all over it. */
function some<T>(list: readonly T[], limit: number, pick: (below: number) => number): T[] {
  if (list.length === 0) return []
  if (list.length > limit) {
    const width = list.length / limit
    return Array.from({ length: limit }, (_, n) => list[Math.floor(n * width + (pick(1000) / 1000) * width)] as T)
  }
  return [...list]
}

function filesIn(folder: string): Files {
  const files: Files = new Map()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !/-shm$|\.lock$/.test(entry.name)) files.set(relative(folder, path), readFileSync(path))
  }
  return files
}

function put(files: Files, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, name), bytes, { mode: 0o600 })
  }
}

function firstDifference(a: Buffer, b: Buffer): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

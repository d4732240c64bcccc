import { Subject, type Files, type Moment } from './library.ts'
import { Count } from './count.ts'

const FRAME = 24 + 4096

/**
 * Power cuts during saves, the folding of a journal, a backup and the start of a new log: at each change the log is cut at every frame and at bytes
 * within frames that the change wrote, with the mark as it was before, as it is after, and without one. What was acknowledged before the change must
 * be there; the change itself may be, whole or not at all; and no alarm is raised.
 */
export async function powerCuts(limit: number): Promise<Count> {
  const count = new Count('power cuts')
  const subject = new Subject()
  await subject.open()
  const first = subject.create('First')
  const second = subject.create('Second', 3000)
  await subject.backUp()
  const changes: (() => void)[] = [
    () => subject.type(first, 'A line.'),
    () => subject.type(second, 'A long line. '.repeat(700)),
    () => void subject.create('Third', 500),
    () => void subject.stories.settle(second),
    () => subject.type(first, 'Another line.'),
    () => void subject.opened.store.connection().raw.pragma('wal_checkpoint(RESTART)'),
    () => subject.type(first, 'In the new log.'),
    () => subject.type(second, 'More in the new log. '.repeat(300))
  ]
  const steps: { before: Moment; after: Moment }[] = []
  for (let round = 0; steps.length * 40 < limit + 400; round++) {
    for (const change of changes) {
      const before = subject.moment()
      change()
      steps.push({ before, after: subject.moment() })
    }
  }
  subject.close()
  for (const { before, after } of steps) {
    for (const files of cuts(before.files, after.files)) {
      if (count.tried >= limit) break
      subject.put(files)
      const notices = await subject.open()
      const lost = [...before.acknowledged].filter(([id, revision]) => (subject.held(id)?.revision ?? 0) < revision)
      const torn = [...subject.texts].filter(([id, texts]) => {
        const held = subject.held(id)
        return held !== null && !texts.has(held.text)
      })
      count.say(lost.length === 0 && torn.length === 0, lost.length > 0 ? 'acknowledged lost' : 'torn')
      if (notices.length > 0) count.note('false alarms')
      subject.close()
    }
  }
  subject.remove()
  return count
}

/** The states a disk may be in when the power goes during a change: what was synced before it, and any part of what it wrote. */
function* cuts(before: Files, after: Files): Generator<Files> {
  const log = after.get('galley.db-wal') ?? Buffer.alloc(0)
  const old = before.get('galley.db-wal') ?? Buffer.alloc(0)
  const restarted = !old.subarray(0, 32).equals(log.subarray(0, 32))
  const from = restarted ? 0 : firstDifference(old, log)
  const lengths = new Set<number>([log.length])
  for (let at = from; at < log.length; at += FRAME)
    for (const more of [0, 8, 24, 512, 2048, FRAME - 1]) {
      // The header of a log lies in one sector of the disk: it is the old one or the new one.
      if (at + more === 0 || at + more >= 32) lengths.add(Math.min(log.length, at + more))
    }
  for (const length of lengths) {
    // What is past the cut is what was there before.
    const bytes = Buffer.concat([log.subarray(0, length), old.subarray(length)])
    for (const mark of [before, after]) {
      const files = new Map(before)
      const held = mark.get('galley.mark')
      // The mark is written after the log is synced: it can be behind the log, and not ahead of it.
      if (mark === after && length < log.length) continue
      if (held) files.set('galley.mark', held)
      files.set('galley.db-wal', bytes)
      yield files
    }
    const without = new Map(before).set('galley.db-wal', bytes)
    without.delete('galley.mark')
    yield without
  }
}

function firstDifference(a: Buffer, b: Buffer): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

import { mkdirSync, rmSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Story } from '../../src/shared/story/story.ts'
import { openCore, type OpenCore } from '../lib/core.ts'
import type { Options } from '../lib/options.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { timed } from '../lib/timing.ts'
import { must } from '../store/commits.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'

const WORDS = 600

/**
 * Stories out to HTML and JSON, and beside it the least that can be done: JSON.stringify of each, and the same bytes
 * written whole or not at all.
 */
export async function planExport(options: Options): Promise<Plan> {
  const count = options.quick ? 200 : 1000
  let scratch: Scratch | null = null
  let opened: OpenCore | null = null
  const ids: string[] = []
  const stories: Story[] = []

  async function prepare(): Promise<Measurement[]> {
    scratch = makeScratch('export')
    opened = await openCore(join(scratch.folder, 'library'), join(scratch.folder, 'exports'))
    for (let at = 0; at < count; at++) {
      const story = await opened.call.stories.create({
        fields: { headline: `Story ${at} of the export` },
        body: toGalleyBody(
          makeStory(WORDS, options.seed + at).filter(({ kind }) => kind !== 'picture'),
          []
        )
      })
      ids.push(story.id)
      stories.push(story)
    }
    return []
  }

  async function one(rep: number): Promise<Measurement[]> {
    const { call } = must(opened)
    const { folder } = must(scratch)
    const mine = join(folder, `galley-${rep}`)
    const bare = join(folder, `bare-${rep}`)
    mkdirSync(bare)
    mkdirSync(mine)
    const memory = watchMemory()
    let written: Awaited<ReturnType<typeof call.exports.write>> | null = null
    const took = await timed(async () => {
      written = await call.exports.write({ ids, formats: ['html', 'json'], folder: mine })
    })
    const peak = memory.stop()
    const { files, failed, folder: where } = must(written as Awaited<ReturnType<typeof call.exports.write>> | null)
    if (failed.length > 0) throw new Error(`${failed.length} stories were not exported: ${failed[0]?.why.key ?? ''}`)
    const bytes = await Promise.all(files.map(({ name }) => readFile(join(where, name))))
    const floor = await timed(async () => {
      for (const [at, content] of bytes.entries()) {
        JSON.stringify(stories[Math.floor(at / 2)])
        await writeWhole(join(bare, `${at}.out`), content)
      }
    })
    const size = bytes.reduce((total, content) => total + content.length, 0)
    for (const path of [mine, bare]) rmSync(path, { recursive: true, force: true })
    return [
      {
        bench: 'export',
        task: 'rate',
        subject: 'galley',
        size: count,
        rep,
        values: {
          storiesPerSecond: count / (took / 1000),
          ms: took,
          files: files.length,
          writtenBytes: size,
          grownBytes: peak
        }
      },
      {
        bench: 'export',
        task: 'rate',
        subject: 'bare',
        size: count,
        rep,
        values: { storiesPerSecond: count / (floor / 1000), ms: floor, files: bytes.length, writtenBytes: size }
      }
    ]
  }

  return {
    steps: [
      { label: `export · make ${count} stories`, seconds: count / 300, limit: 180, run: prepare },
      ...Array.from({ length: options.reps }, (_, rep): Step => ({
        label: `export · ${count} stories · ${rep + 1}`,
        seconds: count / 150,
        limit: 240,
        run: () => one(rep)
      }))
    ],
    async close() {
      await opened?.close()
      scratch?.remove()
    }
  }
}

/** Temporary name, bytes, fsync, rename: as safe as a single file gets without its folder. */
async function writeWhole(file: string, content: Buffer): Promise<void> {
  const handle = await open(`${file}.part`, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.part`, file)
}

/** How far the process's memory rises above where it stood, in bytes. */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 10)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peak, process.memoryUsage.rss()) - before
    }
  }
}

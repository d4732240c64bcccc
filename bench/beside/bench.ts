import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { addPicture, openCore, type OpenCore } from '../lib/core.ts'
import type { Options } from '../lib/options.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { savesMeasured, Typist, type SaveTimes } from '../lib/typist.ts'
import { must } from '../store/commits.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'
import type { Block } from '../../src/shared/document/document.ts'

/** A thing that is over at once is done again until it has kept the desk busy for so many pairs of saves. */
const ENOUGH = 40

/** One heavy thing, made anew for each repetition. */
interface Heavy {
  readonly name: string
  /** Seconds it takes, about. */
  readonly seconds: number
  /** What it works on, made before anything is measured. */
  prepare(rep: number): Promise<() => Promise<void>>
}

/**
 * Autosaves while each of the heavy things is under way, and in between bare commits of as many bytes on the same disk
 * and the same thread. Each is counted from when it was due, not from when the thread came to it: a held thread counts.
 */
export async function planBeside(options: Options): Promise<Plan> {
  let scratch: Scratch | null = null
  let opened: OpenCore | null = null
  let typist: Typist | null = null
  let target = ''
  const things = heavyThings(
    options,
    () => must(opened),
    () => must(scratch),
    () => target
  )

  async function prepare(): Promise<Measurement[]> {
    scratch = makeScratch('beside')
    opened = await openCore(join(scratch.folder, 'library'), join(scratch.folder, 'exports'))
    target = (await opened.call.publishing.startPractice({})).target.id
    typist = await Typist.begin(opened, scratch.folder, options.seed)
    return []
  }

  async function one(heavy: Heavy, rep: number): Promise<Measurement[]> {
    const times: SaveTimes = { galley: [], bare: [] }
    let over = false
    let again = await heavy.prepare(rep)
    const work = (async () => {
      for (let round = 0; ; round++) {
        await again()
        if (times.galley.length >= ENOUGH) break
        again = await heavy.prepare(rep + 1000 * (round + 1))
      }
    })().finally(() => {
      over = true
    })
    await must(typist).until(() => over, times)
    await work
    return savesMeasured({ bench: 'beside', task: `save beside ${heavy.name}`, rep }, times)
  }

  return {
    steps: [
      { label: 'beside · make the library', seconds: 2, limit: 120, run: prepare },
      ...Array.from({ length: options.reps }, (_, rep) =>
        things.map((heavy): Step => ({
          label: `beside · ${heavy.name} · ${rep + 1}`,
          seconds: heavy.seconds,
          limit: 240,
          run: () => one(heavy, rep)
        }))
      ).flat()
    ],
    async close() {
      await opened?.call.publishing.stopPractice({}).catch(() => {})
      await opened?.close()
      typist?.close()
      scratch?.remove()
    }
  }
}

function heavyThings(
  options: Options,
  opened: () => OpenCore,
  scratch: () => Scratch,
  target: () => string
): readonly Heavy[] {
  const few = options.quick
  const words = (size: number, seed: number) =>
    toGalleyBody(
      makeStory(size, seed).filter(({ kind }) => kind !== 'picture'),
      []
    )
  const picture = (rep: number, width: number) =>
    sharp({
      create: {
        width,
        height: Math.round((width * 2) / 3),
        channels: 3,
        background: { r: rep % 256, g: 90, b: 30 },
        noise: { type: 'gaussian', mean: 128, sigma: 60 }
      }
    })
  const add = (name: string, bytes: Uint8Array): Promise<string> => addPicture(opened(), name, bytes)
  const make = async (count: number, rep: number): Promise<string[]> => {
    const ids: string[] = []
    for (let at = 0; at < count; at++)
      ids.push(
        (
          await opened().call.stories.create({
            fields: { headline: `Story ${at} of run ${rep}`, slug: `beside-${rep}-${at}` },
            body: words(600, options.seed + at)
          })
        ).id
      )
    return ids
  }
  const stories = few ? 200 : 1000

  return [
    {
      name: 'a picture of 25 MB',
      seconds: 5,
      async prepare(rep) {
        const bytes = await picture(rep, 3600).png({ compressionLevel: 0 }).toBuffer()
        return async () => void (await add('wall.png', bytes))
      }
    },
    {
      name: 'a page of 15 MB taken in',
      seconds: 10,
      async prepare() {
        const line = 'The clerk wrote that nothing had been decided that had not been decided before.\n\n'
        const bytes = new TextEncoder().encode(line.repeat(Math.ceil(15_000_000 / line.length)))
        return async () =>
          void (await opened().call.intake.review({ source: { name: 'minutes.txt', bytes }, assignments: {} }))
      }
    },
    {
      name: `${stories} files imported`,
      seconds: stories / 100,
      async prepare(rep) {
        const [id = ''] = await make(1, rep)
        const { text } = await opened().call.exports.render({ id, format: 'json' })
        return async () => {
          for (let at = 0; at < stories; at++)
            await opened().call.exports.importJson({
              name: `story-${at}.json`,
              text: text.replaceAll(id, randomUUID())
            })
        }
      }
    },
    {
      name: `${stories} stories exported`,
      seconds: stories / 60,
      async prepare(rep) {
        const ids = await make(stories, rep)
        // Each run into a folder of its own: removing so many files here would hold up the thread that is measured.
        let run = 0
        return async () => {
          const folder = join(scratch().folder, `out-${rep}-${run++}`)
          await opened().call.exports.write({ ids, formats: ['html', 'json'], folder })
        }
      }
    },
    {
      name: 'a backup',
      seconds: 5,
      async prepare(rep) {
        await make(few ? 50 : 300, rep)
        return async () => void (await opened().call.recovery.backUp({}))
      }
    },
    {
      name: 'a story of 20 pictures published',
      seconds: 15,
      async prepare(rep) {
        const { call } = opened()
        const ids: string[] = []
        for (let at = 0; at < 20; at++)
          ids.push(
            await add(
              `p${at}.jpg`,
              await picture(rep * 20 + at, 1500)
                .jpeg({ quality: 90 })
                .toBuffer()
            )
          )
        const body = words(600, options.seed)
        const { id, revision } = await call.stories.create({
          fields: { headline: `Twenty pictures ${rep}`, slug: `pictures-${rep}` },
          body: {
            ...body,
            blocks: [
              ...body.blocks,
              ...ids.map((mediaId, at): Block => ({
                id: `picture-${at}`,
                type: 'image',
                image: { mediaId, caption: `Picture ${at}`, credit: 'Bench', alt: `Picture ${at}`, focalPoint: null }
              }))
            ]
          }
        })
        return async () => {
          await call.publishing.publish({ storyId: id, targetId: target(), revision, changeId: randomUUID() })
          for (;;) {
            const open = await call.publishing.outbox({ open: true })
            const stuck = open.find(({ state }) => state === 'refused' || state === 'conflict' || state === 'paused')
            if (stuck) throw new Error(`the story was not published: ${stuck.state}`)
            if (open.length === 0) return
            await sleep(50)
          }
        }
      }
    }
  ]
}

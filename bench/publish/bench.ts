import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
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
 * Stories through the outbox to the practice CMS until each has its receipt; beside it, bare PUTs of the same texts to
 * a server that keeps them in memory.
 */
export async function planPublish(options: Options): Promise<Plan> {
  const count = options.quick ? 20 : 100
  let scratch: Scratch | null = null
  let opened: OpenCore | null = null
  let target = ''

  async function prepare(): Promise<Measurement[]> {
    scratch = makeScratch('publish')
    opened = await openCore(scratch.folder, scratch.folder)
    target = (await opened.call.publishing.startPractice({})).target.id
    return []
  }

  async function one(rep: number): Promise<Measurement[]> {
    const { call } = must(opened)
    const stories: { id: string; revision: number; text: string }[] = []
    for (let at = 0; at < count; at++) {
      const body = toGalleyBody(
        makeStory(WORDS, options.seed + rep * count + at).filter(({ kind }) => kind !== 'picture'),
        []
      )
      const { id, revision } = await call.stories.create({
        fields: { headline: `Story ${at} of run ${rep}`, slug: `story-${rep}-${at}` },
        body
      })
      stories.push({ id, revision, text: (await call.exports.render({ id, format: 'json' })).text })
    }
    const took = await timed(async () => {
      for (const { id, revision } of stories)
        await call.publishing.publish({ storyId: id, targetId: target, revision, changeId: randomUUID() })
      for (;;) {
        const open = await call.publishing.outbox({ open: true })
        const stuck = open.find(({ state }) => state === 'refused' || state === 'conflict' || state === 'paused')
        if (stuck) throw new Error(`a story was not published: ${stuck.problem?.key ?? stuck.state}`)
        if (open.length === 0) break
        await sleep(20)
      }
    })
    const floor = await barePuts(stories)
    return [
      {
        bench: 'publish',
        task: 'rate',
        subject: 'galley',
        rep,
        values: { storiesPerSecond: count / (took / 1000), msEach: took / count }
      },
      {
        bench: 'publish',
        task: 'rate',
        subject: 'bare PUTs',
        rep,
        values: { storiesPerSecond: count / (floor / 1000), msEach: floor / count }
      }
    ]
  }

  return {
    steps: [
      { label: 'publish · start the practice CMS', seconds: 2, run: prepare },
      ...Array.from({ length: options.reps }, (_, rep): Step => ({
        label: `publish · ${count} stories · ${rep + 1}`,
        seconds: count / 15,
        limit: 180,
        run: () => one(rep)
      }))
    ],
    async close() {
      await opened?.call.publishing.stopPractice({}).catch(() => {})
      await opened?.close()
      scratch?.remove()
    }
  }
}

async function barePuts(stories: readonly { id: string; text: string }[]): Promise<number> {
  const kept = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      kept.set(request.url ?? '', Buffer.concat(parts))
      response.writeHead(201).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    return await timed(async () => {
      for (const { id, text } of stories)
        await (await fetch(`${origin}/${id}`, { method: 'PUT', body: text })).arrayBuffer()
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

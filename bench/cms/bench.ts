import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { FakeWordpress } from '../../tests/peers/fake-wordpress.ts'
import type { OutboxItem } from '../../src/shared/contract/outbox.ts'
import { addPicture, openCore, type OpenCore } from '../lib/core.ts'
import type { Options } from '../lib/options.ts'
import type { Plan, Step } from '../lib/plan.ts'
import type { Measurement } from '../lib/results.ts'
import { makeScratch, type Scratch } from '../lib/scratch.ts'
import { quantile } from '../lib/stats.ts'
import { timed } from '../lib/timing.ts'
import { savesMeasured, Typist, type SaveTimes } from '../lib/typist.ts'
import { must } from '../store/commits.ts'
import { toGalleyBody } from '../text/galley-body.ts'
import { makeStory } from '../text/story.ts'
import { Network, type Sent } from './network.ts'

const WORDS = 600
/** What a request spends on the way, ms: none, and as to a site in the same country. */
const WAYS = [0, 20]

/**
 * Stories to a WordPress as it was seen to behave. One with two pictures, in turn with a script that makes the same
 * requests and checks and keeps nothing; and two hundred that were approved without a network, while somebody types.
 */
export async function planCms(options: Options): Promise<Plan> {
  const stories = options.quick ? 3 : 10
  const queued = options.quick ? 40 : 200
  const network = new Network()
  let scratch: Scratch | null = null
  let opened: OpenCore | null = null
  let typist: Typist | null = null

  async function prepare(): Promise<Measurement[]> {
    scratch = makeScratch('cms')
    opened = await openCore(join(scratch.folder, 'library'), join(scratch.folder, 'exports'), network.fetch)
    typist = await Typist.begin(opened, scratch.folder, options.seed)
    return []
  }

  async function withSite<T>(work: (site: FakeWordpress, targetId: string) => Promise<T>): Promise<T> {
    const { publishing } = must(opened).call
    const site = new FakeWordpress(() => Date.now())
    await site.start()
    const { id } = await publishing.saveTarget({
      name: 'The site',
      kind: 'wordpress',
      url: site.url,
      settings: { user: site.user },
      secret: site.password
    })
    try {
      return await work(site, id)
    } finally {
      await publishing.removeTarget({ id })
      await site.stop()
    }
  }

  async function pictured(way: number, rep: number): Promise<Measurement[]> {
    const times = { galley: [] as number[], bare: [] as number[] }
    const approvals: number[] = []
    let requests = 0
    for (let at = 0; at < stories; at++) {
      const story = await storyWithPictures(must(opened), options.seed + rep * stories + at, `${way}-${rep}-${at}`)
      const sent: Sent[] = []
      const from = await withSite(async (site, targetId) => {
        network.way = way
        network.sent = sent
        times.galley.push(
          await timed(async () => {
            const ended = untilDone(must(opened), 1)
            approvals.push(
              await timed(() => must(opened).call.publishing.publish({ ...story, targetId, changeId: randomUUID() }))
            )
            await ended
          })
        )
        network.sent = null
        network.way = 0
        return site.url
      })
      requests = sent.length
      const site = new FakeWordpress(() => Date.now())
      await site.start()
      times.bare.push(await timed(() => bareScript(sent, from, site.url, way)))
      await site.stop()
    }
    return (['galley', 'bare'] as const).map((subject) => ({
      bench: 'cms',
      task: `story with two pictures to WordPress, ${way === 0 ? 'at once' : `${way} ms a request`}`,
      subject,
      rep,
      values: {
        ms: quantile(times[subject], 0.5),
        requests,
        // Making the renditions, and approving: part of the whole, and nothing a script does.
        ...(subject === 'galley' && { approving: quantile(approvals, 0.5) })
      }
    }))
  }

  async function drained(rep: number): Promise<Measurement[]> {
    const { call } = must(opened)
    return withSite(async (site, targetId) => {
      network.offline = true
      for (let at = 0; at < queued; at++) {
        const body = toGalleyBody(
          makeStory(WORDS, options.seed + rep * queued + at).filter(({ kind }) => kind !== 'picture'),
          []
        )
        const { id, revision } = await call.stories.create({
          fields: { headline: `Queued ${at} of run ${rep}`, slug: `queued-${rep}-${at}` },
          body
        })
        await call.publishing.publish({ storyId: id, targetId, revision, changeId: randomUUID() })
      }
      const times: SaveTimes = { galley: [], bare: [] }
      let over = false
      const ended = untilDone(must(opened), queued).finally(() => {
        over = true
      })
      network.offline = false
      // Nobody need wait until the next try is due.
      for (const { id } of await call.publishing.outbox({ open: true, brief: true }))
        await call.publishing.retry({ id })
      const took = await timed(async () => {
        await must(typist).until(() => over, times)
        await ended
      })
      const there = site.posts.filter(({ status }) => status === 'publish').length
      if (there !== queued) throw new Error(`${there} of ${queued} stories are there`)
      const task = `save while ${queued} stories that were queued offline go out`
      return [
        ...savesMeasured({ bench: 'cms', task, rep }, times),
        {
          bench: 'cms',
          task: 'stories queued offline',
          subject: 'galley',
          rep,
          values: { stories: queued, seconds: took / 1000 }
        }
      ]
    })
  }

  return {
    steps: [
      { label: 'cms · make the library', seconds: 2, limit: 120, run: prepare },
      ...Array.from({ length: options.reps }, (_, rep): Step[] => [
        ...WAYS.map((way): Step => ({
          label: `cms · two pictures, ${way} ms a request · ${rep + 1}`,
          seconds: stories,
          limit: 180,
          run: () => pictured(way, rep)
        })),
        {
          label: `cms · ${queued} queued offline · ${rep + 1}`,
          seconds: queued / 5,
          limit: 600,
          run: () => drained(rep)
        }
      ]).flat()
    ],
    async close() {
      await opened?.close()
      typist?.close()
      scratch?.remove()
    }
  }
}

/** The same requests in the same order, each answer read whole and looked at, each body that leaves hashed. */
async function bareScript(sent: readonly Sent[], from: string, to: string, way: number): Promise<void> {
  for (const { url, method, headers, body, status } of sent) {
    if (body !== undefined) createHash('sha256').update(body).digest('hex')
    if (way > 0) await sleep(way)
    const answer = await fetch(url.replace(from, to), {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: (typeof body === 'string' ? body.replaceAll(from, to) : body) as BodyInit })
    })
    const text = await answer.text()
    if (answer.status !== status) throw new Error(`${method} ${url}: ${answer.status} where it was ${status}`)
    if (answer.headers.get('content-type')?.includes('json') && text !== '') JSON.parse(text)
  }
}

async function storyWithPictures(
  opened: OpenCore,
  seed: number,
  slug: string
): Promise<{ readonly storyId: string; readonly revision: number }> {
  const pictures: string[] = []
  for (const [at, name] of ['lead', 'second'].entries())
    pictures.push(
      await addPicture(
        opened,
        `${name}.jpg`,
        await sharp({
          create: {
            width: 1600,
            height: 1067,
            channels: 3,
            background: { r: seed % 256, g: 90 * at, b: 30 },
            noise: { type: 'gaussian', mean: 128, sigma: 40 }
          }
        })
          .jpeg({ quality: 85 })
          .toBuffer()
      )
    )
  const body = toGalleyBody(
    makeStory(WORDS, seed).filter(({ kind }) => kind !== 'picture'),
    []
  )
  const [lead = '', second = ''] = pictures
  const image = (mediaId: string) => ({
    mediaId,
    caption: 'The harbour at dawn',
    credit: 'Bench',
    alt: 'Boats',
    focalPoint: null
  })
  const { id, revision } = await opened.call.stories.create({
    fields: { headline: `Two pictures ${slug}`, slug: `pictures-${slug}`, leadImage: image(lead) },
    body: { ...body, blocks: [...body.blocks, { id: 'second-picture', type: 'image', image: image(second) }] }
  })
  return { storyId: id, revision }
}

/** Resolves when so many deliveries are done; rejects when one of them stops for good. */
function untilDone({ core }: OpenCore, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let done = 0
    const stop = core.subscribe(({ event, data }) => {
      if (event !== 'outboxChanged') return
      const { item } = data as { readonly item: OutboxItem }
      if (item.state === 'done') done += 1
      else if (item.state === 'refused' || item.state === 'conflict' || item.state === 'paused') {
        stop()
        reject(new Error(`a story was not published: ${item.problem?.key ?? item.state}`))
      }
      if (done === count) {
        stop()
        resolve()
      }
    })
  })
}

import { say } from '../../../src/shared/words/message.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { canonicalJson, sha256 } from '../../../src/main/core/publishing/targets/canonical-json.ts'
import {
  STORY_STEP,
  type Answer,
  type Job,
  type Step,
  type TargetDriver
} from '../../../src/main/core/publishing/targets/target.ts'
import { toDriver } from '../../../src/main/core/publishing/targets/driver.ts'
import { drivers } from '../../../src/main/core/publishing/targets/index.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { targetKind } from '../../../src/shared/publishing/targets/index.ts'
import { Desk, temporaryFolder } from './newsroom.ts'
import { ManualClock } from '../../support/manual-clock.ts'

/**
 * A CMS that numbers everything itself, keeps every repeated upload, and knows no condition: the kind that makes
 * doubles.
 */
class ToyCms {
  readonly pictures = new Map<string, string>()
  readonly posts = new Map<string, { mark: string; live: boolean; text: string; version: number }>()
  readonly asked: string[] = []
  /** Before or after which request the line is cut, once. */
  cut: { at: string; when: 'before' | 'after' } | null = null
  #next = 1

  request<T>(name: string, work: (nextId: () => string) => T): T {
    this.asked.push(name)
    const cut = this.cut?.at === name ? this.cut.when : null
    if (cut !== null) this.cut = null
    if (cut === 'before') throw new Error('cut')
    const result = work(() => String(this.#next++))
    if (cut === 'after') throw new Error('cut')
    return result
  }
}

/**
 * Its address of a picture is known only once it is there, and the text needs it: the second request depends on the
 * first's answer.
 */
function toyDriver(cms: ToyCms): TargetDriver<{ greeting: string }> {
  const answer = (work: () => Answer): Promise<Answer> => {
    try {
      return Promise.resolve(work())
    } catch {
      return Promise.resolve({ kind: 'lost', message: say('legacy.sentence', { text: 'The connection was cut.' }) })
    }
  }
  const textOf = (job: Job): string => {
    const { headline, greeting } = JSON.parse(job.text()) as { headline: string; greeting: string }
    return [greeting, headline, ...job.media.map((id) => job.reference(`media:${id}`)?.address ?? '?')].join(' | ')
  }
  return {
    settings: z.object({ greeting: z.string().default('Hello') }),
    prepare(story, { settings, purpose }) {
      const media = story.fields.leadImage?.mediaId ? [story.fields.leadImage.mediaId] : []
      const text = canonicalJson({ headline: story.fields.headline, greeting: settings.greeting, purpose })
      return { contentType: 'toy', text, sha256: sha256(text), media }
    },
    nextStep(job, missing): Step {
      for (const id of job.media) {
        const key = `media:${id}`
        if (missing === key) return { key, name: 'media', act: 'send', once: true }
        if (!job.reference(key)?.fresh) return { key, name: 'media', act: 'find', once: false }
      }
      if (!job.reference(`story:${job.storyId}`))
        return { key: 'draft', name: 'draft', act: missing === 'draft' ? 'send' : 'find', once: true }
      return { key: STORY_STEP, name: 'article', act: 'send', once: true }
    },
    same: (remote, job) =>
      remote.content === textOf(job)
        ? []
        : [{ field: 'text', note: say('legacy.sentence', { text: 'The text is another.' }), byServer: false }],
    copyThere: () => null,
    htmlOf: () => '',
    requests: () => [],
    readable: (remote) => ({ headline: '', text: String(remote.content) }),
    connect: () => ({
      perform: (step, job) =>
        answer(() => {
          const local = `story:${job.storyId}`
          if (step.key.startsWith('media:')) {
            const address = cms.request(`${step.act} picture`, (id) => {
              const known = [...cms.pictures].find(([, sha]) => sha === step.key)?.[0]
              if (step.act === 'find') return known ?? null
              const made = id()
              cms.pictures.set(made, step.key)
              return made
            })
            if (address === null) return { kind: 'absent', serverTime: null }
            const learned = [
              { local: step.key, remoteId: address, address: `https://toy.example/p/${address}`, token: null }
            ]
            return { kind: step.act === 'find' ? 'present' : 'stored', learned }
          }
          if (step.key === 'draft') {
            const made = cms.request(`${step.act} draft`, (id) => {
              const known = [...cms.posts].find(([, post]) => post.mark === job.storyId)?.[0]
              if (step.act === 'find') return known ?? null
              const fresh = id()
              cms.posts.set(fresh, { mark: job.storyId, live: false, text: '', version: 1 })
              return fresh
            })
            if (made === null) return { kind: 'absent', serverTime: null }
            return {
              kind: step.act === 'find' ? 'present' : 'stored',
              learned: [{ local, remoteId: made, address: null, token: null }]
            }
          }
          cms.request('send story', () => {
            const id = job.reference(local)?.remoteId ?? ''
            const post = cms.posts.get(id)
            if (post) cms.posts.set(id, { ...post, live: true, text: textOf(job), version: post.version + 1 })
          })
          return { kind: 'stored', learned: [] }
        }),
      probe: (job) =>
        answer(() => {
          const there = cms.request('look', () => [...cms.posts].find(([, post]) => post.mark === job.storyId))
          if (!there) return { kind: 'absent', serverTime: null }
          const [id, post] = there
          const remote = {
            token: String(post.version),
            unfinished: !post.live,
            url: `https://toy.example/${id}`,
            content: post.text,
            learned: [{ local: `story:${job.storyId}`, remoteId: id, address: null, token: null }]
          }
          return { kind: 'found', remote, serverTime: null }
        }),
      time: () => Promise.resolve(null),
      about: () => Promise.resolve({ ok: true, message: say('legacy.sentence', { text: 'The toy answers.' }) })
    })
  }
}

describe('a kind of CMS that numbers everything itself, through the whole machine', () => {
  let cms: ToyCms
  let desk: Desk
  let targetId: string
  const clock = new ManualClock()
  beforeEach(async () => {
    cms = new ToyCms()
    desk = new Desk(temporaryFolder(), clock, memorySecrets(), {
      drivers: { ...drivers, open: toDriver(toyDriver(cms)) }
    })
    await desk.publishing.start()
    targetId = (await desk.target('https://toy.example')).id
  })
  afterEach(() => desk.close())

  async function run(id: string): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      await desk.publishing.quiet()
      if (!['waiting', 'sending'].includes(desk.item(id).state)) return
      clock.advance(400_000)
    }
  }

  it('uses the ids and addresses the server made, and keeps them for the next version', async () => {
    const storyId = await desk.story('Bridge', {}, true)
    const first = desk.publish(storyId, targetId)
    await run(first.id)
    expect(desk.item(first.id)).toMatchObject({ state: 'done', receipt: { url: 'https://toy.example/2', media: 1 } })
    expect(cms.asked).toEqual(['find picture', 'send picture', 'find draft', 'send draft', 'send story', 'look'])
    expect([...cms.posts.values()].map(({ text }) => text)).toEqual(['Hello | Bridge | https://toy.example/p/1'])
    cms.asked.length = 0
    desk.edit(storyId, { headline: 'Bridge opens' })
    const second = desk.publish(storyId, targetId)
    await run(second.id)
    expect(desk.item(second.id).state).toBe('done')
    expect(cms.asked).toEqual(['find picture', 'send story', 'look'])
    expect([...cms.posts.values()].map(({ text }) => text)).toEqual(['Hello | Bridge opens | https://toy.example/p/1'])
  })

  for (const at of ['find picture', 'send picture', 'find draft', 'send draft', 'send story', 'look']) {
    for (const when of ['before', 'after'] as const) {
      it(`the line is cut ${when} “${at}”: one picture, one post`, async () => {
        cms.cut = { at, when }
        const { id } = desk.publish(await desk.story('Bridge', {}, true), targetId)
        await run(id)
        expect(desk.item(id)).toMatchObject({ state: 'done', problem: null })
        expect(cms.cut).toBeNull()
        expect([cms.pictures.size, cms.posts.size]).toEqual([1, 1])
        expect([...cms.posts.values()][0]).toMatchObject({
          live: true,
          text: 'Hello | Bridge | https://toy.example/p/1'
        })
      })
    }
  }

  it('a change made there is a conflict with both versions to look at', async () => {
    const storyId = await desk.story('Ours')
    const first = desk.publish(storyId, targetId)
    await run(first.id)
    const [[id, post]] = [...cms.posts] as [[string, { mark: string; live: boolean; text: string; version: number }]]
    cms.posts.set(id, { ...post, text: 'Theirs', version: 9 })
    desk.edit(storyId, { headline: 'Ours again' })
    cms.cut = { at: 'send story', when: 'before' }
    const second = desk.publish(storyId, targetId)
    await run(second.id)
    expect(desk.item(second.id)).toMatchObject({ state: 'conflict' })
    expect(await desk.publishing.conflicts.remote(second.id)).toEqual({ etag: '9', headline: '', text: 'Theirs' })
  })
})

it('every kind is described: its fields are settings, and its settings have their defaults', () => {
  for (const kind of Object.keys(drivers) as (keyof typeof drivers)[]) {
    const { settings, fields } = targetKind(kind)
    const required = Object.fromEntries(
      fields.filter((field) => field.input === 'text' && field.required).map(({ key }) => [key, 'x'])
    )
    const parsed = settings.parse(required)
    for (const field of fields) {
      expect(settings.shape, `${kind}: ${field.key}`).toHaveProperty(field.key)
      if (field.input === 'choice') expect(field.choices, `${kind}: ${field.key}`).toContain(parsed[field.key])
    }
  }
})

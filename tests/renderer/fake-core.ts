import type { Story } from '../../src/shared/story/story.ts'
import { emptyFields, type FieldsPatch, type StorySummary } from '../../src/shared/story/fields.ts'
import { statusAfterEdit } from '../../src/shared/story/status.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { applyPatch, type BodyPatch } from '../../src/shared/document/patch.ts'
import { createClient, type Transport } from '../../src/shared/rpc/client.ts'
import type { EventData, EventName } from '../../src/shared/rpc/define.ts'
import { GalleyError, toWireError } from '../../src/shared/rpc/errors.ts'
import type { Push, Reply } from '../../src/shared/rpc/wire.ts'
import type { Api, LinkState } from '../../src/renderer/api/api.tsx'
import { createStore } from '../../src/renderer/api/store.ts'
import { say } from '../../src/shared/words/message.ts'

/**
 * The rules of the core that the desk leans on, in memory: stale changes are refused, a repeated change answers as the
 * first time.
 */
export class FakeCore {
  readonly stories = new Map<string, Story>()
  readonly link = createStore<LinkState>('connected')
  readonly calls: string[] = []
  /** What the next calls of a name fail with, before they do anything. */
  readonly failures = new Map<string, GalleyError[]>()
  readonly #done = new Map<string, unknown>()
  readonly #listeners = new Set<(push: Push) => void>()
  readonly handlers: Record<string, (input: never) => unknown> = {}

  constructor() {
    Object.assign(this.handlers, {
      'stories.get': ({ id }: { id: string }) => this.#get(id),
      'stories.create': ({ id, fields, body }: { id: string; fields?: FieldsPatch; body?: Story['body'] }) =>
        this.put(id, fields, body),
      'stories.settle': ({ id }: { id: string }) => this.#saved(this.#get(id)),
      'stories.patchFields': (input: { id: string; baseRevision: number; changeId: string; fields: FieldsPatch }) =>
        this.#change(input, (story) => ({
          ...story,
          fields: { ...story.fields, ...input.fields } as Story['fields'],
          status: statusAfterEdit(story.status)
        })),
      'stories.patchBody': (input: { id: string; baseRevision: number; changeId: string; patch: BodyPatch }) =>
        this.#change(input, (story) => ({
          ...story,
          body: applyPatch(story.body, input.patch),
          status: statusAfterEdit(story.status)
        })),
      'stories.setStatus': (input: { id: string; baseRevision: number; changeId: string; status: Story['status'] }) =>
        this.#change(input, (story) => ({ ...story, status: input.status }))
    })
  }

  put(id: string, fields: FieldsPatch = {}, body: Story['body'] = { version: 1, blocks: [] }): Story {
    const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'UTC', origin: 'clock' as const }
    const story: Story = {
      id,
      revision: 1,
      status: 'draft',
      fields: { ...emptyFields(created), ...fields } as Story['fields'],
      body,
      changedAt: '2026-01-01T00:00:00.000Z'
    }
    this.stories.set(id, story)
    return story
  }

  /** Somebody else's change, told as the core tells it. */
  changeElsewhere(id: string, change: (story: Story) => Partial<Story>, by: string | null = 'another window'): void {
    const story = this.#get(id)
    const next = { ...story, ...change(story), revision: story.revision + 1 }
    this.stories.set(id, next)
    this.emit('storyChanged', { summary: summaryOf(next), by })
  }

  emit<E extends EventName<Contract>>(event: E, data: EventData<Contract, E>): void {
    for (const listener of this.#listeners) listener({ event, data })
  }

  api(connectionId = 'this window'): Api {
    const transport: Transport = {
      request: async ({ call, input }, signal) => {
        this.calls.push(call)
        await Promise.resolve()
        return this.#answer(call, input, signal)
      },
      onPush: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      }
    }
    return {
      ...createClient(contract, transport),
      connectionId,
      headers: {},
      link: this.link,
      listening: () => undefined
    }
  }

  async #answer(
    call: string,
    input: unknown,
    signal: AbortSignal | undefined
  ): Promise<Awaited<ReturnType<Transport['request']>>> {
    try {
      if (signal?.aborted) throw new GalleyError('cancelled', say('galley.bug'))
      const failure = this.failures.get(call)?.shift()
      if (failure) throw failure
      const handler = this.handlers[call]
      if (!handler) throw new Error(`The fake core does not know ${call}`)
      return { ok: true, output: await handler(input as never) } as Reply
    } catch (thrown) {
      return { ok: false, error: toWireError(thrown) } as Reply
    }
  }

  #get(id: string): Story {
    const story = this.stories.get(id)
    if (!story) throw new GalleyError('not_found', say('galley.bug'))
    return story
  }

  #change(input: { id: string; baseRevision: number; changeId: string }, change: (story: Story) => Story): unknown {
    const earlier = this.#done.get(input.changeId)
    if (earlier) return earlier
    const story = this.#get(input.id)
    if (story.revision !== input.baseRevision) throw new GalleyError('conflict', say('galley.bug'))
    const next = { ...change(story), revision: story.revision + 1 }
    this.stories.set(input.id, next)
    const saved = this.#saved(next)
    this.#done.set(input.changeId, saved)
    return saved
  }

  #saved({ revision, status }: Story): unknown {
    return { revision, status, savedAt: '2026-01-01T00:00:00.000Z' }
  }
}

export function summaryOf({ id, fields, status, revision, changedAt }: Story): StorySummary {
  return {
    id,
    status,
    revision,
    changedAt,
    headline: fields.headline,
    slugline: fields.slugline,
    section: fields.section,
    byline: fields.byline,
    language: fields.language,
    direction: fields.direction,
    words: 0,
    leadMediaId: null,
    createdAt: changedAt,
    releaseAt: null
  }
}

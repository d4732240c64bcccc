import type { Article } from '../../src/shared/article/article.ts'
import { emptyFields, type FieldsPatch, type StorySummary } from '../../src/shared/article/story.ts'
import { statusAfterEdit } from '../../src/shared/article/status.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { applyPatch, type BodyPatch } from '../../src/shared/document/patch.ts'
import { createClient, type Transport } from '../../src/shared/rpc/client.ts'
import type { EventData, EventName } from '../../src/shared/rpc/define.ts'
import { GalleyError, toWireError } from '../../src/shared/rpc/errors.ts'
import type { Push, Reply } from '../../src/shared/rpc/wire.ts'
import type { Api, LinkState } from '../../src/renderer/api/api.tsx'
import { createStore } from '../../src/renderer/api/store.ts'

/** The rules of the core that the desk leans on, in memory: stale changes are refused, a repeated change answers as the first time. */
export class FakeCore {
  readonly articles = new Map<string, Article>()
  readonly link = createStore<LinkState>('connected')
  readonly calls: string[] = []
  /** What the next calls of a name fail with, before they do anything. */
  readonly failures = new Map<string, GalleyError[]>()
  readonly #done = new Map<string, unknown>()
  readonly #listeners = new Set<(push: Push) => void>()
  readonly handlers: Record<string, (input: never) => unknown> = {}

  constructor() {
    Object.assign(this.handlers, {
      'articles.get': ({ id }: { id: string }) => this.#get(id),
      'articles.create': ({ id, fields, body }: { id: string; fields?: FieldsPatch; body?: Article['body'] }) => this.put(id, fields, body),
      'articles.settle': ({ id }: { id: string }) => this.#saved(this.#get(id)),
      'articles.patchFields': (input: { id: string; baseRevision: number; changeId: string; fields: FieldsPatch }) =>
        this.#change(input, (article) => ({ ...article, fields: { ...article.fields, ...input.fields } as Article['fields'], status: statusAfterEdit(article.status) })),
      'articles.patchBody': (input: { id: string; baseRevision: number; changeId: string; patch: BodyPatch }) =>
        this.#change(input, (article) => ({ ...article, body: applyPatch(article.body, input.patch), status: statusAfterEdit(article.status) })),
      'articles.setStatus': (input: { id: string; baseRevision: number; changeId: string; status: Article['status'] }) => this.#change(input, (article) => ({ ...article, status: input.status }))
    })
  }

  put(id: string, fields: FieldsPatch = {}, body: Article['body'] = { version: 1, blocks: [] }): Article {
    const created = { utc: '2026-01-01T00:00:00.000Z', zone: 'UTC', origin: 'clock' as const }
    const article: Article = { id, revision: 1, status: 'draft', fields: { ...emptyFields(created), ...fields } as Article['fields'], body, changedAt: '2026-01-01T00:00:00.000Z' }
    this.articles.set(id, article)
    return article
  }

  /** Somebody else's change, told as the core tells it. */
  changeElsewhere(id: string, change: (article: Article) => Partial<Article>, by: string | null = 'another window'): void {
    const article = this.#get(id)
    const next = { ...article, ...change(article), revision: article.revision + 1 }
    this.articles.set(id, next)
    this.emit('articleChanged', { summary: summaryOf(next), by })
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
      onPush: (listener) => { this.#listeners.add(listener); return () => this.#listeners.delete(listener) }
    }
    return { ...createClient(contract, transport), connectionId, link: this.link }
  }

  async #answer(call: string, input: unknown, signal: AbortSignal | undefined): Promise<Awaited<ReturnType<Transport['request']>>> {
    try {
      if (signal?.aborted) throw new GalleyError('cancelled', 'Stopped.')
      const failure = this.failures.get(call)?.shift()
      if (failure) throw failure
      const handler = this.handlers[call]
      if (!handler) throw new Error(`The fake core does not know ${call}`)
      return { ok: true, output: await handler(input as never) } as Reply
    } catch (thrown) {
      return { ok: false, error: toWireError(thrown) } as Reply
    }
  }

  #get(id: string): Article {
    const article = this.articles.get(id)
    if (!article) throw new GalleyError('not_found', 'There is no such story.')
    return article
  }

  #change(input: { id: string; baseRevision: number; changeId: string }, change: (article: Article) => Article): unknown {
    const earlier = this.#done.get(input.changeId)
    if (earlier) return earlier
    const article = this.#get(input.id)
    if (article.revision !== input.baseRevision) throw new GalleyError('conflict', 'Somebody else saved first.')
    const next = { ...change(article), revision: article.revision + 1 }
    this.articles.set(input.id, next)
    const saved = this.#saved(next)
    this.#done.set(input.changeId, saved)
    return saved
  }

  #saved({ revision, status }: Article): unknown {
    return { revision, status, savedAt: '2026-01-01T00:00:00.000Z' }
  }
}

export function summaryOf({ id, fields, status, revision, changedAt }: Article): StorySummary {
  return {
    id, status, revision, changedAt, headline: fields.headline, slugline: fields.slugline, section: fields.section, byline: fields.byline, language: fields.language,
    direction: fields.direction, words: 0, leadMediaId: null, createdAt: changedAt, releaseAt: null
  }
}

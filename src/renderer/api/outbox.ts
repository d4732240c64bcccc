import { useMemo } from 'react'
import type { OutboxItem } from '../../shared/contract/outbox.ts'
import { useApi, type Api } from './api.tsx'
import { createStore, useStore, type Store } from './store.ts'

/** States that want a person; the others get along by themselves. */
const needsAttention: ReadonlySet<OutboxItem['state']> = new Set(['paused', 'conflict', 'refused'])

const stores = new WeakMap<Api, Store<readonly OutboxItem[]>>()

/**
 * The outbox, newest first, without the steps of its items; kept current by the core's events and loaded once for the
 * whole desk.
 */
export function useOutbox(): readonly OutboxItem[] {
  const api = useApi()
  return useStore(outboxOf(api))
}

/** What is happening to one story, newest first. */
export function useStoryOutbox(storyId: string): readonly OutboxItem[] {
  const items = useOutbox()
  return useMemo(() => items.filter((item) => item.storyId === storyId), [items, storyId])
}

/**
 * The stories of which a version waits that is older than the desk's copy, and what it waits for. The same map while
 * nothing of it changes.
 */
export function useBehind(): ReadonlyMap<string, 'scheduled' | 'queued'> {
  const items = useOutbox()
  const key = JSON.stringify([...behindOf(items)])
  return useMemo(() => new Map(JSON.parse(key) as [string, 'scheduled' | 'queued'][]), [key])
}

/** Where one waits for its hour and another does not, it is the latter that is told, in whatever order they come. */
export function behindOf(
  items: readonly Pick<OutboxItem, 'storyId' | 'state' | 'behind'>[]
): ReadonlyMap<string, 'scheduled' | 'queued'> {
  const found = new Map<string, 'scheduled' | 'queued'>()
  for (const { storyId, state, behind } of items) {
    if (!behind || found.get(storyId) === 'queued') continue
    found.set(storyId, state === 'scheduled' || state === 'handed-over' ? 'scheduled' : 'queued')
  }
  return found
}

/**
 * A story's deliveries as they stand, and those whose place a newer one has taken: what was live before on the same CMS,
 * and what was taken back. Both newest first.
 */
export function nowAndEarlier(items: readonly OutboxItem[]): {
  readonly now: readonly OutboxItem[]
  readonly earlier: readonly OutboxItem[]
} {
  const replaced = replacedOnes(items)
  const isEarlier = (item: OutboxItem): boolean => item.state === 'cancelled' || replaced.has(item.id)
  return { now: items.filter((item) => !isEarlier(item)), earlier: items.filter(isEarlier) }
}

/**
 * Ids of deliveries that arrived and whose place on their CMS a newer one of the story has taken since, be it that took
 * the story down. `items` newest first.
 */
export function replacedOnes(items: readonly OutboxItem[]): ReadonlySet<string> {
  const settled = new Set<string>()
  const replaced = new Set<string>()
  for (const { id, state, storyId, targetId } of items) {
    if (state !== 'done') continue
    const place = `${storyId} ${targetId}`
    if (settled.has(place)) replaced.add(id)
    settled.add(place)
  }
  return replaced
}

/** What has neither arrived nor been taken back. */
export function openItems<Item extends Pick<OutboxItem, 'state'>>(items: readonly Item[]): readonly Item[] {
  return items.filter(({ state }) => state !== 'done' && state !== 'cancelled')
}

/** What stopped and wants a person; whoever paused it by hand knows. */
export function troubledItems<Item extends Pick<OutboxItem, 'state' | 'problem'>>(
  items: readonly Item[]
): readonly Item[] {
  return items.filter((item) => needsAttention.has(item.state) && !isPausedByHand(item))
}

export function isPausedByHand({ state, problem }: Pick<OutboxItem, 'state' | 'problem'>): boolean {
  return state === 'paused' && problem?.key === 'outbox.pausedByHand'
}

function outboxOf(api: Api): Store<readonly OutboxItem[]> {
  const known = stores.get(api)
  if (known) return known
  const store = createStore<readonly OutboxItem[]>([])
  stores.set(api, store)
  const load = (): void => {
    api.call.publishing.outbox({ brief: true }).then(
      (items) => store.set(newestFirst(items)),
      () => undefined
    )
  }
  load()
  // A CMS may be called something else now.
  api.on('targetsChanged', () => {
    api.call.publishing.targets({}).then(
      (targets) => store.set(withNames(store.get(), targets)),
      () => undefined
    )
  })
  api.on('outboxChanged', ({ item }) => store.set(withItem(store.get(), { ...item, steps: [] })))
  api.link.subscribe(() => {
    if (api.link.get() === 'connected') load()
  })
  // The network is back: what waits for it need not wait for its next turn.
  addEventListener('online', () => {
    for (const item of store.get())
      if (item.state === 'waiting' && item.nextTryAt !== null)
        void api.call.publishing.retry({ id: item.id }).catch(() => undefined)
  })
  return store
}

/** What the CMSs are called now; the same list if nothing changes. */
export function withNames(
  items: readonly OutboxItem[],
  targets: readonly { readonly id: string; readonly name: string }[]
): readonly OutboxItem[] {
  const names = new Map(targets.map(({ id, name }) => [id, name]))
  const isOld = ({ targetId, targetName }: OutboxItem): boolean => (names.get(targetId) ?? targetName) !== targetName
  if (!items.some(isOld)) return items
  return items.map((item) =>
    isOld(item) ? { ...item, targetName: names.get(item.targetId) ?? item.targetName } : item
  )
}

/** Replaces it in place without sorting again, because there may be thousands. */
function withItem(items: readonly OutboxItem[], item: OutboxItem): OutboxItem[] {
  const at = items.findIndex(({ id }) => id === item.id)
  return at >= 0 ? items.with(at, item) : newestFirst([item, ...items])
}

function newestFirst(items: readonly OutboxItem[]): OutboxItem[] {
  return items.toSorted((a, b) => (a.queuedAt < b.queuedAt ? 1 : a.queuedAt > b.queuedAt ? -1 : 0))
}

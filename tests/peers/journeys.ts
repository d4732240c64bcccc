import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Receipt } from '../../src/shared/contract/outbox.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { FaultProxy, type FaultName, type Seen } from '../support/fault-proxy.ts'
import { inProcess, type Kill } from './in-process.ts'
import type { Peer, PeerPost } from './peer.ts'
import { killSchedules } from './schedule-kills.ts'
import { keepSchedule } from './schedules.ts'
import { openDesk, operations, perform, SkippingClock, type Operation, type Work } from './work.ts'

/** What goes wrong with one request, by the name the counts use. */
export const troubles = {
  'lost answer': 'cut after',
  cut: 'cut before',
  '500 after': '500 after',
  '503': '503 with seconds',
  delay: 'silence after'
} as const satisfies Readonly<Record<string, FaultName>>
export type Trouble = keyof typeof troubles

/** One request of an operation: which, and which of those alike. */
export interface Place {
  readonly operation: Operation
  /** Its number among the requests of the operation, from 1. */
  readonly number: number
  readonly request: string
  readonly nth: number
}

export interface Counts {
  journeys: number
  faults: number
  kills: number
  /** How deliveries came to rest first, by state. */
  readonly rests: Map<string, number>
}

/** Takes stories through their whole life on a real CMS, with something that goes wrong on the way. */
export class Journeys {
  readonly counts: Counts = { journeys: 0, faults: 0, kills: 0, rests: new Map() }
  readonly #peer: Peer
  readonly #proxy: FaultProxy
  /** How many requests of each kind there were. */
  readonly #met = new Map<string, number>()
  readonly #folder = mkdtempSync(join(tmpdir(), 'galley-peers-'))
  #before: { readonly posts: number; readonly pictures: number }

  private constructor(peer: Peer, proxy: FaultProxy, before: { posts: number; pictures: number }) {
    this.#peer = peer
    this.#proxy = proxy
    this.#before = before
    proxy.onSeen((seen) => {
      const signature = signatureOf(seen)
      this.#met.set(signature, (this.#met.get(signature) ?? 0) + 1)
    })
  }

  /** `open` gets what makes the address that the CMS is to know itself by. */
  static async on(open: (home: (url: string) => Promise<string>) => Promise<Peer>): Promise<Journeys> {
    const proxy = new FaultProxy('')
    const peer = await open(async (url) => {
      proxy.target = url
      await proxy.start()
      return proxy.url
    })
    return new Journeys(peer, proxy, await peer.counts())
  }

  get name(): string {
    return this.#peer.name
  }

  /** Schedules that the CMS keeps; `fires`: waits until it has published one. What they came to, in words. */
  async schedules(feed: string, fires: boolean): Promise<string> {
    const came = await keepSchedule(this.#peer, this.#proxy.url, feed, fires)
    // What they leave on the site is counted before the journeys begin.
    this.#before = await this.#peer.counts()
    return came
  }

  /** The desk is killed around each request of a schedule. What it came to, in words. */
  async scheduleKills(): Promise<string> {
    const came = await killSchedules(this.#peer, this.#proxy)
    this.#before = await this.#peer.counts()
    return came
  }

  /** Every request of a life in which nothing goes wrong. */
  async places(): Promise<Place[]> {
    const places: Place[] = []
    await this.#life((operation, seen) => {
      const requests = seen.map(signatureOf)
      places.push(
        ...requests.map((request, at) => ({
          operation,
          number: at + 1,
          request,
          nth: requests.slice(0, at).filter((other) => other === request).length + 1
        }))
      )
    })
    return places
  }

  /**
   * A life in which the trouble meets one request of each operation, and the desk dies before it leaves or after it was
   * answered. Throws where it ends in anything but one post, each picture once, and a receipt that is true.
   */
  async live(trouble: Trouble, at: readonly Place[], kill: Kill): Promise<void> {
    await this.#life(() => undefined, { trouble, at, kill })
  }

  summary(): string {
    const { journeys, faults, kills, rests } = this.counts
    const ends = [...rests].map(([state, count]) => `${state} ${count}`).join(', ')
    return `${this.name}: ${journeys} stories published, updated and withdrawn, ${faults} troubles met, ${kills} desks killed; deliveries came to rest first as: ${ends}; each post there once, each picture once`
  }

  /** Nothing is on the site but what the journeys are to leave. Throws. */
  async finish(): Promise<void> {
    const { posts, pictures } = await this.#peer.counts()
    const { journeys } = this.counts
    expectEqual('posts on the site', posts - this.#before.posts, journeys)
    expectEqual('pictures on the site', pictures - this.#before.pictures, journeys * 3)
  }

  async close(): Promise<void> {
    await this.#proxy.stop()
    await this.#peer.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #life(
    done: (operation: Operation, seen: readonly Seen[]) => void,
    plan?: { readonly trouble: Trouble; readonly at: readonly Place[]; readonly kill: Kill }
  ): Promise<void> {
    const storyId = newId()
    const name = `Bridge ${storyId.replaceAll('-', '').slice(-12)}`
    const library = join(this.#folder, storyId)
    const pictures = new Set<string>()
    let address: string | null = null
    for (const operation of operations) {
      const work: Work = {
        library,
        target: this.#peer.target(this.#proxy.url),
        storyId,
        name,
        operation,
        changeId: newId(),
        patience: plan?.trouble === 'delay' ? IMPATIENT : PATIENT
      }
      const places = plan?.at.filter((one) => one.operation === operation) ?? []
      const since = this.#proxy.seen.length
      if (plan) for (const place of places) this.#arm(troubles[plan.trouble], place)
      const [first] = places
      const receipt = await this.#work(work, first && plan ? { request: first.number, when: plan.kill } : null)
      await this.#proxy.settled()
      const seen = this.#proxy.seen.slice(since)
      const where = `${plan?.trouble ?? 'no trouble'} (${places.map((one) => one.request).join(', ')}), ${plan?.kill ?? ''}`
      try {
        expectEqual('troubles that were not met', this.#proxy.pending, 0)
        for (const id of receipt.pictures ?? []) pictures.add(id)
        address = receipt.url ?? address
        await this.#check(work, receipt, [...pictures], address ?? '')
      } catch (error) {
        const log = seen.map(({ method, path, forwarded }) => `${method} ${path}${forwarded ? '' : ' (not there)'}`)
        throw new Error(`${operation}: ${where}\n${log.join('\n')}`, { cause: error })
      } finally {
        this.#proxy.clear()
      }
      done(operation, seen)
    }
    this.counts.journeys += 1
    rmSync(library, { recursive: true, force: true })
  }

  /** The next request like it, or a later one where some of the kind are to pass. */
  #arm(fault: FaultName, { request, nth }: Place): void {
    const before = this.#met.get(request) ?? 0
    this.#proxy.failNext(fault, (seen) => {
      const signature = signatureOf(seen)
      return signature === request && (this.#met.get(signature) ?? 0) >= before + nth
    })
    this.counts.faults += 1
  }

  async #work(work: Work, kill: { readonly request: number; readonly when: Kill } | null): Promise<Receipt> {
    if (kill && kill.when !== 'none') {
      if (await inProcess(work, kill)) this.counts.kills += 1
    }
    const clock = new SkippingClock()
    const desk = openDesk(work, clock)
    try {
      const { first, item } = await perform(desk, clock, work, () => this.#proxy.settled())
      this.counts.rests.set(first, (this.counts.rests.get(first) ?? 0) + 1)
      if (!item.receipt) throw new Error(`${work.operation} has no receipt`)
      return item.receipt
    } finally {
      await desk.close()
    }
  }

  async #check(
    { operation, name, storyId }: Work,
    receipt: Receipt,
    sent: readonly string[],
    address: string
  ): Promise<void> {
    const posts = await this.#peer.posts(name)
    expectEqual('posts', posts.length, 1)
    const post = posts[0] as PeerPost
    const pictures = await this.#peer.pictures(sent)
    expectEqual('pictures', pictures.length, operation === 'new' ? 2 : 3)
    expectEqual('no mark in the address', post.slug.includes(storyId.slice(0, 8)), false)
    expectEqual('token', receipt.etag, post.token)
    expectEqual('public', post.isPublic, operation !== 'withdraw')
    expectEqual('address of the receipt', receipt.url, operation === 'withdraw' ? null : post.url)
    expectEqual('title', post.title, operation === 'new' ? `${name} opens` : `${name} opens early`)
    expectEqual('pictures of the post', new Set(post.pictures).size, 2)
    for (const picture of post.pictures) {
      if (!pictures.includes(picture)) throw new Error(`${picture} is none of its pictures`)
      expectEqual(picture, (await fetch(picture)).status, 200)
    }
    const page = await fetch(address, { redirect: 'manual' })
    expectEqual('page', page.status === 200, operation !== 'withdraw')
    if (operation !== 'withdraw') expectEqual('headline', (await page.text()).includes(name), true)
  }
}

/** Milliseconds: a busy machine is waited for, unless its silence is what is tried. */
const PATIENT = 15_000
const IMPATIENT = 1_500

/** A request without what differs from story to story. */
function signatureOf({ method, path }: Seen): string {
  const plain = decodeURIComponent(path)
    .replace(/galley-[0-9a-f]{32}(?:-[0-9a-f]{12})?/g, 'MARK')
    .replace(/bridge-[0-9a-f]{12}[a-z-]*/g, 'SLUG')
    .replace(/\b[0-9a-f]{24}\b/g, '#')
    .replace(/\/\d+/g, '/#')
    .replace(/(title|alt_text|caption|include|search)=[^&]*/g, '$1')
  return `${method} ${plain}`
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, not ${String(wanted)}`)
}

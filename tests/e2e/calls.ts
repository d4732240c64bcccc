import { expect } from '@playwright/test'
import { connectToRunning } from '../../src/main/hosts/local/client.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { newId } from '../../src/shared/lib/id.ts'
import { createClient, type Connection } from '../../src/shared/rpc/client.ts'
import { instantAt, type Instant } from '../../src/shared/story/instant.ts'
import type { FakeWordpress } from '../peers/fake-wordpress.ts'

type Call = Connection<Contract>['call']

/** What a test sets up or looks up beside the window, by the line that the command line uses. */
export async function withCalls<T>(library: string, work: (call: Call) => Promise<T>): Promise<T> {
  const line = await connectToRunning(library)
  if (!line) throw new Error('No Galley has this library open')
  try {
    return await work(createClient(contract, line).call)
  } finally {
    line.close()
  }
}

/** A story of one paragraph; returns its id. */
export async function makeStory(call: Call, headline: string): Promise<string> {
  const { id } = await call.stories.create({
    // What the checks would ask for.
    fields: { headline, standfirst: `All about ${headline}.`, section: 'City' },
    body: {
      version: 1,
      blocks: [{ id: 'a', type: 'paragraph', runs: [{ text: `The council spoke of ${headline}.` }] }]
    }
  })
  return id
}

/** Adds a WordPress as “The site”, at its own address or at that of a proxy before it. */
export function addWordpress(call: Call, site: FakeWordpress, url = site.url): Promise<{ readonly id: string }> {
  return call.publishing.saveTarget({
    name: 'The site',
    kind: 'wordpress',
    url,
    settings: { user: site.user },
    secret: site.password
  })
}

/** Waits until a delivery has its receipt. */
export async function arrived(call: Call, id: string): Promise<void> {
  await expect.poll(async () => (await call.publishing.item({ id })).state, { timeout: 20_000 }).toBe('done')
}

/** Approves a story as it is; `hours` from now, or at once. */
export async function approve(call: Call, storyId: string, targetId: string, hours?: number): Promise<string> {
  const { revision } = await call.stories.get({ id: storyId })
  const at = hours === undefined ? null : hoursFromNow(hours)
  return (await call.publishing.publish({ storyId, targetId, revision, changeId: newId(), at })).id
}

export function hoursFromNow(hours: number, zone = 'America/New_York'): Instant {
  return instantAt(Date.now() + hours * 3_600_000, zone, 'typed')
}

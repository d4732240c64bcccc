import { basename } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Platform } from '../ports.ts'
import { sql } from '../store/sql.ts'
import type { Store } from '../store/store.ts'
import { say, type Message } from '../../../shared/words/message.ts'

export interface AppInfoOptions {
  readonly store: Store
  readonly platform: Platform
  readonly version: string
  readonly zone: () => string
  readonly exportFolder: () => string
  /** Why the library is open for reading only; null when it is not. */
  readonly readOnlyReason: Message | null
}

/** What the window's title, about box and empty states tell. */
export function appInfo({ store, platform, version, zone, exportFolder, readOnlyReason }: AppInfoOptions) {
  const stories = store.read((db) => db.get<{ n: number }>(sql`SELECT count(*) AS n FROM articles`))?.n ?? 0
  return {
    version,
    library: { folder: store.folder, name: basename(store.folder), readOnly: store.readOnly, readOnlyReason, stories },
    capabilities: platform.capabilities,
    platform: process.platform,
    zone: zone(),
    exportFolder: exportFolder()
  }
}

/**
 * Opens a web address in the person's browser. The contract lets only http and https through; this says so again where
 * it matters.
 */
export async function openLink(platform: Platform, url: string): Promise<void> {
  const { protocol } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') throw new GalleyError('refused', say('app.onlyWebAddresses'))
  await platform.openLink(url)
}

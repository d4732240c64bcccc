import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { createCore } from '../../src/main/core/create-core.ts'
import type { Core } from '../../src/main/core/core.ts'
import { Receiver } from '../../src/main/practice-cms/receiver.ts'
import { memorySecrets, type Platform } from '../../src/main/core/ports.ts'
import { say } from '../../src/shared/words/message.ts'

/** A real core on a fresh library folder, with every answer held against the contract. */
export async function freshCore(): Promise<{ core: Core; library: string; opened: string[]; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'galley-host-'))
  const library = join(folder, 'Library')
  const opened: string[] = []
  const core = await createCore({
    library,
    startPractice: Receiver.start,
    platform: testPlatform(join(folder, 'Exports'), opened),
    checkOutputs: true,
    log: () => undefined
  })
  return {
    core,
    library,
    opened,
    async end() {
      await core.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function testPlatform(exportFolder: string, opened: string[]): Platform {
  return {
    capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
    fetch: globalThis.fetch,
    resources: resolve('resources'),
    secrets: memorySecrets(),
    exportFolder,
    async chooseFolder() {
      throw new GalleyError('unsupported', say('galley.bug'))
    },
    async reveal() {
      throw new GalleyError('unsupported', say('galley.bug'))
    },
    async openLink(url) {
      opened.push(url)
    }
  }
}

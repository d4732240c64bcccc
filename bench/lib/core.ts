import { resolve } from 'node:path'
import { setImmediate as nextTask } from 'node:timers/promises'
import { createCore } from '../../src/main/core/create-core.ts'
import type { Core } from '../../src/main/core/core.ts'
import { memorySecrets } from '../../src/main/core/ports.ts'
import { Receiver } from '../../src/main/practice-cms/receiver.ts'
import { contract, type Contract } from '../../src/shared/contract/contract.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import type { Client } from '../../src/shared/rpc/define.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { say } from '../../src/shared/words/message.ts'

export interface OpenCore {
  readonly core: Core
  /** Every call goes through the dispatcher, as a host's would: parsed, checked, answered. */
  readonly call: Client<Contract>
  close(): Promise<void>
}

/**
 * The product's core from its sources, around one library folder, with nothing of a host but a name for the connection and the
 * way to the network.
 */
export async function openCore(
  library: string,
  exportFolder: string,
  fetch: typeof globalThis.fetch = globalThis.fetch
): Promise<OpenCore> {
  const noDialog = (): never => {
    throw new GalleyError('unsupported', say('hosts.noFolderDialog'))
  }
  const core = await createCore({
    library,
    platform: {
      capabilities: { folderDialog: false, revealFolder: false, keychain: false, notifications: false },
      fetch,
      resources: resolve('resources'),
      secrets: memorySecrets(),
      exportFolder,
      chooseFolder: noDialog,
      reveal: noDialog,
      openLink: noDialog
    },
    startPractice: Receiver.start,
    log: (line) => console.error(`  core: ${line}`)
  })
  const { signal } = new AbortController()
  let id = 0
  const { call } = createClient(contract, {
    // From a window each call comes as a task of its own: none holds up the timers between two of them.
    request: async ({ call: name, input }) => {
      await nextTask()
      return core.dispatch({ id: id++, call: name, input }, { connectionId: 'bench', signal })
    },
    onPush: (listener) => core.subscribe(listener)
  })
  return { core, call, close: () => core.close() }
}

/** Adds a picture as a window does: its bytes first, then a call that names them. Returns its id. */
export async function addPicture(
  { core, call }: Pick<OpenCore, 'core' | 'call'>,
  name: string,
  bytes: Uint8Array
): Promise<string> {
  const { upload } = await core.receive(inPieces(bytes))
  return (await call.media.add({ name, upload })).id
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

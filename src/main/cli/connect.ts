import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { createClient, type Connection, type Transport } from '../../shared/rpc/client.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'
import { createCore } from '../core/create-core.ts'
import { Receiver } from '../practice-cms/receiver.ts'
import { defaultExports } from '../hosts/folders.ts'
import { connectToRunning } from '../hosts/local/client.ts'
import { loopbackPlatform } from '../hosts/loopback/platform.ts'
import { productVersion } from '../hosts/version.ts'
import { say } from '../../shared/words/message.ts'

export interface OpenConnection {
  readonly connection: Connection<Contract>
  /** True if it is another process, which carries on with what was begun when this one ends. */
  readonly running: boolean
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly library: string
  readonly builtMain: string
  /** Whether to create the library if there is none. */
  readonly make: boolean
  readonly log: (line: string) => void
}

/**
 * Connects to the Galley that has the library open, or else opens it in this process. Throws `not_found` if there is no
 * library and none is to be created.
 */
export async function connect({ library, builtMain, make, log }: ConnectOptions): Promise<OpenConnection> {
  const running = await connectToRunning(library)
  if (running) {
    return { connection: createClient(contract, running), running: true, close: async () => running.close() }
  }
  if (!make && !hasLibrary(library)) {
    throw new GalleyError('not_found', say('commandLine.noLibrary', { library }))
  }
  const core = await createCore({
    library,
    platform: loopbackPlatform(defaultExports(library)),
    startPractice: Receiver.start,
    version: productVersion(builtMain),
    log
  })
  const transport: Transport = {
    async request(request, signal = new AbortController().signal) {
      const reply = await core.dispatch({ id: 0, ...request }, { connectionId: 'command line', signal })
      return reply
    },
    onPush: (listener) => core.subscribe(listener)
  }
  return { connection: createClient(contract, transport), running: false, close: () => core.close() }
}

function hasLibrary(folder: string): boolean {
  return ['galley.db', 'library.json', 'backups'].some((name) => existsSync(join(folder, name)))
}

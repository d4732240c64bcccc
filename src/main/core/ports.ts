import type { Capabilities } from '../../shared/contract/app.ts'
import type { Clock } from '../../shared/lib/clock.ts'

/** Where secrets live: the system's keychain, or memory for this run only. Never the database, a log or an export. */
export interface SecretStore {
  /** True when a secret survives a restart. */
  readonly persistent: boolean
  /** Where a file of secrets was put that could not be read at the start; absent or null when there was none. */
  readonly keptAside?: string | null
  get(key: string): Promise<string | null>
  /** `null` forgets it. */
  set(key: string, secret: string | null): Promise<void>
}

/** The few things that truly differ between hosts. */
export interface Platform {
  readonly capabilities: Capabilities
  readonly secrets: SecretStore
  /** The host's way to the network, with the system's proxy and certificates where it knows them. */
  readonly fetch: typeof globalThis.fetch
  /** Absolute path of the folder of files the product ships: samples, rules, pictures. */
  readonly resources: string
  /** Where exports go when the desk has chosen no folder. */
  readonly exportFolder: string
  /** Asks the person for a folder; null when they cancel. Throws `unsupported` where there is no dialog. */
  chooseFolder(): Promise<string | null>
  /** Asks the person for pages or texts; absolute paths, none when they cancel. Absent where there is no dialog. */
  chooseFiles?(): Promise<readonly string[]>
  /** The path behind a ticket of `/open/TICKET`; null for one that is unknown or used. Absent where no file is opened so. */
  openedFile?(ticket: string): string | null
  /** Shows a folder in the file manager. Throws `unsupported` where that cannot be done. */
  reveal(folder: string): Promise<void>
  /** Opens a web address in the person's own browser. The core has checked that it is http or https. */
  openLink(url: string): Promise<void>
}

/** The practice CMS while it runs: a server of its own on this machine, which the core knows by its addresses alone. */
export interface PracticeServer {
  /** Where a person looks at it: http://127.0.0.1:PORT */
  readonly url: string
  /** Where stories are sent. */
  readonly endpoint: string
  stop(): Promise<void>
}

/** Starts the practice CMS on a folder. Rejects when `port` is taken; without one it takes any free port. */
export type StartPractice = (options: {
  readonly folder: string
  readonly secret: string
  readonly port?: number
  readonly clock: Clock
  readonly log: (line: string) => void
}) => Promise<PracticeServer>

/** Secrets that live as long as the process: what a host without a keychain lends. */
export function memorySecrets(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    persistent: false,
    get: async (key) => secrets.get(key) ?? null,
    async set(key, secret) {
      if (secret === null) secrets.delete(key)
      else secrets.set(key, secret)
    }
  }
}

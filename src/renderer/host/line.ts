import type { Transport } from '../../shared/rpc/client.ts'

/**
 * How the line to the core is. `lost`: the host that opened this window is gone, and only opening Galley again helps.
 */
export type LinkState = 'connected' | 'reconnecting' | 'lost'

/** The one line a window has to the core. */
export interface Line {
  readonly transport: Transport
  /** The id this window's changes are known by: `by` of `storyChanged`. */
  readonly connectionId: string
  /** What a plain request to the page's own origin carries besides the cookie. */
  readonly headers: Readonly<Record<string, string>>
  /** Tells the host that the desk is drawn and hears what it is asked to show. */
  listening(): void
  readonly link: { get(): LinkState; subscribe(listener: () => void): () => void }
}

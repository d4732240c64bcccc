/** What a harness page hands the bench. `prepare` is not measured: it makes the form the editor itself stores. */
export interface Peer<Stored = unknown> {
  prepare(html: string, text: string): Stored | Promise<Stored>
  load(stored: Stored): void | Promise<void>
}

declare global {
  interface Window {
    benchPeer: Peer
    /** Set once the page can be asked. */
    benchReady: boolean
  }
}

export function offer<Stored>(peer: Peer<Stored>): void {
  window.benchPeer = peer as Peer
  window.benchReady = true
}

export function host(): HTMLElement {
  const element = document.getElementById('host')
  if (!element) throw new Error('the page has no place for the editor')
  return element
}

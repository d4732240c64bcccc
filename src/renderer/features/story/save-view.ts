import type { SaveView } from '../../api/open-story.ts'
import type { Store } from '../../api/store.ts'

/** While disconnected, nothing typed can reach the disk, whatever state the machine is in. */
export function saveViewNow(view: SaveView, isConnected: boolean): SaveView {
  return !isConnected && (view.state === 'dirty' || view.state === 'saving') ? { ...view, state: 'offline' } : view
}

export function publishSaveView(save: Store<SaveView>, next: SaveView): void {
  const old = save.get()
  if (old.state !== next.state || old.savedAt !== next.savedAt || old.problem !== next.problem) save.set(next)
}

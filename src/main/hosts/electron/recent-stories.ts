import type { LibraryPage } from '../../../shared/contract/library.ts'
import { systemClock, type Clock } from '../../../shared/lib/clock.ts'
import type { Core } from '../../core/core.ts'
import { anonymousId } from '../sessions.ts'

export interface RecentStory {
  readonly id: string
  readonly headline: string
}

const HOW_MANY = 10
/** Ms from the first change to the next update: a menu is not rebuilt at every save. */
const LATER = 3000

/** Reports the most recently changed stories: at once, and again whenever the list or a headline changes. */
export function recentStories(
  core: Core,
  tell: (recent: readonly RecentStory[]) => void,
  clock: Clock = systemClock
): () => void {
  let told = '[]'
  let cancel: (() => void) | null = null
  let over = false
  tell([])

  async function look(): Promise<void> {
    const reply = await core.dispatch(
      { id: 0, call: 'library.page', input: { filter: {}, sort: 'changed', descending: true, limit: HOW_MANY } },
      { connectionId: anonymousId(), signal: new AbortController().signal }
    )
    if (!reply.ok || over) return
    const recent = (reply.output as LibraryPage).rows.map(({ id, headline }) => ({ id, headline }))
    if (JSON.stringify(recent) === told) return
    told = JSON.stringify(recent)
    tell(recent)
  }

  const unsubscribe = core.subscribe(({ event }) => {
    if (event !== 'storyChanged' && event !== 'libraryChanged') return
    cancel ??= clock.after(LATER, () => {
      cancel = null
      void look()
    })
  })
  void look()
  return () => {
    over = true
    unsubscribe()
    cancel?.()
  }
}

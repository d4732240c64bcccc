import { steadyClock } from '../../../shared/lib/clock.ts'
import type { Api } from '../../api/api.tsx'
import { StorySession } from './story-session.ts'

const sessions = new Map<string, StorySession>()

/** Returns the story's session: the existing one while it is in use or still saving, otherwise a new one. */
export async function openSession(api: Api, id: string, signal: AbortSignal): Promise<StorySession> {
  const there = sessions.get(id)
  if (there && (there.users > 0 || !there.settled)) return there
  const [story, heights] = await Promise.all([
    api.call.stories.get({ id }, signal),
    // A story opens even if its undo line cannot be read.
    api.call.stories.undoHeights({ id }, signal).catch(() => null)
  ])
  const session = new StorySession(api, story, steadyClock, heights)
  sessions.set(id, session)
  return session
}

/**
 * Called when the view is gone. Ends the session once everything is on disk; returns false while it is not, and the
 * session keeps trying.
 */
export async function closeSession(api: Api, session: StorySession): Promise<boolean> {
  try {
    await session.flush()
  } catch {
    return false
  }
  if (session.users === 0 && sessions.get(session.id) === session) {
    session.stop()
    sessions.delete(session.id)
    await api.call.stories.settle({ id: session.id }).catch(() => undefined)
  }
  return true
}

/** Saves everything typed, in every open story, now. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...sessions.values()].map((session) => session.flush()))
}

import { steadyClock } from '../../../shared/lib/clock.ts'
import type { Api } from '../../api/api.tsx'
import { StorySession } from './story-session.ts'

const sessions = new Map<string, StorySession>()

/** The session of a story; the one that is still saving, when the story is opened again before that is done. */
export async function openSession(api: Api, id: string, signal: AbortSignal): Promise<StorySession> {
  const there = sessions.get(id)
  if (there && (there.users > 0 || !there.settled)) return there
  const [story, heights] = await Promise.all([
    api.call.stories.get({ id }, signal),
    // Without its way back a story opens all the same.
    api.call.stories.undoHeights({ id }, signal).catch(() => null)
  ])
  const session = new StorySession(api, story, steadyClock, heights)
  sessions.set(id, session)
  return session
}

/**
 * The view is gone. Lets the session go once its words are on disk; returns false while they are not, and it goes on
 * trying.
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

/** Puts everything that is typed on disk now, in every story that is not there yet. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...sessions.values()].map((session) => session.flush()))
}

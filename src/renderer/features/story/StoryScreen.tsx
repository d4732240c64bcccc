import { lazy, memo, Suspense, useCallback, useEffect, useState } from 'react'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { useApi } from '../../api/api.tsx'
import { CommandsWhile } from '../../api/commands.ts'
import { openStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { toast } from '../../ui/Toast.tsx'
import { StoryView } from './StoryView.tsx'
import { closeSession, flushAll, openSession } from './open-sessions.ts'
import { lookAhead } from './spelling/ahead.ts'
import type { StorySession } from './story-session.ts'
import './story.css'
import './page-body.css'

const ConflictDialog = lazy(async () => ({ default: (await import('./ConflictDialog.tsx')).ConflictDialog }))

// While the next story is being opened this screen renders again, and the story still in view need not.
const View = memo(StoryView)

export interface StoryScreenProps {
  readonly id: string
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly inspectorShown: boolean
  readonly onToggleLibrary: () => void
  readonly onToggleInspector: () => void
}

/** Opens a story by its id, keeps its session while it is on the desk, and makes sure that the last words are saved. */
export function StoryScreen({ id, ...frame }: StoryScreenProps) {
  const api = useApi()
  const words = useStrings()
  const [session, setSession] = useState<StorySession | null>(null)
  const [problem, setProblem] = useState<WireError | null>(null)
  const [round, setRound] = useState(0)
  const { DamagedStory } = useSlots()

  const leave = useCallback(
    (left: StorySession): void => {
      left.users -= 1
      if (left.users > 0) return void left.flush().catch(() => undefined)
      void closeSession(api, left).then((done) => {
        if (done) return
        const headline = left.fields.get().headline || words.common.untitled
        toast({
          tone: 'danger',
          text: words.story.notSavedYet(headline),
          action: { label: words.common.open, run: () => navigate({ name: 'story', id: left.id }) }
        })
      })
    },
    [api, words]
  )

  useEffect(() => {
    const abort = new AbortController()
    let mine: StorySession | null = null
    setProblem(null)
    openSession(api, id, abort.signal).then(
      (opened) => {
        if (abort.signal.aborted) return
        mine = opened
        mine.users += 1
        openStory.set(mine)
        lookAhead(mine)
        setSession(mine)
      },
      (thrown: unknown) => {
        if (!abort.signal.aborted) {
          setSession(null)
          setProblem(toWireError(thrown))
        }
      }
    )
    return () => {
      abort.abort()
      if (!mine) return
      if (openStory.get() === mine) openStory.set(null)
      leave(mine)
    }
  }, [api, id, round, leave])

  // This story stays in view while the next one is being opened. What is typed into it meanwhile is saved like
  // everything else, because the session ends with its view.
  useEffect(() => {
    if (!session) return
    session.users += 1
    return () => leave(session)
  }, [session, leave])

  const isOpen = useCallback(() => openStory.get() === session, [session])
  useFlushing()

  if (problem?.code === 'damaged' && DamagedStory && !frame.readOnly) {
    return (
      <div className="story-empty">
        <Suspense>
          <DamagedStory storyId={id} onMended={() => setRound(round + 1)} />
        </Suspense>
      </div>
    )
  }
  if (problem) {
    const missing = problem.code === 'not_found'
    return (
      <div className="story-empty">
        <EmptyState
          title={missing ? words.story.missingTitle : words.story.failedTitle}
          actions={
            <>
              <Button onPress={() => navigate('/')}>{words.commands.library}</Button>
              {!missing && (
                <Button variant="primary" onPress={() => setRound(round + 1)}>
                  {words.common.tryAgain}
                </Button>
              )}
            </>
          }
        >
          {missing ? words.story.missingText : inWords(problem)}
        </EmptyState>
      </div>
    )
  }
  // The previous story stays in view until the next is ready: opening takes a few milliseconds, and an empty flash
  // would take longer.
  if (!session) return <div className="story-empty" aria-busy="true" />
  return (
    <>
      <CommandsWhile value={isOpen}>
        <View session={session} {...frame} />
      </CommandsWhile>
      <ConflictGate session={session} />
    </>
  )
}

function ConflictGate({ session }: { readonly session: StorySession }) {
  const theirs = useStore(session.conflict)
  return (
    theirs && (
      <Suspense>
        <ConflictDialog session={session} theirs={theirs} />
      </Suspense>
    )
  )
}

/**
 * Saves at every moment after which nothing may be left waiting: the host closes, the window loses focus, is hidden or
 * closes.
 */
function useFlushing(): void {
  useEvent('flush', () => void flushAll())
  useEffect(() => {
    const flush = (): void => void flushAll()
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') flush()
    }
    addEventListener('blur', flush)
    addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      removeEventListener('blur', flush)
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [])
}

import { lazy, Suspense, useEffect, useState } from 'react'
import { emptyQuery, plainFinder } from '../../../../shared/find/find.ts'
import { textsOfStory } from '../../../../shared/find/story-texts.ts'
import { isMac, useCommands } from '../../../api/commands.ts'
import { findRequest } from '../../../api/find-request.ts'
import { catchTyping } from '../../../api/typed-ahead.ts'
import { useStore, type Readable } from '../../../api/store.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import { useStrings } from '../../../strings/strings.ts'
import type { StorySession } from '../story-session.ts'
import type { Anchor, FindRequest } from './find-session.ts'

const FindBar = lazy(async () => ({ default: (await import('./FindBar.tsx')).FindBar }))

export interface StoryFindProps {
  readonly session: StorySession
  /** Null until the body has been rendered. */
  readonly editor: Readable<BodyEditorHandle | null>
  readonly editable: boolean
  onShowDetails(): void
}

/** The find bar of a story and the commands that open it. */
export function StoryFind({ session, editor, editable, onShowDetails }: StoryFindProps) {
  const handle = useStore(editor)
  const all = useStrings()
  const words = all.find
  const [request, setRequest] = useState<FindRequest | null>(null)
  const asked = useStore(findRequest)
  const open = (replace: boolean): void => {
    // Anything typed before the bar appears is meant for it.
    if (!request) catchTyping(() => setRequest(null))
    setRequest({
      replace: replace || (request?.replace ?? false),
      focus: true,
      text: selectedText(),
      from: caretPlace(handle),
      go: 0
    })
  }
  const go = (by: 1 | -1): void =>
    setRequest({ replace: false, focus: request === null, text: null, from: caretPlace(handle), go: by })
  const group = all.palette.groups.story

  useCommands([
    { id: 'find.open', title: words.title, keys: 'Mod+F', group, run: () => open(false) },
    {
      id: 'find.replace',
      title: words.titleReplace,
      keys: isMac ? 'Mod+Alt+F' : 'Mod+H',
      group,
      when: () => editable,
      run: () => open(true)
    },
    { id: 'find.next', title: words.next, keys: isMac ? 'Mod+G' : 'F3', group, run: () => go(1) },
    { id: 'find.previous', title: words.previous, keys: isMac ? 'Mod+Shift+G' : 'Shift+F3', group, run: () => go(-1) }
  ])

  useEffect(() => {
    if (!handle || asked?.storyId !== session.id) return
    findRequest.set(null)
    const text = firstFound(session, asked.text)
    if (text !== null) setRequest({ replace: false, focus: false, text, from: null, go: 0 })
  }, [asked, handle, session])

  if (!request || !handle) return null
  return (
    <Suspense>
      <FindBar
        session={session}
        handle={handle}
        editable={editable}
        request={request}
        onShowDetails={onShowDetails}
        onClose={() => setRequest(null)}
      />
    </Suspense>
  )
}

/** The selected text of the story if it is a single line; null otherwise, and then the last search is repeated. */
function selectedText(): string | null {
  const selection = document.getSelection()
  const node = selection?.anchorNode
  const inStory = (node instanceof Element ? node : node?.parentElement)?.closest('.page')
  const text = inStory ? (selection?.toString() ?? '') : ''
  return text.trim() === '' || text.includes('\n') || text.length > 200 ? null : text
}

function caretPlace(handle: BodyEditorHandle | null): Anchor | null {
  const field = document.activeElement?.closest<HTMLElement>('.page [data-part]:not(.article-body *)')
  const name = field?.dataset['part']?.split('.')[0]
  if (name === 'headline' || name === 'kicker' || name === 'standfirst' || name === 'byline' || name === 'leadImage')
    return { place: { in: 'field', name, part: field?.dataset['part']?.slice(name.length + 1) ?? '' }, offset: 0 }
  const id = handle?.selection.getSnapshot().blockId
  return id ? { place: { in: 'block', id, part: '' }, offset: 0 } : null
}

/** The part of a library search that occurs in the story: all of it as typed, or else the longest word that does. */
function firstFound(session: StorySession, text: string): string | null {
  const texts = textsOfStory(session.fields.get(), session.body().blocks)
  const plain = text.replace(/["“”«»]/g, ' ').trim()
  const parts = plain.split(/\s+/).sort((a, b) => b.length - a.length)
  const isThere = (part: string): boolean => {
    const find = plainFinder({ ...emptyQuery, text: part })
    return texts.some(({ searched }) => find(searched).length > 0)
  }
  return [plain, ...parts].find((part) => part !== '' && isThere(part)) ?? null
}

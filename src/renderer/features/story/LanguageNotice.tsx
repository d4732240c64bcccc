import { useEffect, useMemo } from 'react'
import { useCommands } from '../../api/commands.ts'
import { useStore, type Readable } from '../../api/store.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { languageName } from '../../strings/languages.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { LanguageWatch, type OtherLanguage } from './language-watch.ts'
import type { StorySession } from './story-session.ts'

export interface LanguageNoticeProps {
  readonly session: StorySession
  readonly editor: Readable<BodyEditorHandle | null>
}

/**
 * Offers, once, to mark the story or some paragraphs as being in the language they appear to be in. One undo reverts
 * it.
 */
export function LanguageNotice({ session, editor }: LanguageNoticeProps) {
  const { story: words, palette } = useStrings()
  const watch = useMemo(() => new LanguageWatch(session), [session])
  useEffect(() => watch.start(), [watch])
  const other = useStore(watch.view)
  const name = other ? languageName(other.language) : ''
  const change = other && (other.isStory ? words.makeStoryLanguage(name) : words.markLanguage(name))

  const take = (): void => {
    if (!other) return
    if (other.isStory) session.setFields({ language: other.language, direction: 'auto' }, true)
    else mark(other, session, editor.get())
    watch.answered()
    editor.get()?.focus()
  }

  useCommands([
    {
      id: 'story.otherLanguage',
      title: change ?? '',
      group: palette.groups.story,
      when: () => change !== null,
      run: take
    }
  ])

  if (!other || change === null) return null
  return (
    <div className="story-offer" role="group" aria-label={words.otherLanguage}>
      <p role="status">
        {other.isStory ? words.looksLanguage(name) : words.partsLookLanguage(other.blocks.length, name)}
      </p>
      <Button size="small" variant="primary" onPress={take}>
        {change}
      </Button>
      <Button
        size="small"
        onPress={() => {
          watch.answered()
          editor.get()?.focus()
        }}
      >
        {words.leaveLanguage}
      </Button>
    </div>
  )
}

function mark({ language, blocks }: OtherLanguage, session: StorySession, editor: BodyEditorHandle | null): void {
  const caret = editor?.caretPlace()
  const marked = session
    .body()
    .blocks.filter(({ id }) => blocks.includes(id))
    .map((block) => ({ ...block, lang: language }))
  session.asOneStep(() => editor?.replaceBlocks(marked))
  if (caret) editor?.putCaret(caret.blockId, caret)
}

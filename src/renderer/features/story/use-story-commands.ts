import type { ExitWay } from '../../../shared/contract/exports.ts'
import { useApi } from '../../api/api.tsx'
import { useCommands } from '../../api/commands.ts'
import { useDeskZone } from '../../api/desk.tsx'
import { mayLeave } from '../../api/embargo.ts'
import { navigate } from '../../api/router.ts'
import { sayFailure } from '../../api/say-failure.ts'
import type { Readable } from '../../api/store.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { useStrings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'
import { copyStoryAs, copyStoryText } from './copy-text.ts'
import { printProof } from './print-proof.ts'
import type { StorySession } from './story-session.ts'

export interface StoryCommandsOptions {
  readonly readOnly: boolean
  readonly editable: boolean
  readonly editor: Readable<BodyEditorHandle | null>
  readonly onChecks: () => void
  /** Asks for a paragraph's earlier versions. */
  readonly onParagraph: (blockId: string) => void
}

/** The open story's commands, for the palette, the menu and the keys. */
export function useStoryCommands(
  session: StorySession,
  { readOnly, editable, editor, onChecks, onParagraph }: StoryCommandsOptions
): void {
  const words = useStrings()
  const api = useApi()
  const zone = useDeskZone()
  const leave = (way: ExitWay, go: () => void): void => {
    mayLeave(api, session, way).then((may) => {
      if (may) go()
    }, sayFailure)
  }

  useCommands([
    {
      id: 'story.save',
      title: words.commands.save,
      keys: 'Mod+S',
      group: words.palette.groups.story,
      run: () => void session.flush().catch(() => undefined)
    },
    {
      id: 'story.copy',
      title: words.commands.copyText,
      group: words.palette.groups.story,
      run: () => leave('copy', () => void copyStoryText(session, words))
    },
    ...(['html', 'json', 'text'] as const).map((format) => ({
      id: `story.copy.${format}`,
      title: words.commands.copyAs[format],
      group: words.palette.groups.story,
      run: () => void copyStoryAs(api, session, format, words)
    })),
    {
      id: 'story.proof',
      title: words.proof.command,
      group: words.palette.groups.story,
      also: 'paper line numbers',
      run: () => leave('print', () => printProof(session, words, zone))
    },
    {
      id: 'story.duplicate',
      title: words.commands.duplicate,
      group: words.palette.groups.story,
      when: () => !readOnly,
      run: () => void duplicate()
    },
    {
      id: 'story.checks',
      title: words.checks.command,
      group: words.palette.groups.go,
      run: onChecks
    },
    {
      id: 'history.paragraph',
      title: words.history.paragraph,
      keys: 'Mod+Alt+P',
      group: words.palette.groups.story,
      when: () => editable,
      run: () => {
        const isElsewhere = document.activeElement?.closest('.page-head, .lead')
        const blockId = isElsewhere ? null : editor.get()?.selection.getSnapshot().blockId
        if (blockId) onParagraph(blockId)
        else toast({ text: words.history.paragraphWhere })
      }
    },
    {
      id: 'story.body',
      title: words.commands.focusBody,
      keys: 'Mod+Alt+B',
      group: words.palette.groups.go,
      run: () => editor.get()?.focus()
    }
  ])

  async function duplicate(): Promise<void> {
    try {
      await session.flush()
      const { headline } = session.fields.get()
      const copy = await api.call.stories.duplicate({
        id: session.id,
        headline: words.library.copyOf(headline || words.common.untitled)
      })
      toast({
        text: words.library.duplicated,
        action: { label: words.common.open, run: () => navigate({ name: 'story', id: copy.id }) }
      })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }
}

import { useStrings } from '../strings/strings.ts'
import { MenuButton, type MenuEntry } from '../ui/Menu.tsx'
import { createStory } from './actions.ts'
import { useApi } from './api.tsx'
import { runCommand } from './commands.ts'
import { useOpenStory } from './open-story.ts'

/** The way to everything that is no story, always in sight: beside the library's name, or at the top of the story. */
export function DeskMenu({ readOnly }: { readonly readOnly: boolean }) {
  const words = useStrings()
  const api = useApi()
  const command = (id: string): (() => void) => {
    return () => void runCommand(id)
  }
  const make: readonly MenuEntry[] = [
    {
      id: 'new',
      label: words.library.newStory,
      keys: 'Mod+Alt+N',
      isDisabled: readOnly,
      run: () => void createStory(api)
    },
    {
      id: 'open',
      label: words.library.takeIn,
      keys: 'Mod+O',
      isDisabled: readOnly,
      run: command('file.open')
    }
  ]
  const go: readonly MenuEntry[] = [
    { id: 'outbox', label: words.outbox.title, run: command('outbox.open') },
    {
      id: 'settings',
      label: words.commands.settings,
      keys: 'Mod+,',
      run: command('go.settings')
    },
    {
      id: 'shortcuts',
      label: words.commands.shortcuts,
      keys: 'Mod+/',
      run: command('shortcuts.open')
    },
    { id: 'palette', label: words.commands.palette, keys: 'Mod+K', run: command('palette.open') }
  ]
  const ofStory: readonly MenuEntry[] = (['html', 'json', 'text'] as const).map((format) => ({
    id: `copy.${format}`,
    label: words.commands.copyAs[format],
    run: command(`story.copy.${format}`)
  }))
  const story = useOpenStory()
  const more: readonly MenuEntry[] = [
    { id: 'find', label: words.find.title, keys: 'Mod+F', run: command('find.open') },
    { id: 'preview', label: words.exporting.preview, keys: 'Mod+Alt+R', run: command('story.preview') },
    ...ofStory,
    { id: 'proof', label: words.proof.command, run: command('story.proof') },
    { id: 'duplicate', label: words.commands.duplicate, isDisabled: readOnly, run: command('story.duplicate') }
  ]
  return (
    <MenuButton
      label={words.commands.menu}
      groups={[
        { entries: make },
        ...(story ? [{ title: words.commands.thisStory, entries: more }] : []),
        { entries: go }
      ]}
    />
  )
}

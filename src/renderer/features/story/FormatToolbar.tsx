import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { Bold, ImagePlus, Italic, Link2, List, ListOrdered, Redo2, TextQuote, Undo2 } from 'lucide-react'
import { Separator, Toolbar } from 'react-aria-components'
import { useCommands } from '../../api/commands.ts'
import { catchTyping } from '../../api/typed-ahead.ts'
import type { BodyEditorHandle } from '../../editor/create-body-editor.ts'
import { noSelection, type BlockChoice, type SelectionState } from '../../editor/selection-state.ts'
import type { Watchable } from '../../editor/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'

const LinkDialog = lazy(async () => ({ default: (await import('./LinkDialog.tsx')).LinkDialog }))
const none = (): (() => void) => () => undefined
const idle: Watchable<SelectionState> = { subscribe: none, getSnapshot: () => noSelection }
type UndoState = ReturnType<BodyEditorHandle['undoState']['getSnapshot']>
const nothingDone: UndoState = { canUndo: false, canRedo: false }
const idleUndo: Watchable<UndoState> = { subscribe: none, getSnapshot: () => nothingDone }

function useWatched<T>({ subscribe, getSnapshot }: Watchable<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot)
}

export interface FormatToolbarProps {
  readonly handle: BodyEditorHandle | null
  readonly isDisabled: boolean
  readonly onPicture: () => void
}

export function FormatToolbar({ handle, isDisabled, onPicture }: FormatToolbarProps) {
  const { toolbar: words, palette } = useStrings()
  const { blockType, marks, link } = useWatched(handle?.selection ?? idle)
  const { canUndo, canRedo } = useWatched(handle?.undoState ?? idleUndo)
  const [linking, setLinking] = useState(false)
  const off = isDisabled || !handle
  const on = { isDisabled: off, excludeFromTabOrder: false, preventFocusOnPress: true }
  const group = palette.groups.format
  const openLink = (): void => {
    if (linking) return
    catchTyping(() => setLinking(false))
    setLinking(true)
  }

  useCommands([
    {
      id: 'format.bold',
      title: words.bold,
      keys: 'Mod+B',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.toggleMark('bold')
    },
    {
      id: 'format.italic',
      title: words.italic,
      keys: 'Mod+I',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.toggleMark('italic')
    },
    { id: 'format.link', title: words.link, keys: 'Mod+Shift+K', group, when: () => !off, run: openLink },
    {
      id: 'format.paragraph',
      title: words.paragraph,
      keys: 'Mod+Alt+0',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('paragraph')
    },
    {
      id: 'format.heading2',
      title: words.heading2,
      keys: 'Mod+Alt+1',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('heading2')
    },
    {
      id: 'format.heading3',
      title: words.heading3,
      keys: 'Mod+Alt+2',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('heading3')
    },
    {
      id: 'format.quote',
      title: words.quote,
      keys: 'Mod+Shift+9',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('quote')
    },
    {
      id: 'format.bulleted',
      title: words.bulleted,
      keys: 'Mod+Shift+8',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('bulleted')
    },
    {
      id: 'format.numbered',
      title: words.numbered,
      keys: 'Mod+Shift+7',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.setBlockType('numbered')
    },
    { id: 'format.picture', title: words.picture, group, when: () => !off, run: onPicture },
    {
      id: 'format.undo',
      title: words.undo,
      keys: 'Mod+Z',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.undo()
    },
    {
      id: 'format.redo',
      title: words.redo,
      keys: 'Mod+Shift+Z',
      keysElsewhere: true,
      group,
      when: () => !off,
      run: () => handle?.redo()
    }
  ])

  const blocks: readonly { readonly id: BlockChoice; readonly label: string }[] = [
    { id: 'paragraph', label: words.paragraph },
    { id: 'heading2', label: words.heading2 },
    { id: 'heading3', label: words.heading3 },
    { id: 'heading4', label: words.heading4 },
    { id: 'quote', label: words.quote },
    { id: 'bulleted', label: words.bulleted },
    { id: 'numbered', label: words.numbered }
  ]
  const choose = (style: BlockChoice): void => {
    handle?.setBlockType(style)
    // The list gives the focus back to its button as it closes; after that it goes on to the words.
    setTimeout(() => handle?.focus(), 80)
  }
  const toggle = (style: BlockChoice): void => handle?.setBlockType(blockType === style ? 'paragraph' : style)
  const shownBlock = blocks.find((block) => block.id === blockType)?.id ?? 'paragraph'

  return (
    <Toolbar className="format-bar" aria-label={words.label}>
      <span className="format-block">
        <Select
          look="quiet"
          label={words.block}
          options={blocks}
          value={shownBlock}
          onChange={choose}
          isDisabled={off}
        />
      </span>
      <Separator orientation="vertical" className="format-rule" />
      <IconButton
        {...on}
        label={words.bold}
        keys="Mod+B"
        icon={<Bold />}
        isSelected={marks.includes('bold')}
        onPress={() => handle?.toggleMark('bold')}
      />
      <IconButton
        {...on}
        label={words.italic}
        keys="Mod+I"
        icon={<Italic />}
        isSelected={marks.includes('italic')}
        onPress={() => handle?.toggleMark('italic')}
      />
      <IconButton
        {...on}
        label={words.link}
        keys="Mod+Shift+K"
        icon={<Link2 />}
        isSelected={link !== null}
        onPress={openLink}
      />
      <Separator orientation="vertical" className="format-rule" />
      <IconButton
        {...on}
        label={words.bulleted}
        icon={<List />}
        isSelected={blockType === 'bulleted'}
        onPress={() => toggle('bulleted')}
      />
      <IconButton
        {...on}
        label={words.numbered}
        icon={<ListOrdered />}
        isSelected={blockType === 'numbered'}
        onPress={() => toggle('numbered')}
      />
      <IconButton
        {...on}
        label={words.quote}
        icon={<TextQuote />}
        isSelected={blockType === 'quote'}
        onPress={() => toggle('quote')}
      />
      <IconButton {...on} label={words.picture} icon={<ImagePlus />} onPress={onPicture} />
      <Separator orientation="vertical" className="format-rule" />
      <IconButton
        {...on}
        isDisabled={off || !canUndo}
        label={words.undo}
        keys="Mod+Z"
        icon={<Undo2 />}
        onPress={() => handle?.undo()}
      />
      <IconButton
        {...on}
        isDisabled={off || !canRedo}
        label={words.redo}
        keys="Mod+Shift+Z"
        icon={<Redo2 />}
        onPress={() => handle?.redo()}
      />
      {linking && handle && (
        <Suspense>
          <LinkDialog
            href={link?.href ?? null}
            onClose={() => setLinking(false)}
            onApply={(href) => {
              setLinking(false)
              if (href === null) handle.removeLink()
              else handle.insertLink(href)
              handle.focus()
            }}
          />
        </Suspense>
      )}
    </Toolbar>
  )
}

import { lazy, Suspense, useState, useSyncExternalStore } from 'react'
import { Bold, ImagePlus, Italic, Link2, Redo2, Undo2 } from 'lucide-react'
import { Separator, Toolbar } from 'react-aria-components'
import { useCommands } from '../../api/commands.ts'
import { catchTyping } from '../../api/typed-ahead.ts'
import type { BodyEditorHandle } from '../../editor/create-body-editor.ts'
import { blockOffers, type BlockChoice } from '../../editor/blocks/editor-blocks.ts'
import { noSelection, type SelectionState } from '../../editor/selection-state.ts'
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
    ...blockOffers.map(({ choice, keys }) => ({
      id: `format.${choice}`,
      title: words.blocks[choice],
      ...(keys && { keys: keys.shown, keysElsewhere: true }),
      group,
      when: () => !off,
      run: () => handle?.setBlockType(choice)
    })),
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

  const styles = blockOffers
    .filter(({ holds }) => holds !== 'nothing')
    .map(({ choice }) => ({ id: choice, label: words.blocks[choice] }))
  const choose = (style: BlockChoice): void => {
    handle?.setBlockType(style)
    // The list gives the focus back to its button as it closes; after that it goes on to the words.
    setTimeout(() => handle?.focus(), 80)
  }
  const shownStyle = styles.find((style) => style.id === blockType)?.id ?? 'paragraph'

  return (
    <Toolbar className="format-bar" aria-label={words.label}>
      <span className="format-block">
        <Select
          look="quiet"
          label={words.block}
          options={styles}
          value={shownStyle}
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
      {blockOffers
        .filter(({ hasButton }) => hasButton)
        .map(({ choice, icon: Icon }) => (
          <IconButton
            {...on}
            key={choice}
            label={words.blocks[choice]}
            icon={<Icon />}
            isSelected={blockType === choice}
            onPress={() => handle?.setBlockType(blockType === choice ? 'paragraph' : choice)}
          />
        ))}
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

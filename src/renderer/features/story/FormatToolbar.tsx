import { lazy, Suspense, useState } from 'react'
import { Bold, ImagePlus, Italic, Link2, List, ListOrdered, Redo2, TextQuote, Undo2 } from 'lucide-react'
import { Separator, Toolbar } from 'react-aria-components'
import { useCommands } from '../../api/commands.ts'
import { createStore, useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { idleEditorState, type BlockStyle, type EditorHandle } from './editor-adapter.tsx'

const LinkDialog = lazy(async () => ({ default: (await import('./LinkDialog.tsx')).LinkDialog }))
const idle = createStore(idleEditorState)

export interface FormatToolbarProps {
  readonly handle: EditorHandle | null
  readonly isDisabled: boolean
  readonly onPicture: () => void
}

export function FormatToolbar({ handle, isDisabled, onPicture }: FormatToolbarProps) {
  const { toolbar: words, palette } = useStrings()
  const state = useStore(handle?.state ?? idle)
  const [linking, setLinking] = useState(false)
  const off = isDisabled || !handle
  const on = { isDisabled: off, excludeFromTabOrder: false, preventFocusOnPress: true }
  const group = palette.groups.format

  useCommands([
    { id: 'format.bold', title: words.bold, keys: 'Mod+B', keysElsewhere: true, group, when: () => !off, run: () => handle?.format('bold') },
    { id: 'format.italic', title: words.italic, keys: 'Mod+I', keysElsewhere: true, group, when: () => !off, run: () => handle?.format('italic') },
    { id: 'format.link', title: words.link, keys: 'Mod+Shift+K', group, when: () => !off, run: () => setLinking(true) },
    { id: 'format.paragraph', title: words.paragraph, keys: 'Mod+Alt+0', group, when: () => !off, run: () => handle?.setBlock('paragraph') },
    { id: 'format.heading2', title: words.heading2, keys: 'Mod+Alt+2', group, when: () => !off, run: () => handle?.setBlock('heading2') },
    { id: 'format.heading3', title: words.heading3, keys: 'Mod+Alt+3', group, when: () => !off, run: () => handle?.setBlock('heading3') },
    { id: 'format.quote', title: words.quote, group, when: () => !off, run: () => handle?.setBlock('quote') },
    { id: 'format.bulleted', title: words.bulleted, group, when: () => !off, run: () => handle?.setBlock('bulleted') },
    { id: 'format.numbered', title: words.numbered, group, when: () => !off, run: () => handle?.setBlock('numbered') },
    { id: 'format.picture', title: words.picture, group, when: () => !off, run: onPicture },
    { id: 'format.undo', title: words.undo, keys: 'Mod+Z', keysElsewhere: true, group, when: () => !off, run: () => handle?.undo() },
    { id: 'format.redo', title: words.redo, keys: 'Mod+Shift+Z', keysElsewhere: true, group, when: () => !off, run: () => handle?.redo() }
  ])

  const blocks: readonly { readonly id: BlockStyle; readonly label: string }[] = [
    { id: 'paragraph', label: words.paragraph }, { id: 'heading2', label: words.heading2 }, { id: 'heading3', label: words.heading3 }, { id: 'heading4', label: words.heading4 },
    { id: 'quote', label: words.quote }, { id: 'bulleted', label: words.bulleted }, { id: 'numbered', label: words.numbered }
  ]
  const toggle = (style: BlockStyle): void => handle?.setBlock(state.block === style ? 'paragraph' : style)

  return (
    <Toolbar className="format-bar" aria-label={words.label} data-awake={state.focused || undefined}>
      <span className="format-block"><Select look="quiet" label={words.block} options={blocks} value={state.block} onChange={(style) => handle?.setBlock(style)} isDisabled={off} /></span>
      <Separator orientation="vertical" className="format-rule" />
      <IconButton {...on} label={words.bold} keys="Mod+B" icon={<Bold />} isSelected={state.bold} onPress={() => handle?.format('bold')} />
      <IconButton {...on} label={words.italic} keys="Mod+I" icon={<Italic />} isSelected={state.italic} onPress={() => handle?.format('italic')} />
      <IconButton {...on} label={words.link} keys="Mod+Shift+K" icon={<Link2 />} isSelected={state.link !== null} onPress={() => setLinking(true)} />
      <Separator orientation="vertical" className="format-rule" />
      <IconButton {...on} label={words.bulleted} icon={<List />} isSelected={state.block === 'bulleted'} onPress={() => toggle('bulleted')} />
      <IconButton {...on} label={words.numbered} icon={<ListOrdered />} isSelected={state.block === 'numbered'} onPress={() => toggle('numbered')} />
      <IconButton {...on} label={words.quote} icon={<TextQuote />} isSelected={state.block === 'quote'} onPress={() => toggle('quote')} />
      <IconButton {...on} label={words.picture} icon={<ImagePlus />} onPress={onPicture} />
      <Separator orientation="vertical" className="format-rule" />
      <IconButton {...on} isDisabled={off || !state.canUndo} label={words.undo} keys="Mod+Z" icon={<Undo2 />} onPress={() => handle?.undo()} />
      <IconButton {...on} isDisabled={off || !state.canRedo} label={words.redo} keys="Mod+Shift+Z" icon={<Redo2 />} onPress={() => handle?.redo()} />
      {linking && handle && <Suspense><LinkDialog href={state.link} onClose={() => setLinking(false)} onApply={(href) => { setLinking(false); handle.focus(); handle.setLink(href) }} /></Suspense>}
    </Toolbar>
  )
}

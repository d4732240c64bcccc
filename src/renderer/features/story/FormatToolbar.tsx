import {
  Fragment,
  lazy,
  memo,
  Suspense,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentType
} from 'react'
import { Bold, Ellipsis, ImagePlus, Italic, Link2, Redo2, Undo2 } from 'lucide-react'
import { Button as AriaButton, Separator, Toolbar } from 'react-aria-components'
import { useCommands } from '../../api/commands.ts'
import { useStore, type Readable } from '../../api/store.ts'
import { catchTyping } from '../../api/typed-ahead.ts'
import type { BodyEditorHandle } from '../../editor/body-editor.ts'
import { lineAtWork } from '../../editor/linked-text.ts'
import { blockOffers, type BlockChoice } from '../../editor/blocks/editor-blocks.ts'
import { noSelection, type SelectionState } from '../../editor/selection-state.ts'
import type { Watchable } from '../../editor/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Select } from '../../ui/Select.tsx'
import type { StorySession } from './story-session.ts'
import { toolsThatFit } from './tools-that-fit.ts'

const LinkDialog = lazy(async () => ({ default: (await import('./LinkDialog.tsx')).LinkDialog }))
const none = (): (() => void) => () => undefined
const idle: Watchable<SelectionState> = { subscribe: none, getSnapshot: () => noSelection }

function useWatched<T>({ subscribe, getSnapshot }: Watchable<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot)
}

interface Tool {
  readonly id: string
  /** Tools of different groups are separated by a line. */
  readonly group: string
  readonly label: string
  readonly keys?: string
  readonly icon: ComponentType
  readonly isSelected?: boolean
  readonly isDisabled?: boolean
  readonly run: () => void
}

export interface FormatToolbarProps {
  /** Null until the body has been rendered. */
  readonly editor: Readable<BodyEditorHandle | null>
  readonly session: StorySession
  readonly isDisabled: boolean
  readonly onPicture: () => void
}

export function FormatToolbar({ editor, session, isDisabled, onPicture }: FormatToolbarProps) {
  const handle = useStore(editor)
  const { toolbar: words, palette } = useStrings()
  const { blockType, marks, link } = useWatched(handle?.selection ?? idle)
  const { canUndo, canRedo } = useStore(session.undoState)
  /** Where a link is inserted: in a text field within the body (such as a table cell) if that was edited last. */
  const line = useWatched(lineAtWork)
  /** The story whose link is being edited. */
  const [linkingIn, setLinkingIn] = useState<StorySession | null>(null)
  const linking = linkingIn === session
  const setLinking = (isLinking: boolean): void => setLinkingIn(isLinking ? session : null)
  const off = isDisabled || !handle
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
      notInFields: true,
      group,
      when: () => !off,
      run: () => session.undo()
    },
    {
      id: 'format.redo',
      title: words.redo,
      keys: 'Mod+Shift+Z',
      notInFields: true,
      group,
      when: () => !off,
      run: () => session.redo()
    }
  ])

  const styles = blockOffers
    .filter(({ holds }) => holds !== 'nothing')
    .map(({ choice }) => ({ id: choice, label: words.blocks[choice] }))
  const choose = (style: BlockChoice): void => {
    handle?.setBlockType(style)
    // Closing, the list returns the focus to its button; only then can it move on to the text.
    setTimeout(() => handle?.focus(), 80)
  }
  const shownStyle = styles.find((style) => style.id === blockType)?.id ?? 'paragraph'

  const tools: readonly Tool[] = [
    {
      id: 'bold',
      group: 'marks',
      label: words.bold,
      keys: 'Mod+B',
      icon: Bold,
      isSelected: marks.includes('bold'),
      run: () => handle?.toggleMark('bold')
    },
    {
      id: 'italic',
      group: 'marks',
      label: words.italic,
      keys: 'Mod+I',
      icon: Italic,
      isSelected: marks.includes('italic'),
      run: () => handle?.toggleMark('italic')
    },
    {
      id: 'link',
      group: 'marks',
      label: words.link,
      keys: 'Mod+Shift+K',
      icon: Link2,
      isSelected: link !== null,
      run: openLink
    },
    ...blockOffers
      .filter(({ hasButton }) => hasButton)
      .map(({ choice, icon }) => ({
        id: choice,
        group: 'blocks',
        label: words.blocks[choice],
        icon,
        isSelected: blockType === choice,
        run: () => handle?.setBlockType(blockType === choice ? 'paragraph' : choice)
      })),
    { id: 'picture', group: 'blocks', label: words.picture, icon: ImagePlus, run: onPicture },
    {
      id: 'undo',
      group: 'undo',
      label: words.undo,
      keys: 'Mod+Z',
      icon: Undo2,
      isDisabled: !canUndo,
      run: () => session.undo()
    },
    {
      id: 'redo',
      group: 'undo',
      label: words.redo,
      keys: 'Mod+Shift+Z',
      icon: Redo2,
      isDisabled: !canRedo,
      run: () => session.redo()
    }
  ]
  const latest = useRef(tools)
  useLayoutEffect(() => {
    latest.current = tools
  })
  const runTool = useCallback((id: string): void => latest.current.find((tool) => tool.id === id)?.run(), [])
  const { bar, width } = useRoom()
  const fits = toolsThatFit(
    tools.map(({ group: one }) => one),
    width
  )
  const shown = tools.slice(0, fits)
  const hidden = tools.slice(fits)

  return (
    <Toolbar ref={bar} className="format-bar" aria-label={words.label}>
      <span className="format-block">
        <Select
          // A list left open belongs to the story it was opened in.
          key={session.key}
          look="quiet"
          label={words.block}
          options={styles}
          value={shownStyle}
          onChange={choose}
          isDisabled={off}
        />
      </span>
      {shown.map((tool, at) => (
        <Fragment key={tool.id}>
          {tool.group !== shown[at - 1]?.group && <Separator orientation="vertical" className="format-rule" />}
          <ToolButton
            id={tool.id}
            label={tool.label}
            icon={tool.icon}
            isDisabled={isDisabled || tool.isDisabled === true}
            keys={tool.keys}
            isSelected={tool.isSelected}
            run={runTool}
          />
        </Fragment>
      ))}
      {hidden.length > 0 && (
        <Menu
          label={words.more}
          groups={[
            {
              entries: hidden.map((tool) => ({
                id: tool.id,
                label: tool.label,
                icon: <tool.icon />,
                isDisabled: off || tool.isDisabled === true,
                ...(tool.keys !== undefined && { keys: tool.keys }),
                ...(tool.isSelected === true && { detail: '✓' }),
                // Closing, the menu returns the focus to its button; only then can it move on to the text.
                run: () => setTimeout(tool.run, 80)
              }))
            }
          ]}
        >
          <AriaButton className="g-icon-button" aria-label={words.more}>
            <Ellipsis aria-hidden />
          </AriaButton>
        </Menu>
      )}
      {linking && handle && (
        <Suspense>
          <LinkDialog
            href={(line ? line.href.getSnapshot() : link?.href) ?? null}
            onClose={() => setLinking(false)}
            onApply={(href) => {
              setLinking(false)
              const text = line ?? handle
              if (href === null) text.removeLink()
              else text.insertLink(href)
              text.focus()
            }}
          />
        </Suspense>
      )}
    </Toolbar>
  )
}

interface ToolButtonProps extends Pick<Tool, 'id' | 'label' | 'icon'> {
  readonly keys: string | undefined
  readonly isSelected: boolean | undefined
  readonly isDisabled: boolean
  readonly run: (id: string) => void
}

/** Renders only when its look changes; the toolbar itself renders on each move of the caret and for each story. */
const ToolButton = memo(function ToolButton({ id, icon: Icon, keys, isSelected, run, ...button }: ToolButtonProps) {
  return (
    <IconButton
      {...button}
      icon={<Icon />}
      excludeFromTabOrder={false}
      preventFocusOnPress
      {...(keys !== undefined && { keys })}
      {...(isSelected !== undefined && { isSelected })}
      onPress={() => run(id)}
    />
  )
})

/** The width measured last. The next story's bar most likely has the same, which saves drawing it twice. */
let lastRoom: number | null = null

/** The width in pixels left for buttons beside the paragraph style list; null until the bar has been drawn. */
function useRoom() {
  const bar = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(lastRoom)
  useLayoutEffect(() => {
    const element = bar.current
    const choice = element?.querySelector('.format-block')
    if (!element || !choice) return
    const measure = (): void => {
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(element)
      const inside = element.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd)
      lastRoom = Math.floor(inside - choice.getBoundingClientRect().width)
      setWidth(lastRoom)
    }
    // Measuring here forces layout; the observer measures before the first paint anyway.
    if (lastRoom === null) measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(choice)
    return () => observer.disconnect()
  }, [])
  return { bar, width }
}

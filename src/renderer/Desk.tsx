import { Activity, lazy, memo, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { Lock, PanelLeft, RefreshCw, Unplug } from 'lucide-react'
import { useApi } from './api/api.tsx'
import { DeskMenu } from './api/DeskMenu.tsx'
import { handleKeys, matches, runCommand, useCommands } from './api/commands.ts'
import { useDeskFacts, useDeskProblem } from './api/desk.tsx'
import { navigate, useRoute } from './api/router.ts'
import { useSlots } from './api/slots.tsx'
import { useStore } from './api/store.ts'
import { catchTyping } from './api/typed-ahead.ts'
import { useCall } from './api/use-call.ts'
import { useEvent } from './api/use-event.ts'
import { createStory } from './api/actions.ts'
import { sayFailure } from './api/say-failure.ts'
import { FileDrop, openFiles } from './FileDrop.tsx'
import { useAsked } from './asked.ts'
import { useKeptCaret } from './kept-caret.ts'
import { LibraryPane } from './features/library/LibraryPane.tsx'
import { StatusBar } from './features/status/StatusBar.tsx'
import { StoryScreen } from './features/story/StoryScreen.tsx'
import { copyStoryText } from './features/story/copy-text.ts'
import { inWords, useStrings } from './strings/strings.ts'
import { applyTheme } from './theme.ts'
import { Button } from './ui/Button.tsx'
import { EmptyState } from './ui/EmptyState.tsx'
import { IconButton } from './ui/IconButton.tsx'
import { Notice } from './ui/Notice.tsx'
import './desk.css'

const Welcome = lazy(async () => ({ default: (await import('./features/welcome/Welcome.tsx')).Welcome }))
const SettingsPage = lazy(async () => ({
  default: (await import('./features/settings/SettingsPage.tsx')).SettingsPage
}))
const RecoveryScreen = lazy(async () => ({
  default: (await import('./features/recovery/RecoveryScreen.tsx')).RecoveryScreen
}))
const CommandPalette = lazy(async () => ({
  default: (await import('./features/palette/CommandPalette.tsx')).CommandPalette
}))
const QuickOpen = lazy(async () => ({ default: (await import('./features/palette/QuickOpen.tsx')).QuickOpen }))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./features/palette/ShortcutsDialog.tsx')).ShortcutsDialog
}))

// The desk re-renders for counts, notices and panes; anything unaffected by them does not.
const Library = memo(LibraryPane)
const Story = memo(StoryScreen)

/** The window: library, story, inspector, status bar. */
export function Desk() {
  const words = useStrings()
  const api = useApi()
  const route = useRoute()
  const facts = useDeskFacts()
  const problem = useDeskProblem()
  const slots = useSlots()
  const link = useStore(api.link)
  const narrow = useNarrow()
  const [library, toggleLibrary, hideLibrary] = useShown('library', true, narrow)
  const [inspector, toggleInspector, hideInspector] = useShown('inspector', innerWidth >= 1200, narrow)
  const droppedFor = useLasting(link === 'reconnecting', 1500)
  const [overlay, setOverlay] = useState<'palette' | 'quick' | 'shortcuts' | null>(null)
  const counts = useCall((call, signal) => call.library.counts({}, signal), [route.name])
  const readOnly = facts?.info.library.readOnly ?? false
  const theme = facts?.settings.theme

  useEffect(() => {
    if (theme) applyTheme(theme)
  }, [theme])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // Saving is Galley's own business: the browser's way of saving a page must not come up instead. And there is a
      // whole text to select in a text alone.
      if (!handleKeys(event) && (matches('Mod+S', event) || (matches('Mod+A', event) && !isText(event.target))))
        event.preventDefault()
    }
    // A button, a tab, a search field and the parts of a date take any Enter as their own, and let nothing of it through.
    const beforeWidgets = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onKeyDown(event)
    }
    addEventListener('keydown', onKeyDown)
    addEventListener('keydown', beforeWidgets, { capture: true })
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener('keydown', beforeWidgets, { capture: true })
    }
  }, [])
  // In a narrow window the panes lie over the story, and make way when one is chosen.
  useEffect(() => {
    if (narrow) {
      hideLibrary()
      hideInspector()
    }
  }, [narrow, route, hideLibrary, hideInspector])
  useAsked(facts !== null)
  useKeptCaret()
  useEvent('libraryChanged', counts.reload)
  const folderDialog = facts?.info.capabilities.folderDialog ?? false
  const openFile = useCallback(
    (): void => void openFiles({ slots, words, api }, folderDialog),
    [slots, words, api, folderDialog]
  )

  const go = words.palette.groups.go
  const view = words.palette.groups.view
  const openOver = (which: 'palette' | 'quick'): void => {
    if (overlay === which) return
    catchTyping(() => setOverlay(null))
    setOverlay(which)
  }
  const setTheme = (next: 'light' | 'dark' | 'system') => (): void => {
    applyTheme(next)
    api.call.settings.set({ theme: next }).catch(sayFailure)
  }
  useCommands([
    {
      id: 'palette.open',
      title: words.commands.palette,
      keys: 'Mod+K',
      group: words.palette.groups.help,
      run: () => openOver('palette')
    },
    {
      id: 'story.open',
      title: words.libraryMany.quickOpen,
      keys: 'Mod+P',
      group: go,
      also: 'quick find switch',
      run: () => openOver('quick')
    },
    {
      id: 'shortcuts.open',
      title: words.commands.shortcuts,
      keys: 'Mod+/',
      group: words.palette.groups.help,
      run: () => setOverlay('shortcuts')
    },
    { id: 'go.library', title: words.commands.library, group: go, run: () => navigate('/') },
    { id: 'go.settings', title: words.commands.settings, keys: 'Mod+,', group: go, run: () => navigate('/settings') },
    {
      id: 'outbox.open',
      title: words.outbox.title,
      group: go,
      also: 'queue receipts publishing planned',
      run: () => navigate({ name: 'outbox' })
    },
    { id: 'go.recovery', title: words.commands.recovery, group: go, run: () => navigate({ name: 'recovery' }) },
    {
      id: 'go.back',
      title: words.commands.back,
      keys: 'Alt+ArrowLeft',
      keysElsewhere: true,
      group: go,
      run: () => history.back()
    },
    {
      id: 'go.forward',
      title: words.commands.forward,
      keys: 'Alt+ArrowRight',
      keysElsewhere: true,
      group: go,
      run: () => history.forward()
    },
    { id: 'go.pane', title: words.commands.nextPane, keys: 'F6', group: go, run: () => focusNextPane() },
    {
      id: 'library.new',
      title: words.commands.newStory,
      keys: 'Mod+Alt+N',
      group: words.palette.groups.story,
      when: () => !readOnly,
      run: () => void createStory(api)
    },
    // Put away, the library has no commands of its own; this one brings it back first.
    {
      id: 'library.search',
      title: words.commands.search,
      keys: 'Mod+Shift+F',
      group: go,
      when: () => !library,
      run: () => {
        flushSync(toggleLibrary)
        runCommand('library.search')
      }
    },
    {
      id: 'file.open',
      title: words.commands.openFile,
      keys: 'Mod+O',
      group: words.palette.groups.story,
      when: () => !readOnly,
      run: openFile
    },
    {
      id: 'sample',
      title: words.commands.sample,
      group: words.palette.groups.help,
      when: () => !readOnly,
      run: () => void api.call.app.addSample({}).then(({ id }) => navigate({ name: 'story', id }), sayFailure)
    },
    { id: 'view.library', title: words.commands.toggleLibrary, keys: 'Mod+\\', group: view, run: toggleLibrary },
    {
      id: 'view.inspector',
      title: words.commands.toggleInspector,
      keys: 'Mod+Alt+I',
      group: view,
      run: toggleInspector
    },
    { id: 'view.light', title: words.commands.themeLight, group: view, run: setTheme('light') },
    { id: 'view.dark', title: words.commands.themeDark, group: view, run: setTheme('dark') },
    { id: 'view.system', title: words.commands.themeSystem, group: view, run: setTheme('system') }
  ])

  if (!facts) {
    return (
      <div className="desk-waiting">
        {problem && (
          <EmptyState
            title={words.start.title}
            actions={<Button onPress={() => location.reload()}>{words.common.tryAgain}</Button>}
          >
            {inWords(problem)}
          </EmptyState>
        )}
      </div>
    )
  }

  const frame = {
    readOnly,
    libraryShown: library,
    inspectorShown: inspector,
    onToggleLibrary: toggleLibrary,
    onToggleInspector: toggleInspector
  }
  return (
    <FileDrop readOnly={readOnly}>
      <div className="desk" data-library={library || undefined}>
        <div className="desk-notices">
          {readOnly && (
            <Notice tone="warn" icon={<Lock />}>
              {facts.info.library.readOnlyReason
                ? inWords(facts.info.library.readOnlyReason)
                : words.story.readOnlyNotice}
            </Notice>
          )}
          {droppedFor && <Notice icon={<RefreshCw />}>{words.connection.reconnecting}</Notice>}
          {link === 'lost' && (
            <Notice tone="danger" icon={<Unplug />}>
              {words.connection.lost}
            </Notice>
          )}
        </div>
        {/* Put away, it keeps its search and its place. */}
        <Activity mode={library ? 'visible' : 'hidden'}>
          <Library readOnly={readOnly} onHide={toggleLibrary} onOpenFile={openFile} />
        </Activity>
        <main className="desk-main">
          {route.name === 'story' && <Story id={route.id} {...frame} />}
          {route.name === 'library' && (
            <Suspense>
              {!library && (
                <div className="desk-corner">
                  <IconButton label={words.library.show} keys="Mod+\" icon={<PanelLeft />} onPress={toggleLibrary} />
                  <DeskMenu readOnly={readOnly} />
                  {slots.OutboxDoor && <slots.OutboxDoor />}
                </div>
              )}
              <Welcome readOnly={readOnly} onOpenFile={openFile} settled={facts.settings.welcomed} />
            </Suspense>
          )}
          {route.name === 'settings' && (
            <Suspense>
              <SettingsPage {...frame} onBack={() => (history.length > 1 ? history.back() : navigate('/'))} />
            </Suspense>
          )}
          {route.name === 'outbox' && slots.OutboxScreen && (
            <Suspense>
              <slots.OutboxScreen {...frame} onBack={() => (history.length > 1 ? history.back() : navigate('/'))} />
            </Suspense>
          )}
          {route.name === 'recovery' && (
            <Suspense>
              <RecoveryScreen
                readOnly={readOnly}
                onBack={() => (history.length > 1 ? history.back() : navigate('/'))}
              />
            </Suspense>
          )}
        </main>
        <StatusBar
          stories={
            counts.data
              ? Object.values(counts.data.byStatus).reduce((sum, n) => sum + n, 0) - (counts.data.byStatus.trashed ?? 0)
              : null
          }
          onCopyText={(story) => void copyStoryText(story, words)}
        />
      </div>
      <Suspense>
        {overlay === 'palette' && <CommandPalette onClose={() => setOverlay(null)} />}
        {overlay === 'quick' && <QuickOpen onClose={() => setOverlay(null)} />}
        {overlay === 'shortcuts' && <ShortcutsDialog onClose={() => setOverlay(null)} />}
      </Suspense>
      {/* Each by itself: one that is still being loaded keeps no other’s keys from working. */}
      {slots.overlays?.map((Overlay, at) => (
        <Suspense key={at}>
          <Overlay />
        </Suspense>
      ))}
    </FileDrop>
  )
}

/** A pane's being shown, remembered on this machine; in a narrow window it opens for the moment only. */
function useShown(name: string, initially: boolean, narrow: boolean): readonly [boolean, () => void, () => void] {
  const key = `galley.${name}`
  const [wide, setWide] = useState(() => (localStorage.getItem(key) ?? String(initially)) === 'true')
  const [over, setOver] = useState(false)
  const hide = useCallback(() => setOver(false), [])
  const toggle = useCallback((): void => {
    if (narrow) {
      setOver(!over)
      return
    }
    localStorage.setItem(key, String(!wide))
    setWide(!wide)
  }, [narrow, over, wide, key])
  return [narrow ? over : wide, toggle, hide]
}

/** True once `so` has lasted `ms`: a line that is back in a moment is not worth a notice. */
function useLasting(so: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!so) {
      setLasting(false)
      return
    }
    const timer = setTimeout(() => setLasting(true), ms)
    return () => clearTimeout(timer)
  }, [so, ms])
  return lasting
}

function useNarrow(): boolean {
  const [query] = useState(() => matchMedia('(max-width: 899px)'))
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches
  )
}

function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
  )
}

/** F6 goes round the panes: list, story, details. */
function focusNextPane(): void {
  const stops = ['.story-list', '.page-headline', '.inspector [role="tab"][aria-selected="true"]'].map((selector) =>
    document.querySelector<HTMLElement>(selector)
  )
  const panes = ['.library', '.story-main', '.inspector'].map((selector) => document.querySelector(selector))
  const here = panes.findIndex((pane) => pane?.contains(document.activeElement))
  for (let step = 1; step <= stops.length; step++) {
    const stop = stops[(here + step) % stops.length]
    if (stop?.checkVisibility()) {
      stop.focus()
      return
    }
  }
}

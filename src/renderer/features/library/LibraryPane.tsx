import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { ArrowDownUp, FolderInput, PanelLeft, Plus, Search, X } from 'lucide-react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { mayChangeStatus } from '../../../shared/story/status.ts'
import type { LibrarySort } from '../../../shared/contract/library.ts'
import type { StorySummary } from '../../../shared/story/fields.ts'
import { DeskMenu } from '../../api/DeskMenu.tsx'
import { createStory } from '../../api/actions.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useDeskZone } from '../../api/desk.tsx'
import { useStore } from '../../api/store.ts'
import { useCommands } from '../../api/commands.ts'
import { findRequest } from '../../api/find-request.ts'
import { navigate, useRoute } from '../../api/router.ts'
import { useSlots } from '../../api/slots.tsx'
import { useEvent } from '../../api/use-event.ts'
import { newId } from '../../../shared/lib/id.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Refusals } from '../../ui/Refusals.tsx'
import { toast } from '../../ui/Toast.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { TrashStrip } from './EmptyTrash.tsx'
import { FilterButton } from './FilterButton.tsx'
import { FilterChips } from './FilterChips.tsx'
import { HeldNotice } from './HeldNotice.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { StatusFilter } from './StatusFilter.tsx'
import { beginOf, toFilter, type Narrowed } from './filter.ts'
import { StorySelection } from './selection.ts'
import { useMany } from './use-many.ts'
import { useToday } from '../../ui/days.ts'
import { StoryList } from './story-list.ts'
import { StoryListBox } from './StoryListBox.tsx'
import type { ListRow } from './story-row.ts'
import { useSearch } from './use-search.ts'
import './library.css'

export interface LibraryPaneProps {
  readonly readOnly: boolean
  readonly onHide: () => void
  readonly onOpenFile: () => void
}

/** The most ids a single call returns. */
const MOST_IDS = 10_000
const sorts: readonly LibrarySort[] = ['changed', 'created', 'headline', 'words']

export function LibraryPane({ readOnly, onHide, onOpenFile }: LibraryPaneProps) {
  const all = useStrings()
  const words = all.library
  const api = useApi()
  const route = useRoute()
  const { OutboxDoor } = useSlots()
  const zone = useDeskZone()
  const [narrowed, setNarrowed] = useState<Narrowed>({ shown: 'all' })
  const { shown } = narrowed
  const [sort, setSort] = useState<LibrarySort>('changed')
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const [list] = useState(() => new StoryList(api, { filter: {}, sort: 'changed' }))
  const total = useSyncExternalStore(list.view.subscribe, () => list.view.get().total)
  const listFailed = useSyncExternalStore(list.view.subscribe, () => list.view.get().failed)
  // Trashed stories and the revision each had: until the rows have been updated they are still in the list, and the
  // next press could trash them again.
  const [trashed] = useState(() => new Map<string, number>())
  const [selection] = useState(() => new StorySelection())
  const many = useMany(selection)
  const chosen = useStore(selection.view)
  const [erasing, setErasing] = useState(false)
  const today = useToday(zone)
  const begins = useMemo(
    () => ({
      today: beginOf('today', today, zone),
      week: beginOf('week', today, zone),
      month: beginOf('month', today, zone),
      year: beginOf('year', today, zone)
    }),
    [today, zone]
  )
  const filter = useMemo(() => toFilter(narrowed, begins), [narrowed, begins])
  const search = useSearch(typed, filter)

  useEffect(() => list.setQuery({ filter, sort }), [list, filter, sort])
  // A new filter or search clears the selection: what is selected should be in view.
  const { forget } = many
  useEffect(() => {
    selection.clear()
    forget()
  }, [selection, forget, filter, typed])
  useEffect(() => {
    list.look(0, 40)
    return () => list.close()
  }, [list])
  useEvent('storyChanged', ({ summary }) => {
    list.changed(summary)
  })
  useEvent('libraryChanged', () => list.reload())

  const searching = typed.trim() !== ''
  const selected = route.name === 'story' ? route.id : null
  const found = searching ? search.text : null
  const open = useCallback(
    (id: string) => {
      findRequest.set(found === null ? null : { storyId: id, text: found })
      navigate({ name: 'story', id })
    },
    [found]
  )
  const hitAt = useCallback((index: number): ListRow | undefined => search.hits[index], [search.hits])
  const rowAt = useCallback(
    (index: number): ListRow | undefined => {
      const summary = list.rowAt(index)
      return summary && { summary }
    },
    [list]
  )
  const indexOf = useCallback(
    (id: string) => (searching ? search.hits.findIndex((hit) => hit.summary.id === id) : list.indexOf(id)),
    [searching, search.hits, list]
  )
  /** Makes as many calls as needed: each returns a limited number. */
  async function idsBetween(from: number, to: number): Promise<readonly string[]> {
    if (searching) return search.hits.slice(from, to + 1).map(({ summary }) => summary.id)
    const held = list.heldBetween(from, to)
    if (held) return held
    const ids: string[] = []
    for (let offset = from; offset <= to; offset += MOST_IDS) {
      const limit = Math.min(MOST_IDS, to + 1 - offset)
      const part = await api.call.library.ids({ filter, sort, descending: sort !== 'headline', offset, limit })
      ids.push(...part.ids)
      if (part.ids.length < limit) break
    }
    return ids
  }
  const look = useCallback((from: number, to: number) => list.look(from, to), [list])

  async function trash(summary: StorySummary): Promise<void> {
    const { id, headline, revision, status } = summary
    if (!mayChangeStatus(status, 'trashed')) {
      toast({ text: words.cannotTrash })
      return
    }
    if (trashed.get(id) === revision) return
    trashed.set(id, revision)
    const at = indexOf(id)
    const shownAt = searching ? hitAt : rowAt
    const neighbour = at < 0 ? undefined : (shownAt(at + 1) ?? shownAt(at - 1))
    try {
      await api.call.stories.trash({ ids: [id] })
      if (selected === id) navigate(neighbour ? { name: 'story', id: neighbour.summary.id } : '/', 'replace')
      toast({
        text: words.trashed(headline || all.common.untitled),
        action: { label: all.common.undo, run: () => void restore(id) }
      })
    } catch (thrown) {
      trashed.delete(id)
      sayFailure(thrown)
    }
  }

  async function restore(id: string): Promise<void> {
    try {
      const { revision } = await api.call.stories.summary({ id })
      await api.call.stories.setStatus({ id, baseRevision: revision, changeId: newId(), status: 'draft' })
      toast({ text: words.restored, action: { label: all.common.open, run: () => open(id) } })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  async function duplicate(id: string): Promise<void> {
    try {
      const { headline } = await api.call.stories.summary({ id })
      const copy = await api.call.stories.duplicate({ id, headline: words.copyOf(headline || all.common.untitled) })
      open(copy.id)
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  useCommands([
    {
      id: 'library.search',
      title: all.commands.search,
      keys: 'Mod+Shift+F',
      group: all.palette.groups.go,
      run: () => {
        field.current?.focus()
        field.current?.select()
      }
    },
    {
      id: 'library.trash',
      title: all.commands.trash,
      group: all.palette.groups.story,
      when: () => !readOnly && selected !== null,
      run: () => {
        if (selected) void api.call.stories.summary({ id: selected }).then(trash, sayFailure)
      }
    }
  ])

  const isNarrowed = Object.keys(narrowed).length > 1
  const rows = searching ? search.hits.length : (total ?? 0)

  return (
    <nav className="library" aria-label={words.label}>
      <header className="library-head">
        <button type="button" className="wordmark" onClick={() => navigate('/')}>
          {all.product}
        </button>
        <span className="library-head-actions">
          {OutboxDoor && <OutboxDoor />}
          <DeskMenu readOnly={readOnly} />
          <IconButton label={words.hide} keys="Mod+\" icon={<PanelLeft />} onPress={onHide} />
        </span>
      </header>
      {!readOnly && (
        <div className="library-doors">
          <Button size="small" icon={<Plus />} onPress={() => void createStory(api)}>
            {words.newStory}
          </Button>
          <Button size="small" icon={<FolderInput />} onPress={onOpenFile}>
            {words.takeIn}
          </Button>
        </div>
      )}
      <div className="library-find">
        <SearchField aria-label={words.search} value={typed} onChange={setTyped} className="library-search">
          <Search aria-hidden className="library-search-icon" />
          <Input
            ref={field}
            className="library-search-input"
            placeholder={words.search}
            dir="auto"
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
              event.preventDefault()
              document.querySelector<HTMLElement>('.story-list')?.focus()
            }}
          />
          {typed !== '' && (
            <AriaButton className="library-search-clear" aria-label={words.clearSearch}>
              <X aria-hidden />
            </AriaButton>
          )}
        </SearchField>
      </div>
      <div className="library-bar">
        <StatusFilter shown={shown} onShow={(next) => setNarrowed({ ...narrowed, shown: next })} />
        <FilterButton value={narrowed} filter={filter} begins={begins} onChange={setNarrowed} />
        <span className="library-total" aria-live="polite">
          {searching
            ? search.text === null
              ? ''
              : words.found(rows, search.more)
            : total === null
              ? ''
              : count(total)}
        </span>
        <Menu
          label={words.sort}
          groups={[
            {
              title: words.sort,
              entries: sorts.map((id) => ({
                id,
                label: words.sortBy[id],
                ...(id === sort && { detail: '✓' }),
                run: () => setSort(id)
              }))
            }
          ]}
        >
          <AriaButton className="g-icon-button library-sort" aria-label={`${words.sort}: ${words.sortBy[sort]}`}>
            <ArrowDownUp aria-hidden />
          </AriaButton>
        </Menu>
      </div>
      <FilterChips value={narrowed} onChange={setNarrowed} />
      {shown === 'trashed' && !readOnly && rows > 0 && <TrashStrip />}
      <HeldNotice many={many} />
      {rows > 0 ? (
        <StoryListBox
          key={`${JSON.stringify(filter)} ${searching ? `search ${search.text}` : sort}`}
          label={words.stories}
          total={rows}
          source={searching ? null : list.view}
          hits={searching ? search.hits : null}
          rowAt={searching ? hitAt : rowAt}
          tall={searching}
          selected={selected}
          readOnly={readOnly}
          onLook={searching ? nothing : look}
          indexOf={indexOf}
          onOpen={open}
          onTrash={(summary) => void trash(summary)}
          onRestore={(id) => void restore(id)}
          onDuplicate={(id) => void duplicate(id)}
          onErase={({ id }) => {
            selection.set([id])
            setErasing(true)
          }}
          selection={selection}
          idsBetween={idsBetween}
          onTrashChosen={() => {
            if (readOnly) return
            if (shown === 'trashed') setErasing(true)
            else many.setStatus('trashed')
          }}
        />
      ) : listFailed || search.failed ? (
        <EmptyState
          title={words.failed}
          actions={<Button onPress={() => list.reload()}>{all.common.tryAgain}</Button>}
        />
      ) : searching && search.text !== null ? (
        <EmptyState title={words.noneFoundTitle}>{words.noneFoundText(search.text)}</EmptyState>
      ) : total === 0 && !searching ? (
        shown === 'all' && !isNarrowed ? (
          <EmptyState title={words.emptyTitle}>{words.emptyText}</EmptyState>
        ) : (
          <EmptyState
            title={words.noneInFilterTitle}
            actions={
              isNarrowed && <Button onPress={() => setNarrowed({ shown })}>{all.libraryMany.clearFilters}</Button>
            }
          >
            {isNarrowed ? all.libraryMany.noneInFilterText : words.noneInFilterText}
          </EmptyState>
        )
      ) : (
        <div className="story-list" aria-busy="true" />
      )}
      <Refusals />
      {chosen.size > 0 && (
        <SelectionBar selection={selection} many={many} inTrash={shown === 'trashed'} readOnly={readOnly} />
      )}
      {erasing && <EraseDialog stories={chosen.size} onClose={() => setErasing(false)} onErase={many.erase} />}
    </nav>
  )
}

function nothing(): void {
  // Search results are already complete.
}

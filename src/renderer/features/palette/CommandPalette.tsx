import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { FileText } from 'lucide-react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useAllCommands } from '../../api/commands.ts'
import { navigate } from '../../api/router.ts'
import { takeTyped } from '../../api/typed-ahead.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { StatusDot } from '../../ui/Status.tsx'
import { fuzzyScore } from './fuzzy.ts'
import './palette.css'

interface Entry {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly keys?: string
  readonly status?: Parameters<typeof StatusDot>[0]['status']
  readonly run: () => void
}

/** Every command and the stories one is likely to want, a few letters away. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const all = useStrings()
  const words = all.palette
  const commands = useAllCommands()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const text = query.trim()
  const stories = useCall(
    async (call, signal) =>
      text === ''
        ? (await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 6 }, signal)).rows
        : (await call.library.search({ text, filter: {}, order: 'newest', limit: 8 }, signal)).hits.map(
            (hit) => hit.summary
          ),
    [text]
  )

  const found: Entry[] = commands
    .map((command) => ({
      command,
      score: text === '' ? 0 : fuzzyScore(text, `${command.title} ${command.also ?? ''}`)
    }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ command }) => ({
      id: command.id,
      title: command.title,
      group: text === '' ? command.group : words.commands,
      run: command.run,
      ...(command.keys && { keys: command.keys })
    }))
  const recent: Entry[] = (stories.data ?? []).map((story) => ({
    id: story.id,
    title: story.headline || story.slugline || all.common.untitled,
    group: words.stories,
    status: story.status,
    run: () => navigate({ name: 'story', id: story.id })
  }))
  const entries =
    text === '' ? [...recent, ...byGroup(found, Object.values(words.groups))] : [...found.slice(0, 12), ...recent]
  const chosen = Math.min(active, entries.length - 1)

  // The field has the focus by now.
  useLayoutEffect(() => {
    const typed = takeTyped()
    if (typed !== '') setQuery((later) => typed + later)
  }, [])
  useEffect(() => setActive(0), [text])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  function run(entry: Entry | undefined): void {
    if (!entry) return
    onClose()
    // After the palette has given the focus back to where it was, so that a command finds the caret it acts on.
    setTimeout(entry.run, 30)
  }

  return (
    <ModalOverlay
      className="g-veil palette-veil"
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="g-modal palette">
        <Dialog className="g-dialog" aria-label={words.label}>
          <input
            className="palette-input"
            autoFocus
            dir="auto"
            placeholder={words.placeholder}
            aria-label={words.placeholder}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'ArrowDown') setActive((chosen + 1) % Math.max(1, entries.length))
              else if (event.key === 'ArrowUp') setActive((chosen - 1 + entries.length) % Math.max(1, entries.length))
              else if (event.key === 'Enter') run(entries[chosen])
              else return
              event.preventDefault()
            }}
          />
          <div ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label={words.label}>
            {entries.map((entry, at) => (
              <div key={entry.id} role="presentation">
                {entries[at - 1]?.group !== entry.group && (
                  <div className="g-section-head" role="presentation">
                    {entry.group}
                  </div>
                )}
                <button
                  type="button"
                  tabIndex={-1}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={at === chosen}
                  className="palette-row"
                  onPointerMove={() => setActive(at)}
                  onClick={() => run(entry)}
                >
                  {entry.status && <FileText aria-hidden />}
                  <span className={entry.status ? 'palette-title palette-story' : 'palette-title'} dir="auto">
                    {entry.title}
                  </span>
                  {entry.status && <StatusDot status={entry.status} />}
                  {entry.keys && <Kbd keys={entry.keys} />}
                </button>
              </div>
            ))}
            {entries.length === 0 && !stories.loading && <p className="g-list-empty">{words.none}</p>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function byGroup(entries: readonly Entry[], order: readonly string[]): Entry[] {
  return order.flatMap((group) => entries.filter((entry) => entry.group === group))
}
